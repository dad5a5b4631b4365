import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { type Bilingual, Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { checkDialogueNotice, dialogueDuty, fulfilsDialogueDuty } from '../../rules/resolution/dialogue-duty.js';
import {
  consequenceOf,
  type DialogueCircumstance,
  dialogueCircumstances,
  type DialogueConsequence,
  mustPresideInPerson,
  type Presider,
} from '../../rules/resolution/dialogue-presider.js';
import { since2026 } from '../../rules/source.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { type DialogueRow, dialoguesOf } from './resolution.queries.js';

export interface DialogueRecord {
  heldOn?: LegalDate | null;
  noticeSentOn?: LegalDate | null;
  place: string;
  participants: DialogueRow['participants'];
  minutes: string;
  complainantAttended: boolean;
  absenceWithoutReason?: boolean | null;
  /** Why the complainant was away, where he had a good reason. */
  absenceReason?: string | null;
  /** The resolver when left out. */
  presidedBy?: Presider | null;
  presiderName?: string | null;
  circumstances?: DialogueCircumstance[];
}

/** A dialogue with what follows from it. */
export interface DialogueResult extends DialogueRow {
  followUp: { code: DialogueConsequence; explanation: Bilingual };
}

/** Dialogue (đối thoại) between the deciding authority and the complainant. */
@Injectable()
export class DialoguesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * Records a dialogue. One that somebody else presided over than the law asks for, or that the complainant stayed away from with a good reason, is on
   * record and does not count: `followUp` says so.
   * @throws Problem naming the field: no notice, a late one for an absence without reason, an absence that is not told apart
   */
  hold(petitionId: string, dialogue: DialogueRecord, expected: number | null, by: Official): Promise<DialogueResult> {
    const absenceWithoutReason = dialogue.absenceWithoutReason ?? false;
    if (dialogue.complainantAttended && absenceWithoutReason)
      throw Problem.field('validation-failed', '/absenceWithoutReason', 'contradiction', {
        vi: 'Người khiếu nại có mặt thì không vắng mặt.',
        en: 'A complainant who attended was not absent.',
      });
    const presidedBy = dialogue.presidedBy ?? 'resolver';
    if (presidedBy !== 'resolver' && !dialogue.presiderName) throw nobodyPresides();
    return this.transactions.run(async (tx) => {
      const facts = {
        complainantAttended: dialogue.complainantAttended,
        absenceWithoutReason,
        presidedBy,
        ...(dialogue.noticeSentOn && { noticeSentOn: dialogue.noticeSentOn }),
      };
      const { petition, on } = await this.actions.step(
        tx,
        petitionId,
        'hold_dialogue',
        { on: dialogue.heldOn, dayField: 'heldOn', facts },
        expected,
        by,
      );
      mustBeToldInTime(dialogue.noticeSentOn ?? null, on, absenceWithoutReason);
      mustTellAbsence(dialogue, on);
      const circumstances = circumstancesOf(petition, dialogue.circumstances ?? []);
      const presider = mustPresideInPerson({
        presidedBy,
        heldOn: on,
        stage: petition.stage,
        resolver: this.resolverOf(petition),
        circumstances,
      });
      await tx.query(
        `insert into dialogue (petition_id, held_on, notice_sent_on, place, participants, minutes, complainant_attended, absence_without_reason, created_by,
           absence_reason, presided_by, presider_name, circumstances, presided_lawfully)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
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
          dialogue.absenceReason ?? null,
          presidedBy,
          dialogue.presiderName ?? null,
          circumstances,
          presider === null,
        ],
      );
      return (await this.rows(petitionId)).at(-1)!;
    });
  }

  async list(petitionId: string, by: Official): Promise<DialogueResult[]> {
    await this.petitions.get(petitionId, by);
    return this.rows(petitionId);
  }

  /** @throws Problem `action-not-allowed` with the article, where the law obliges to a dialogue that was not held */
  async mustBeHeldWhereObliged({ id, stage, subject, state }: PetitionRow, viewsDiffer: boolean): Promise<void> {
    const duty = dialogueDuty({ stage, subject, viewsDiffer });
    const held = duty ? await this.rows(id) : [];
    if (!duty || held.some(fulfilsDialogueDuty)) return;
    const { instrument, article } = duty.source;
    const last = held.at(-1)?.followUp.explanation;
    throw new Problem(
      'action-not-allowed',
      {
        vi: `Chưa thể ra quyết định: phải tổ chức đối thoại theo Điều ${article} Luật ${instrument} (…/dialogues).${last ? ` ${last.vi}` : ''}`,
        en: `No decision yet: a dialogue must be held by article ${article} of the law ${instrument} (…/dialogues).${last ? ` ${last.en}` : ''}`,
      },
      [],
      { state, ruleId: duty.ruleId, sources: [duty.source] },
    );
  }

  private async rows(petitionId: string): Promise<DialogueResult[]> {
    const rows = await this.transactions.rows<Omit<DialogueRow, 'noticeInTime'>>(dialoguesOf, [petitionId]);
    return rows.map((row) => ({
      ...row,
      noticeInTime: row.noticeSentOn ? (checkDialogueNotice(row.noticeSentOn, row.heldOn)?.inTime ?? null) : null,
      followUp: consequenceOf(row),
    }));
  }

  /** The authority that resolves the complaint; null where it stands above all units, e.g. a minister. */
  private resolverOf({ competentUnitId }: PetitionRow): Unit | null {
    return competentUnitId ? this.units.structure.get(competentUnitId) : null;
  }
}

/** That many complain of one matter follows from the petition. */
function circumstancesOf({ signatories }: PetitionRow, told: readonly DialogueCircumstance[]): DialogueCircumstance[] {
  return dialogueCircumstances.filter((one) => told.includes(one) || (one === 'many_complainants' && signatories > 1));
}

/** @throws Problem where the minutes do not say whether the complainant was away with a good reason (Decree 124/2020/NĐ-CP art. 28(4)) */
function mustTellAbsence({ complainantAttended, absenceWithoutReason, absenceReason }: DialogueRecord, heldOn: LegalDate): void {
  if (complainantAttended || heldOn < since2026) return;
  if (absenceWithoutReason === null || absenceWithoutReason === undefined)
    throw Problem.field('validation-failed', '/absenceWithoutReason', 'required', {
      vi: 'Biên bản phải ghi người khiếu nại vắng mặt có lý do hay không có lý do (khoản 4 Điều 28 Nghị định 124/2020/NĐ-CP, sửa đổi năm 2026).',
      en: 'The minutes say whether the complainant was away with or without a reason (Decree 124/2020/NĐ-CP art. 28(4) as amended in 2026).',
    });
  if (!absenceWithoutReason && !absenceReason)
    throw Problem.field('validation-failed', '/absenceReason', 'required', {
      vi: 'Nêu lý do chính đáng của việc vắng mặt: sự kiện bất khả kháng hoặc trở ngại khách quan, có căn cứ chứng minh (khoản 5 Điều 28, Điều 28a Nghị định 124/2020/NĐ-CP).',
      en: 'Say the good reason of the absence: force majeure or an objective obstacle, and what proves it (Decree 124/2020/NĐ-CP arts 28(5), 28a).',
    });
}

function nobodyPresides(): Problem {
  return Problem.field('validation-failed', '/presiderName', 'required', {
    vi: 'Nêu họ tên, chức vụ người được phân công chủ trì đối thoại.',
    en: 'Name whoever was assigned to preside, with the office.',
  });
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
  if (check && !noticeSentOn)
    throw Problem.field('validation-failed', '/noticeSentOn', 'required', {
      vi: `Văn bản thông báo đối thoại phải được gửi trước ít nhất ${check.rule.days} ngày: nêu ngày gửi (khoản 1 Điều 28 Nghị định 124/2020/NĐ-CP, sửa đổi năm 2026).`,
      en: `The written notice is sent at least ${check.rule.days} days before: say when it was (Decree 124/2020/NĐ-CP art. 28(1) as amended in 2026).`,
    });
  if (!absenceWithoutReason || !check || check.inTime) return;
  throw Problem.field('validation-failed', '/noticeSentOn', 'late_notice', {
    vi: `Chỉ coi là vắng mặt không có lý do chính đáng khi văn bản thông báo đã được gửi trước ngày đối thoại ít nhất ${check.rule.days} ngày (khoản 1 Điều 28 Nghị định 124/2020/NĐ-CP, sửa đổi năm 2026).`,
    en: `An absence is without reason only where the written notice was sent at least ${check.rule.days} days before the dialogue (Decree 124/2020/NĐ-CP art. 28(1) as amended in 2026).`,
  });
}
