import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { PetitionDetailRow } from '../../petitions/petition.js';
import { PetitionActionsService } from '../../petitions/petition-actions.service.js';
import { alsoAllowedOf } from '../../petitions/petition-filing.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { StepObjections } from '../../petitions/step-objections.service.js';
import { type Bilingual, Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import {
  answersFromFacts,
  circumstanceItems,
  type EligibilityAnswers,
  eligibilityItems,
  eligibilityQuestions,
  proposeOutcome,
  type TriageFacts,
  type TriageProposal,
} from '../../rules/triage/eligibility.js';
import { existsOn } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { own } from '../../platform/text/own.js';

/** A question of the checklist with its answer. */
export interface AskedQuestion {
  id: string;
  question: Bilingual;
  answer: boolean | null;
  /** The answer follows from what is stored, and no clerk said otherwise. */
  derived: boolean;
}

/** The checklist of eligibility (domain.md 5) and the outcome that it leads to. */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly units: UnitDirectory,
    private readonly objections: StepObjections,
  ) {}

  async get(id: string, by: Official): Promise<{ questions: AskedQuestion[]; proposal: TriageProposal }> {
    const petition = await this.petitions.get(id, by);
    const facts = await this.factsOf(petition);
    return { questions: questionsOf(facts, petition.eligibility), proposal: proposeOutcome(facts, petition.eligibility) };
  }

  /**
   * Keeps answers of a clerk; what is left out stays, null takes an answer back.
   * @throws Problem naming a question that there is not
   */
  answer(
    id: string,
    { answers, checkedOn }: { answers: EligibilityAnswers; checkedOn?: LegalDate | null },
    expected: number | null,
    by: Official,
  ): Promise<{ questions: AskedQuestion[]; proposal: TriageProposal }> {
    mustBeQuestions(answers);
    return this.transactions.run(async (tx) => {
      const before = await this.actions.lock(id, by);
      const kept = Object.entries({ ...before.eligibility, ...answers }).filter(([, answer]) => answer !== null);
      const step = { on: checkedOn, dayField: 'checkedOn', facts: { answers }, columns: { eligibility: Object.fromEntries(kept) } };
      await this.actions.step(tx, id, 'check_eligibility', step, expected, by);
      return this.get(id, by);
    });
  }

  /**
   * Refers an anonymous denunciation whose content can be checked to an inspectorate as information (Law on Denunciations art. 25).
   * @throws Problem `action-not-allowed` unless the checklist says that it can be checked; `validation-failed` for another kind of unit
   */
  refer(
    id: string,
    order: { toUnitId: string; reason: string; referredOn?: LegalDate | null; documentNumber?: string | null },
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const structure = await this.units.upToDate(tx);
      const receiver = structure.find(order.toUnitId);
      const facts = { toUnitId: order.toUnitId, toUnit: receiver?.name ?? null, documentNumber: order.documentNumber };
      const { petition, on } = await this.actions.step(
        tx,
        id,
        'refer',
        { on: order.referredOn, dayField: 'referredOn', reason: order.reason, facts },
        expected,
        by,
      );
      if (petition.eligibility['checkable_content'] !== true) throw notCheckable();
      if (receiver?.kind !== 'inspectorate' || !existsOn(receiver, on)) throw notAnInspectorate();
      await this.actions.involve(tx, id, receiver.id);
      return this.petitions.get(id, by);
    });
  }

  private async factsOf(petition: PetitionDetailRow): Promise<TriageFacts> {
    return {
      kind: petition.kind,
      writtenOn: petition.writtenOn,
      anonymous: petition.anonymous,
      hasAddress: petition.parties.some(({ role, address }) => role === 'petitioner' && address),
      signatories: petition.signatories,
      representatives: petition.parties.filter(({ role }) => role === 'representative').length,
      withinCompetence: petition.withinCompetence,
      recommendedOutcome: petition.recommendedOutcome,
      alsoAllowed: alsoAllowedOf(petition),
      alsoSentToCompetent: petition.flagCodes.includes('also_sent_to_competent'),
      duplicate: petition.relatedTo.some(({ relation }) => relation === 'duplicate_of'),
      guidedBefore: (await this.objections.earlierGuidance(petition)) !== null,
    };
  }
}

function questionsOf(facts: TriageFacts, given: EligibilityAnswers): AskedQuestion[] {
  const derived = answersFromFacts(facts);
  const asked = [
    ...eligibilityItems.filter(({ kinds }) => kinds.includes(facts.kind)),
    ...Object.entries(circumstanceItems)
      .map(([id, question]) => ({ id, question }))
      .filter(({ id }) => (id === 'checkable_content' ? facts.kind === 'denunciation' && facts.anonymous : facts.guidedBefore)),
  ];
  return asked.map(({ id, question }) => ({
    id,
    question,
    answer: own(given, id) ?? own(derived, id) ?? null,
    derived: own(given, id) === undefined && own(derived, id) !== undefined,
  }));
}

function mustBeQuestions(answers: EligibilityAnswers): void {
  const unknown = Object.keys(answers).find((id) => !eligibilityQuestions.includes(id));
  if (unknown)
    throw Problem.field('validation-failed', `/answers/${unknown}`, 'unknown_question', {
      vi: `Không có câu hỏi này. Cho phép: ${eligibilityQuestions.join(', ')}.`,
      en: `There is no such question. Allowed: ${eligibilityQuestions.join(', ')}.`,
    });
  const wrong = Object.entries(answers).find(([, answer]) => answer !== null && typeof answer !== 'boolean');
  if (wrong)
    throw Problem.field('validation-failed', `/answers/${wrong[0]}`, 'boolean', {
      vi: 'Phải là true, false hoặc null.',
      en: 'Must be true, false or null.',
    });
}

function notCheckable(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Chỉ chuyển thông tin khi nội dung rõ, có chứng cứ để thẩm tra (…/eligibility: checkable_content = true).',
    en: 'Only what can be checked is referred (…/eligibility: checkable_content = true).',
  });
}

function notAnInspectorate(): Problem {
  return Problem.field('validation-failed', '/toUnitId', 'not_an_inspectorate', {
    vi: 'Thông tin tố cáo được chuyển đến cơ quan thanh tra đang hoạt động.',
    en: 'Information goes to an inspectorate that exists on that day.',
  });
}
