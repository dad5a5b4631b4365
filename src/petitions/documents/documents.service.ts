import { kindNames } from '../../rules/petition-kind.js';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { type FileReveal, FileReveals, type SecretFile } from '../reveals/file-reveals.service.js';
import type { AttachmentRow } from '../attachments/attachment.js';
import { Blobs } from '../attachments/blobs.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import type { ReceivedFile } from '../../platform/incoming/received-file.js';
import { record } from '../history.js';
import { type PaperCode, papers } from '../papers.js';
import type { PetitionDetailRow } from '../petition.js';
import { mustNotLieAhead } from '../petitions.service.js';
import { ParsingService } from '../../platform/parsing/parsing.service.js';
import { type Bilingual, Problem } from '../../platform/problems/problem.js';
import { isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { DocumentContext } from './document-context.js';
import { documentById, documentList, type DocumentRow } from './documents.queries.js';
import type { TemplateValues } from './fill-template.js';
import { paperNeeds, type PaperNeeds, placeholders } from './placeholders.js';
import { docxType, TemplatesService } from './templates.service.js';
import { own } from '../../platform/text/own.js';

export interface DocumentOrder {
  paper: PaperCode;
  petitionId?: string | null;
  issuedOn?: LegalDate | null;
  place?: string | null;
  signerTitle: string;
  signerName: string;
  recipients?: string[];
  /** Units that it is sent to: they read it. */
  addresseeUnitIds?: string[];
  gist?: string | null;
  /** Values for placeholders, texts and rows of lists. */
  fields?: TemplateValues;
  /** What a paper is about where it is no petition: values that another module knows. A field of the request goes before them. */
  context?: TemplateValues;
  /** The visit or the appointment that it is made for, and whether it names nobody because who came is secret. */
  about?: { visitId?: string; appointmentId?: string; withheld: boolean };
}

export interface DocumentFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  petitionId?: string;
  paper?: PaperCode;
  issuedFrom?: LegalDate;
  issuedTo?: LegalDate;
  cursor?: string;
  limit?: number;
}

