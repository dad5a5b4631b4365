import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessTokens } from '../../accounts/access-tokens.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { JobRunner } from '../../structure/jobs/job-runner.js';
import { Problem } from '../../platform/problems/problem.js';
import { checkpoints } from './audit.queries.js';
import { AuditService } from './audit.service.js';

/** The head of the chain at a moment, as a signed token that anybody can keep. */
export interface Checkpoint {
  position: number;
  hash: string;
  /** JWS in compact form (RFC 7515), Ed25519, signed with the key of the access tokens. */
  token: string;
  createdAt: Date;
}

const tokenType = 'audit-checkpoint+jwt';

/** Signed checkpoints of the audit: with one kept elsewhere, nobody can write the whole chain anew. */
@Injectable()
export class CheckpointsService implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly tokens: AccessTokens,
    private readonly runner: JobRunner,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    // 18:00 UTC is one o'clock at night in Viet Nam.
    this.runner.registerTask('audit_checkpoint', async () => void (await this.create()), '0 18 * * *');
  }

  /** Checkpoints, the newest first. @param from only those at this position or behind it */
  list(from = 1): Promise<Checkpoint[]> {
    return this.transactions.rows<Checkpoint>(checkpoints, [from]);
  }

  /** Signs the head of the chain as it is now, once for each head, and writes it into the folder for checkpoints where there is one. */
  async create(): Promise<Checkpoint> {
    const head = await this.audit.head();
    if (!head) throw Problem.notFound('bản ghi nào trong nhật ký', 'record in the audit');
    const token = await this.tokens.signStatement(tokenType, {
      position: head.position,
      hash: head.hash,
      linkedAt: head.linkedAt.toISOString(),
    });
    const [checkpoint] = await this.transactions.run(async (tx) => {
      const values = [head.position, head.hash, token];
      await tx.query('insert into audit_checkpoint (position, hash, token) values ($1, $2, $3) on conflict (position) do nothing', values);
      // A statement of its own: it sees what somebody else has just stored for the same head.
      const stored = 'select position, hash, token, created_at as "createdAt" from audit_checkpoint where position = $1';
      return tx.query<Checkpoint[]>(stored, [head.position]);
    });
    await this.store(checkpoint!);
    return checkpoint!;
  }

  /**
   * Hashes by position that checkpoints vouch for: those stored here, and those given.
   * @param from only stored ones at this position or behind it
   * @throws Problem for a token that this installation did not sign
   */
  async trusted(given: string[] = [], from = 1): Promise<Map<number, string>> {
    // Stored ones of before the signing key changed vouch for nothing any more.
    const stored = await Promise.all((await this.list(from)).map(({ token }) => this.read(token)));
    const brought = await Promise.all(given.map((token) => this.read(token)));
    if (brought.includes(null)) throw notSignedHere();
    return new Map([...stored, ...brought].flatMap((known) => (known ? [[known.position, known.hash]] : [])));
  }

  private async read(token: string): Promise<{ position: number; hash: string } | null> {
    const { position, hash } = (await this.tokens.readStatement(tokenType, token)) ?? {};
    return typeof position === 'number' && typeof hash === 'string' ? { position, hash } : null;
  }

  private async store({ position, token }: Checkpoint): Promise<void> {
    if (!this.config.checkpointDir) return;
    await mkdir(this.config.checkpointDir, { recursive: true });
    await writeFile(path.join(this.config.checkpointDir, `audit-checkpoint-${position}.jwt`), `${token}\n`);
  }
}

function notSignedHere(): Problem {
  return new Problem('validation-failed', {
    vi: 'Điểm kiểm tra không do hệ thống này ký.',
    en: 'The checkpoint was not signed by this installation.',
  });
}
