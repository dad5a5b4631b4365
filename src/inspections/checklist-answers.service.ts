import { Injectable } from '@nestjs/common';
import { AttachmentsService } from '../petitions/attachments/attachments.service.js';
import type { Official } from '../platform/access/official.js';
import { Transactions } from '../platform/database/transactions.js';
import type { ReceivedFile } from '../platform/incoming/received-file.js';
import { Problem } from '../platform/problems/problem.js';
import { checklistVersions } from '../rules/inspections/checklist.js';
import type { AnswerOutcome, InspectionRow, ItemAnswer, ItemRow } from './inspection.js';
import { itemsOf } from './inspections.queries.js';
import { InspectionsService } from './inspections.service.js';

/** What an inspector finds on site, sent one by one or all at once when there is a network again. */
@Injectable()
export class ChecklistAnswersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly inspections: InspectionsService,
    private readonly attachments: AttachmentsService,
  ) {}

  /**
   * Takes answers of a whole checklist in one call. Each is judged for itself: written, the same as before, or in conflict with what somebody else has
   * answered since the device read it; sending the same again changes nothing, so that a call that broke off is simply repeated.
   * @throws Problem naming the answer that cannot be: an item that is not in the checklist, a day to mend something that is met
   */
  answer(id: string, answers: readonly ItemAnswer[], by: Official): Promise<AnswerOutcome[]> {
    return this.transactions.run(async (tx) => {
      const inspection = await this.mustBeOpen(id, by);
      const outcomes: AnswerOutcome[] = [];
      for (const [index, answer] of answers.entries()) {
        mustFit(answer, inspection, index);
        const item = await this.item(id, answer.code);
        if (isSame(item, answer)) {
          outcomes.push({ code: answer.code, outcome: 'unchanged', item });
          continue;
        }
        if (answer.baseVersion !== null && answer.baseVersion !== item.version) {
          outcomes.push({ code: answer.code, outcome: 'conflict', item });
          continue;
        }
        await tx.query(
          `update inspection_item set result = $3, note = $4, mend_by = $5, answered_by = $6, answered_at = now(), version = version + 1
           where inspection_id = $1 and code = $2`,
          [id, answer.code, answer.result, answer.note, answer.mendBy, by.accountId],
        );
        outcomes.push({ code: answer.code, outcome: 'written', item: await this.item(id, answer.code) });
      }
      return outcomes;
    });
  }

  /** Keeps a photo of an item. Sent again under the same name of the device it is the same photo. */
  async photograph(
    id: string,
    { code, clientKey }: { code: string; clientKey: string },
    file: ReceivedFile,
    by: Official,
  ): Promise<ItemRow> {
    const known = await this.knownPhoto(id, clientKey, by);
    if (known) return known;
    return this.transactions.run(async (tx) => {
      const inspection = await this.mustBeOpen(id, by);
      mustBeItem(code, inspection, '/code');
      // A file of the inspected unit: read there, and by whoever oversees it.
      const attachmentId = await this.attachments.insert({ unitId: inspection.inspectedUnitId }, file, 'inspection', by);
      await tx.query('insert into inspection_photo (inspection_id, code, attachment_id, client_key) values ($1, $2, $3, $4)', [
        id,
        code,
        attachmentId,
        clientKey,
      ]);
      return this.item(id, code);
    });
  }

  private async knownPhoto(id: string, clientKey: string, by: Official): Promise<ItemRow | null> {
    await this.inspections.get(id, by);
    const [photo] = await this.transactions.manager.query<{ code: string }[]>(
      'select code from inspection_photo where inspection_id = $1 and client_key = $2',
      [id, clientKey],
    );
    return photo ? this.item(id, photo.code) : null;
  }

  /** Held until the end of the transaction, so that two who answer at once come one after the other. */
  private async mustBeOpen(id: string, by: Official): Promise<InspectionRow> {
    const inspection = await this.inspections.lock(id, null, by);
    await this.inspections.mustTakePart(inspection, by);
    if (inspection.state === 'started') return inspection;
    throw new Problem('action-not-allowed', {
      vi: 'Cuộc kiểm tra chưa bắt đầu, đã kết luận, hoặc đã bị huỷ.',
      en: 'The inspection has not started, is concluded, or was cancelled.',
    });
  }

  private async item(id: string, code: string): Promise<ItemRow> {
    const [item] = await this.transactions.rows<ItemRow & Record<string, unknown>>(itemsOf, [id, code]);
    return item!;
  }
}

function isSame(item: ItemRow, { result, note, mendBy }: ItemAnswer): boolean {
  return item.result === result && item.note === note && item.mendBy === mendBy;
}

function mustFit({ code, result, mendBy }: ItemAnswer, inspection: InspectionRow, index: number): void {
  mustBeItem(code, inspection, `/items/${index}/code`);
  if (mendBy === null || result === 'partly' || result === 'not_met') return;
  throw Problem.field('validation-failed', `/items/${index}/mendBy`, 'not_allowed', {
    vi: 'Chỉ nêu hạn khắc phục với "partly" và "not_met".',
    en: 'A day to mend it goes with "partly" and "not_met" alone.',
  });
}

function mustBeItem(code: string, { checklistVersion }: InspectionRow, pointer: string): void {
  const items = checklistVersions.find(({ version }) => version === checklistVersion)?.items ?? [];
  if (items.some((item) => item.code === code)) return;
  throw Problem.field('validation-failed', pointer, 'unknown_item', {
    vi: `Không có mục này trong bảng kiểm: ${items.map((item) => item.code).join(', ')}.`,
    en: `There is no such item in the checklist: ${items.map((item) => item.code).join(', ')}.`,
  });
}
