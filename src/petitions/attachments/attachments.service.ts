import { Inject, Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { type FileReveal, FileReveals, type SecretFile } from '../reveals/file-reveals.service.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { ReceivedFile } from '../../platform/incoming/received-file.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { record } from '../history.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { neutralFilename } from '../identity/sealed-people.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import type { AttachmentRow } from './attachment.js';
import { attachmentById, attachmentsOf, usageOf } from './attachments.queries.js';
import { Blobs } from './blobs.js';

export const attachmentPurposes = ['petition', 'evidence', 'other'] as const;

export interface AttachmentsAsked {
  cursor?: string;
  limit?: number;
}

/** What a petition or a unit has. */
interface Usage extends Record<string, unknown> {
  ownerId: string;
  files: number;
  bytes: number;
}

/** Files of petitions. */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly blobs: Blobs,
    private readonly scope: AccessScope,
    private readonly reveals: FileReveals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Attaches a file to a petition; the same content is stored once. */
  attach(petitionId: string, file: ReceivedFile, purpose: string, by: Official): Promise<AttachmentRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      this.actions.mustBeResponsible(petition, by);
      const id = await this.insert({ petitionId }, file, purpose, by);
      const facts = { attachmentId: id, purpose, sha256: file.sha256 };
      await record(tx, petitionId, { type: 'attached', occurredOn: today(), facts }, by);
      return this.get(id, by);
    });
  }

  /**
   * Stores a file and its row in the running transaction, which has looked whether the official may.
   * @param owner the petition, or the unit of a file that belongs to none, like a photo of what is posted; a recording has its session, too
   * @throws Problem `payload-too-large` where the petition or the unit of the official would have more than it may
   */
  async insert(
    {
      petitionId = null,
      unitId = null,
      sessionId = null,
    }: { petitionId?: string | null; unitId?: string | null; sessionId?: string | null },
    file: ReceivedFile,
    purpose: string,
    by: Official,
  ): Promise<string> {
    const { manager: tx } = this.transactions;
    // The row will hold on to its petition: before the content, like everybody.
    if (petitionId) await tx.query('select from petition where id = $1 for key share', [petitionId]);
    await this.blobs.store(file, file.mediaType);
    const [row] = await tx.query<{ id: string }[]>(
      // The name of a file can tell who denounced as well as the file itself.
      `insert into attachment (petition_id, unit_id, sha256, filename, purpose, scan, created_by, kept_by_unit_id, session_id)
       select $1, $7, $2, case when (select identity_secret from petition where id = $1) then ${neutralFilename} else filename end, $4, $5, $6, $8, $9
       from (select $3::text as filename) as incoming returning id`,
      [petitionId, file.sha256, safeName(file.filename), purpose, file.scan, by.accountId, unitId, by.unitId, sessionId],
    );
    await this.mustHaveRoom(petitionId, by.unitId);
    return row!.id;
  }

  /** The database has counted the file, and whoever adds another one waits for this transaction: the sums are exact. */
  private async mustHaveRoom(petitionId: string | null, unitId: string): Promise<void> {
    const { petitionFiles, petitionBytes, unitFiles, unitBytes } = this.config;
    const owners = petitionId ? [petitionId, unitId] : [unitId];
    for (const { ownerId, files, bytes } of await this.transactions.rows<Usage>(usageOf, [owners])) {
      const ofPetition = ownerId === petitionId;
      const [mostFiles, mostBytes] = ofPetition ? [petitionFiles, petitionBytes] : [unitFiles, unitBytes];
      if (files > mostFiles || bytes > mostBytes) throw noRoom(ofPetition, files > mostFiles, mostFiles, mostBytes);
    }
  }

  /** Files of a petition in the order in which they came. */
  async list(petitionId: string, { cursor, limit = defaultLimit }: AttachmentsAsked, by: Official): Promise<Page<AttachmentRow>> {
    await this.petitions.get(petitionId, by);
    const [after] = decodeCursor(cursor, [isUuid]) ?? [null];
    const rows = await this.transactions.rows<AttachmentRow>(attachmentsOf, [petitionId, after, limit + 1]);
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => this.withoutTellingName(row, by),
    );
  }

  /** @throws Problem `not-found`, also for files of petitions that the caller may not know of */
  async get(id: string, by: Official): Promise<AttachmentRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<AttachmentRow>(attachmentById, [id, roots, subtree]);
    if (!row) throw Problem.notFound('tệp này', 'attachment');
    return this.withoutTellingName(row, by);
  }

  /**
   * A file whose content may be read. What belongs to a petition whose author is secret shows handwriting and names: it is opened for a reason
   * first (Law on Denunciations art. 56).
   * @throws Problem `forbidden`
   */
  async readable(id: string, revealId: string | undefined, by: Official): Promise<AttachmentRow> {
    const row = await this.get(id, by);
    await this.reveals.mustBeRevealed(secretFileOf(row), revealId, by);
    return row;
  }

  /**
   * Opens a file of a denunciation for some minutes.
   * @throws Problem as {@link FileReveals.reveal}
   */
  async reveal(id: string, reason: string, by: Official): Promise<FileReveal> {
    return this.reveals.reveal(secretFileOf(await this.get(id, by)), reason, by);
  }

  /** The name of a file can tell who denounced as well as the file itself. */
  private withoutTellingName(row: AttachmentRow, by: Official): AttachmentRow {
    const elsewhere = row.secretPetitionId !== null && row.responsibleUnitId !== null && !this.scope.actsFor(by, row.responsibleUnitId);
    return elsewhere ? { ...row, filename: `tep${/\.[a-z0-9]{1,8}$/i.exec(row.filename)?.[0] ?? ''}` } : row;
  }
}

function secretFileOf({ id, secretPetitionId, createdBy }: AttachmentRow): SecretFile | null {
  return secretPetitionId ? { id, type: 'attachment', petitionId: secretPetitionId, visit: null, createdBy } : null;
}

/** A name that is only a name: without folders, control characters and what confuses a reader, of at most 200 characters. */
export function safeName(filename: string): string {
  const name = (filename.slice(-500).normalize('NFC').split(/[/\\]/).at(-1) ?? '').replace(/[\p{C}"<>:|?*]/gu, '').trim();
  if (!name) return 'tep';
  return name.length <= 200 ? name : `${name.slice(0, 190)}${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''}`;
}

function noRoom(ofPetition: boolean, tooMany: boolean, files: number, bytes: number): Problem {
  const whose = ofPetition ? { vi: 'Đơn này', en: 'This petition' } : { vi: 'Đơn vị của bạn', en: 'Your unit' };
  const most = tooMany
    ? { vi: `${files} tệp`, en: `${files} files` }
    : { vi: `tổng cộng ${bytes} byte`, en: `files of ${bytes} bytes together` };
  return Problem.field('payload-too-large', '/file', tooMany ? 'too_many_files' : 'too_many_bytes', {
    vi: `${whose.vi} chỉ được lưu nhiều nhất ${most.vi}.`,
    en: `${whose.en} may keep at most ${most.en}.`,
  });
}