/** Papers made from templates, and the register of a unit's documents. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly templates: TemplatesService,
    private readonly context: DocumentContext,
    private readonly attachments: AttachmentsService,
    private readonly blobs: Blobs,
    private readonly scope: AccessScope,
    private readonly reveals: FileReveals,
    private readonly parsing: ParsingService,
  ) {}

  /**
   * Makes a paper from the unit's template and enters it into the register under the next number.
   * @throws Problem naming a field that is missing or unknown, or a petition of another kind
   */
  make(order: DocumentOrder, by: Official): Promise<DocumentRow> {
    const { petitionId = null, fields = {}, context } = order;
    const issuedOn = order.issuedOn ?? today();
    mustNotLieAhead(issuedOn, '/issuedOn');
    mustHaveFields(order.paper, petitionId, fields, context);
    return this.transactions.run(async (tx) => {
      const unit = this.scope.home(by);
      const about = petitionId ? await this.context.ofPetition(petitionId, by) : null;
      if (about) this.mustFit(order.paper, about.petition, by);
      const { sequence, year } = await this.nextNumber(unit, issuedOn);
      const number = `${sequence}/${papers[order.paper].symbol}-${symbolOf(unit)}`;
      const facts = {
        number,
        issuedOn,
        place: order.place ?? null,
        signerTitle: order.signerTitle,
        signerName: order.signerName,
        recipients: order.recipients ?? [],
      };
      const values = {
        ...numbered(context ?? {}),
        ...about?.values,
        ...this.context.ofDocument(unit, facts),
        ...(about && order.paper === 'receipt' && { statusCode: asGroups(await this.context.statusCode(about.petition.id)) }),
        ...numbered(fields),
      };
      mustHaveRows(order.paper, values);
      const { content } = await this.templates.of(unit.id, order.paper);
      const gist = order.gist ?? [papers[order.paper].title.vi, about?.petition.number].filter(Boolean).join(' – ');
      const made = await this.parsing.fillTemplate(content, values);
      // The row will hold on to its petition: before the content, like everybody.
      if (petitionId) await tx.query('select from petition where id = $1 for key share', [petitionId]);
      const sha256 = await this.blobs.storeMade(made, docxType);
      const [row] = await tx.query<{ id: string }[]>(
        `insert into document (unit_id, year, sequence, number, paper, petition_id, gist, issued_on, signer_title, signer_name, recipients, sha256, created_by,
           addressee_unit_ids, withheld, visit_id, appointment_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id`,
        [
          unit.id,
          year,
          sequence,
          number,
          order.paper,
          petitionId,
          gist,
          issuedOn,
          order.signerTitle,
          order.signerName,
          facts.recipients,
          sha256,
          by.accountId,
          order.addresseeUnitIds ?? [],
          about?.petition.identitySecret ?? order.about?.withheld ?? false,
          order.about?.visitId ?? null,
          order.about?.appointmentId ?? null,
        ],
      );
      const { id } = row!;
      if (about)
        await record(
          tx,
          about.petition.id,
          { type: 'document_made', occurredOn: issuedOn, facts: { documentId: id, paper: order.paper, number } },
          by,
        );
      return this.get(id, by);
    });
  }

  async get(id: string, by: Official): Promise<DocumentRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<DocumentRow>(documentById, [id, roots, subtree]);
    if (!row) throw Problem.notFound('văn bản này', 'document');
    return row;
  }

  /**
   * A paper whose content may be read. One that was made before its petition turned out to be a denunciation names who denounced: it is opened
   * for a reason first (Law on Denunciations art. 56).
   * @throws Problem `forbidden`
   */
  async readable(id: string, revealId: string | undefined, by: Official): Promise<DocumentRow> {
    const row = await this.get(id, by);
    await this.reveals.mustBeRevealed(secretFileOf(row), revealId, by);
    return row;
  }

  /**
   * Opens a paper that names who denounced for some minutes.
   * @throws Problem as {@link FileReveals.reveal}
   */
  async reveal(id: string, reason: string, by: Official): Promise<FileReveal> {
    return this.reveals.reveal(secretFileOf(await this.get(id, by)), reason, by);
  }

  /** The register, the newest first. */
  async list(
    { unitId, includeSubordinates = false, cursor, limit = defaultLimit, ...filter }: DocumentFilter,
    by: Official,
  ): Promise<Page<DocumentRow>> {
    const { roots, subtree } = this.scope.visible(by);
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<DocumentRow>(documentList, [
      roots,
      subtree,
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      filter.petitionId ?? null,
      filter.paper ?? null,
      filter.issuedFrom ?? null,
      filter.issuedTo ?? null,
      ...after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ issuedOn, id }) => [issuedOn, id],
      (row) => row,
    );
  }

  /** Attaches the scan of the signed paper; it can be replaced by a better one, and the former stays a file of the petition. */
  attachSignedCopy(id: string, file: ReceivedFile, by: Official): Promise<AttachmentRow> {
    return this.transactions.run(async (tx) => {
      const document = await this.get(id, by);
      if (!this.scope.actsFor(by, document.unitId)) throw notOfThisUnit();
      const owner = document.petitionId ? { petitionId: document.petitionId } : { unitId: document.unitId };
      const attachmentId = await this.attachments.insert(owner, file, 'signed_document', by);
      await tx.query('update document set signed_copy_id = $2, version = version + 1 where id = $1', [id, attachmentId]);
      return this.attachments.get(attachmentId, by);
    });
  }

  private mustFit(paper: PaperCode, { kind, responsibleUnitId, receivedUnitId }: PetitionDetailRow, by: Official): void {
    const { kinds } = paperNeeds[paper];
    if (kinds && !kinds.includes(kind))
      throw Problem.field('validation-failed', '/paper', 'other_kind', {
        vi: `"${papers[paper].title.vi}" dùng cho đơn: ${kinds.map((one) => kindNames[one]).join(', ')}.`,
        en: `"${papers[paper].title.en}" is for: ${kinds.join(', ')}.`,
      });
    if (!this.scope.actsFor(by, responsibleUnitId) && !this.scope.actsFor(by, receivedUnitId)) throw notOfThisUnit();
  }

  private async nextNumber(unit: Unit, issuedOn: LegalDate): Promise<{ sequence: number; year: number }> {
    const year = Number(issuedOn.slice(0, 4));
    const [row] = await this.transactions.manager.query<{ last_number: number }[]>(
      `insert into document_counter as counter (unit_id, year, last_number) values ($1, $2, 1)
       on conflict (unit_id, year) do update set last_number = counter.last_number + 1 returning last_number`,
      [unit.id, year],
    );
    return { sequence: row!.last_number, year };
  }
}

function secretFileOf({ id, secretPetitionId, secretVisit, createdBy }: DocumentRow): SecretFile | null {
  return secretPetitionId || secretVisit ? { id, type: 'document', petitionId: secretPetitionId, visit: secretVisit, createdBy } : null;
}

