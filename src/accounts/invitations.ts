import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import { mustBeHardToGuess } from './password-policy.js';
import { hashPassword } from './passwords.js';
import { endSessions } from './sessions.service.js';

/** With which the owner of an account chooses a password: told once, to whoever hands it over. */
export interface Invitation {
  /** Twenty characters in groups of five. */
  code: string;
  /** Where the owner goes with it; null where the settings name no page. */
  link: string | null;
  expiresAt: Date;
}

/** Crockford's Base32: nothing that looks like something else. 32 characters, so that five bits of a random byte are one. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const characters = 20;
const group = 5;

/** Codes with which people choose their password, so that nobody else ever knows one. Each works once, for some days; stored are digests. */
@Injectable()
export class Invitations {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A new code for an account; one of before and the password end, and whatever was opened with them. */
  async issue(tx: EntityManager, accountId: string): Promise<Invitation> {
    const code = newCode();
    const [[row]] = await tx.query<[{ expiresAt: Date }[], number]>(
      `update account set password_hash = null, must_change_password = false, invitation_digest = $2,
         invitation_expires_at = now() + make_interval(hours => $3), version = version + 1
       where id = $1 returning invitation_expires_at as "expiresAt"`,
      [accountId, digestOf(code), this.config.invitationHours],
    );
    await endSessions(tx, 'invited to choose a password', { accountId });
    const { invitationUrl } = this.config;
    // Behind the #, which browsers send to no server.
    return { code, link: invitationUrl ? `${invitationUrl}#${code}` : null, expiresAt: row!.expiresAt };
  }

  /**
   * Chooses a password with a code. Of parallel tries one succeeds.
   * @throws Problem `validation-failed`: `/code` is unknown, used or out of time; `/newPassword` is easy to guess
   */
  async accept(code: string, newPassword: string): Promise<void> {
    const digest = digestOf(code);
    const [owner] = await this.transactions.manager.query<{ username: string; displayName: string }[]>(
      `select username, display_name as "displayName" from account where invitation_digest = $1 and invitation_expires_at > now() and active`,
      [digest],
    );
    if (!owner) throw wrongCode();
    mustBeHardToGuess(newPassword, owner, '/newPassword');
    const passwordHash = await hashPassword(newPassword);
    const accepted = await this.transactions.run(async (tx) => {
      const [rows] = await tx.query<[unknown[], number]>(
        `update account set password_hash = $2, must_change_password = false, invitation_digest = null, invitation_expires_at = null, version = version + 1
         where invitation_digest = $1 and invitation_expires_at > now() and active returning id`,
        [digest, passwordHash],
      );
      return rows.length === 1;
    });
    if (!accepted) throw wrongCode();
  }
}

function newCode(): string {
  const letters = Array.from(randomBytes(characters), (byte) => alphabet[byte % alphabet.length]!);
  const groups = Array.from({ length: characters / group }, (_, index) => letters.slice(index * group, (index + 1) * group).join(''));
  return groups.join('-');
}

/** A code has 100 random bits, so a plain digest keeps the stored one useless. Read as somebody types it: any case, spaces, O for 0. */
function digestOf(code: string): Buffer {
  const read = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(read).digest();
}

function wrongCode(): Problem {
  return Problem.field('validation-failed', '/code', 'invalid_code', {
    vi: 'Mã mời không đúng, đã dùng hoặc đã hết hạn. Hãy xin mã mới.',
    en: 'The code is wrong, used or out of time. Ask for a new one.',
  });
}
