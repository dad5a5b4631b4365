import { Injectable } from '@nestjs/common';
import type { Official } from '../auth/official.js';
import { Transactions } from '../database/transactions.js';
import type { PetitionRow } from '../petitions/petition.js';
import { PetitionActionsService } from '../petitions/petition-actions.service.js';
import { PetitionsService } from '../petitions/petitions.service.js';
import { Problem } from '../problems/problem.js';
import type { LegalDate } from '../rules/legal-date.js';
import { checkDialogueNotice, dialogueDuty, fulfilsDialogueDuty } from '../rules/resolution/dialogue-duty.js';
import { type DialogueRow, dialoguesOf } from './resolution.queries.js';

export interface DialogueRecord {
  heldOn?: LegalDate | null;
  noticeSentOn?: LegalDate | null;
  place: string;
  participants: DialogueRow['participants'];
  minutes: string;
  complainantAttended: boolean;
  absenceWithoutReason?: boolean | null;
}

/** Dialogue (đối thoại) between the deciding authority and the complainant. */
@Injectable()
export class DialoguesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
  ) {}

  hold(petitionId: string, dialogue: DialogueRecord, expected: number | null, by: Official): Promise<DialogueRow> {
    const absenceWithoutReason = dialogue.absenceWithoutReason ?? false;
    if (dialogue.complainantAttended && absenceWithoutReason)
      throw Problem.field('validation-failed', '/absenceWithoutReason', 'contradiction', {
        vi: 'Người khiếu nại có mặt thì không vắng mặt.',
        en: 'A complainant who attended was not absent.',
      });
    return this.transactions.run(async (tx) => {
      const facts = {
        complainantAttended: dialogue.complainantAttended,
        absenceWithoutReason,
        ...(dialogue.noticeSentOn && { noticeSentOn: dialogue.noticeSentOn }),
      };
      const { on } = await this.actions.step(
        tx,
        petitionId,
        'hold_dialogue',
        { on: dialogue.heldOn, dayField: 'heldOn', facts },
        expected,
        by,
      );
      mustBeToldInTime(dialogue.noticeSentOn ?? null, on, absenceWithoutReason);
      await tx.query(
        `insert into dialogue (petition_id, held_on, notice_sent_on, place, participants, minutes, complainant_attended, absence_without_reason, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          petitionId,
          on,
          dialogue.noticeSentOn ?? null,
          dialogue.place,
          JSON.stringify(dialogue.participants),
          dialogue.minutes,
          dialogue.complainantAttended,
          absenceWithoutReason,
          by.accountId,
        ],
      );
      return (await this.rows(petitionId)).at(-1)!;
    });
  }

  async list(petitionId: string, by: Official): Promise<DialogueRow[]> {
    await this.petitions.get(petitionId, by);
    return this.rows(petitionId);
  }

  /** @throws Problem `action-not-allowed` with the article, where the law obliges to a dialogue that was not held */
  async mustBeHeldWhereObliged({ id, stage, subject, state }: PetitionRow, viewsDiffer: boolean): Promise<void> {
    const duty = dialogueDuty({ stage, subject, viewsDiffer });
    if (!duty || (await this.rows(id)).some(fulfilsDialogueDuty)) return;
    const { instrument, article } = duty.source;
    throw new Problem(
      'action-not-allowed',
      {
        vi: `Chưa thể ra quyết định: phải tổ chức đối thoại theo Điều ${article} Luật ${instrument} (…/dialogues).`,
        en: `No decision yet: a dialogue must be held by article ${article} of the law ${instrument} (…/dialogues).`,
      },
      [],
      { state, ruleId: duty.ruleId, sources: [duty.source] },
    );
  }

  private async rows(petitionId: string): Promise<DialogueRow[]> {
    const rows = await this.transactions.rows<Omit<DialogueRow, 'noticeInTime'>>(dialoguesOf, [petitionId]);
    return rows.map((row) => ({
      ...row,
      noticeInTime: row.noticeSentOn ? (checkDialogueNotice(row.noticeSentOn, row.heldOn)?.inTime ?? null) : null,
    }));
  }
}

/**
 * Whoever was not told in time is not away without reason; a dialogue that the complainant came to stands although the notice was late.
 * @throws Problem naming `noticeSentOn`
 */
function mustBeToldInTime(noticeSentOn: LegalDate | null, heldOn: LegalDate, absenceWithoutReason: boolean): void {
  if (noticeSentOn && noticeSentOn > heldOn)
    throw Problem.field('validation-failed', '/noticeSentOn', 'after_dialogue', {
      vi: 'Ngày gửi thông báo không được sau ngày đối thoại.',
      en: 'The notice must not be sent after the dialogue.',
    });
  const check = checkDialogueNotice(noticeSentOn ?? heldOn, heldOn);
  if (!absenceWithoutReason || !check || check.inTime) return;
  throw Problem.field('validation-failed', '/noticeSentOn', noticeSentOn ? 'late_notice' : 'required', {
    vi: `Chỉ coi là vắng mặt không có lý do chính đáng khi văn bản thông báo đã được gửi trước ngày đối thoại ít nhất ${check.rule.days} ngày (khoản 1 Điều 28 Nghị định 124/2020/NĐ-CP, sửa đổi năm 2026).`,
    en: `An absence is without reason only where the written notice was sent at least ${check.rule.days} days before the dialogue (Decree 124/2020/NĐ-CP art. 28(1) as amended in 2026).`,
  });
}