function mustHaveFields(paper: PaperCode, petitionId: string | null, fields: TemplateValues, context: TemplateValues | undefined): void {
  const { petition, fields: required, optional = [] } = paperNeeds[paper];
  if (petition === 'required' && !petitionId && !context)
    throw Problem.field('validation-failed', '/petitionId', 'required', {
      vi: `"${papers[paper].title.vi}" được lập cho một đơn.`,
      en: `"${papers[paper].title.en}" is made for a petition.`,
    });
  const allowed = [...required, ...optional];
  const unknown = Object.keys(fields).find((name) => !allowed.includes(name));
  if (unknown)
    throw Problem.field('validation-failed', `/fields/${unknown}`, 'unknown_field', {
      vi: `Văn bản này nhận các trường: ${allowed.join(', ') || 'không có'}.`,
      en: `This paper takes the fields: ${allowed.join(', ') || 'none'}.`,
    });
  for (const name of required)
    if (!(own(fields, name) ?? (context && own(context, name)))?.length)
      throw Problem.field('validation-failed', `/fields/${name}`, 'required', {
        vi: `Thiếu: ${own(placeholders, name)?.label.vi ?? name}.`,
        en: `Missing: ${own(placeholders, name)?.label.en ?? name}.`,
      });
  for (const [name, value] of Object.entries(fields)) mustHaveShape(name, value);
}

function mustHaveRows(paper: PaperCode, values: TemplateValues): void {
  const { list } = paperNeeds[paper];
  if (!list || values[list]?.length) return;
  throw Problem.field('validation-failed', '/petitionId', 'nothing_to_list', nothingToList[list]);
}

const nothingToList: Record<NonNullable<PaperNeeds['list']>, Bilingual> = {
  criteria: {
    vi: 'văn bản xác định vụ việc phức tạp (…/complexity-findings)',
    en: 'a finding that the matter is complex (…/complexity-findings)',
  },
  members: { vi: 'Đơn chưa được giao xác minh (…/verifications).', en: 'No verification is assigned (…/verifications).' },
  participants: { vi: 'Chưa ghi nhận buổi đối thoại nào (…/dialogues).', en: 'No dialogue is recorded (…/dialogues).' },
  authorities: {
    vi: 'Đơn chưa tách nội dung (…/parts); nêu "authorities" trong "fields".',
    en: 'The petition is not split (…/parts); say "authorities" in "fields".',
  },
  figures: {
    vi: 'Lập qua POST /overview/summaries, hoặc nêu "figures" trong "fields".',
    en: 'It is made by POST /overview/summaries; or say "figures" in "fields".',
  },
  sections: {
    vi: 'Lập qua POST /reports/submissions/{id}/document, hoặc nêu "sections" trong "fields".',
    en: 'It is made by POST /reports/submissions/{id}/document; or say "sections" in "fields".',
  },
  results: {
    vi: 'Lập qua POST /inspections/{id}/conclusion, hoặc nêu "results" trong "fields".',
    en: 'It is made by POST /inspections/{id}/conclusion; or say "results" in "fields".',
  },
  petitions: {
    vi: 'Lập qua POST /urging-letters, hoặc nêu "petitions" trong "fields".',
    en: 'It is made by POST /urging-letters; or say "petitions" in "fields".',
  },
};

const longestField = 20_000;

function mustHaveShape(name: string, value: unknown): void {
  const columns = own(placeholders, name)?.of;
  const isText = (candidate: unknown) => typeof candidate === 'string' && candidate.length <= longestField;
  const fits = columns
    ? Array.isArray(value) &&
      value.length <= 200 &&
      value.every((row: unknown) => row !== null && typeof row === 'object' && Object.values(row).every(isText))
    : isText(value);
  if (fits) return;
  throw Problem.field('validation-failed', `/fields/${name}`, 'shape', {
    vi: columns ? `Phải là danh sách các dòng có: ${columns.join(', ')}.` : `Phải là văn bản dài nhất ${longestField} ký tự.`,
    en: columns ? `Must be a list of rows with: ${columns.join(', ')}.` : `Must be a text of at most ${longestField} characters.`,
  });
}

/** Rows of a list are numbered where they do not say. */
function numbered(fields: TemplateValues): TemplateValues {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((row, index) => ({ index: String(index + 1), ...row })) : value,
    ]),
  );
}

/** ABCDEF123456 reads more easily as ABCD-EF12-3456. */
export function asGroups(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code;
}

function symbolOf({ kind }: Unit): string {
  if (kind === 'peoples_committee') return 'UBND';
  return kind === 'reception_board' ? 'BTCD' : kind === 'inspectorate' ? 'TT' : 'VP';
}

function notOfThisUnit(): Problem {
  return new Problem('not-responsible', {
    vi: 'Đơn vị của bạn không phụ trách việc này.',
    en: 'Your office is not in charge of it.',
  });
}
