import { Injectable } from '@nestjs/common';
import { AttachmentsService } from '../../petitions/attachments/attachments.service.js';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { ReceivedFile } from '../../platform/incoming/received-file.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { InspectionsService } from '../inspections.service.js';
import type { EntryType, Finding, FindingState } from './finding.js';
import { FindingsService, notIn } from './findings.service.js';

/** What becomes of findings after the conclusion: the unit answers with evidence; whoever ran the inspection accepts, or returns with a new limit. */
@Injectable()
export class FindingFollowUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly findings: FindingsService,
    private readonly inspections: InspectionsService,
    private readonly access: UnitResponsibility,
    private readonly attachments: AttachmentsService,
  ) {}

  /** @throws Problem `action-not-allowed` before the conclusion, and for what was answered or accepted already */
  answer(
    id: string,
    { text, doneOn }: { text: string; doneOn: LegalDate | null },
    expected: number | null,
    by: Official,
  ): Promise<Finding> {
    if (doneOn) mustNotLieAhead(doneOn, '/doneOn');
    return this.transactions.run(async () => {
      const finding = await this.findings.lock(id, expected, by);
      this.access.mustActFor(by, finding.inspectedUnitId);
      mustBeIn(finding, ['open', 'returned']);
      if (doneOn && doneOn < finding.startedOn)
        throw Problem.field('validation-failed', '/doneOn', 'before_start', {
          vi: `Không được trước ngày bắt đầu kiểm tra ${asWritten(finding.startedOn)}.`,
          en: `Must not be before the start of the inspection on ${finding.startedOn}.`,
        });
      return this.step(finding, 'answered', { type: 'answer', text, doneOn, dueOn: null }, by);
    });
  }

  /** Keeps a file that shows what was mended; while the finding is not accepted. */
  prove(id: string, file: ReceivedFile, by: Official): Promise<Finding> {
    return this.transactions.run(async (tx) => {
      const finding = await this.findings.lock(id, null, by);
      this.access.mustActFor(by, finding.inspectedUnitId);
      mustBeIn(finding, ['open', 'returned', 'answered']);
      const evidenceId = await this.attachments.insert({ unitId: finding.inspectedUnitId }, file, 'inspection', by);
      await tx.query('insert into inspection_finding_evidence (finding_id, attachment_id, created_by) values ($1, $2, $3)', [
        id,
        evidenceId,
        by.accountId,
      ]);
      return this.findings.get(id, by);
    });
  }

  /** It is mended. */
  accept(id: string, text: string, expected: number | null, by: Official): Promise<Finding> {
    return this.transactions.run(async () => {
      const finding = await this.judged(id, expected, by);
      return this.step(finding, 'accepted', { type: 'acceptance', text, doneOn: null, dueOn: null }, by);
    });
  }

  /** It is not mended: the unit answers again by a new limit. */
  return(id: string, { text, dueOn }: { text: string; dueOn: LegalDate }, expected: number | null, by: Official): Promise<Finding> {
    return this.transactions.run(async (tx) => {
      const finding = await this.judged(id, expected, by);
      if (dueOn < today())
        throw Problem.field('validation-failed', '/dueOn', 'in_the_past', {
          vi: 'Hạn mới không được trước hôm nay.',
          en: 'The new limit must not be before today.',
        });
      await tx.query('update inspection_finding set due_on = $2 where id = $1', [id, dueOn]);
      return this.step(finding, 'returned', { type: 'return', text, doneOn: null, dueOn }, by);
    });
  }

  private async judged(id: string, expected: number | null, by: Official): Promise<Finding> {
    const finding = await this.findings.lock(id, expected, by);
    this.inspections.mustRun(finding, by);
    mustBeIn(finding, ['answered']);
    return finding;
  }

  private async step(
    { id, entries }: Finding,
    state: FindingState,
    { type, text, doneOn, dueOn }: { type: EntryType; text: string; doneOn: LegalDate | null; dueOn: LegalDate | null },
    by: Official,
  ): Promise<Finding> {
    const tx = this.transactions.manager;
    await tx.query(
      'insert into inspection_finding_entry (finding_id, number, type, text, done_on, due_on, created_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, entries.length + 1, type, text, doneOn, dueOn, by.accountId],
    );
    await tx.query('update inspection_finding set state = $2, version = version + 1 where id = $1', [id, state]);
    return this.findings.get(id, by);
  }
}

function mustBeIn({ state, concludedOn }: Finding, wanted: readonly FindingState[]): void {
  if (!concludedOn)
    throw new Problem('action-not-allowed', {
      vi: 'Cuộc kiểm tra chưa kết luận.',
      en: 'The inspection is not concluded yet.',
    });
  if (!wanted.includes(state)) throw notIn(state);
}
