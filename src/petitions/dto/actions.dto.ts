import { Id, Ids, LegalDay, OfficialWords, OneOf, Part, Parts, WholeNumber, YesNo } from '../../platform/http/fields.js';
import { FieldCode } from './forms.decorators.js';
import { PriorHandlingDto, RespondentDto } from '../../structure/law-desk/dto/evaluation.dto.js';
import {
  type ComplaintSubject,
  complaintSubjects,
  type PetitionKind,
  petitionKinds,
  type Stage,
  stages,
} from '../../rules/evaluation/filing.js';
import { complexities, type Complexity } from '../../rules/limits/limit-rule.js';

/** Grounds for refusing acceptance: of a complaint those of the Law on Complaints art. 11, of a denunciation those of the Law on Denunciations art. 29. */
export const refusalGrounds = [
  'internal_act',
  'rights_not_touched',
  'no_legal_capacity',
  'representative_not_lawful',
  'no_signature',
  'filing_period_expired',
  'second_decision_exists',
  'not_resumed_in_time',
  'court_has_accepted',
  'no_grounds_to_identify_violation',
  'already_resolved',
  'other',
] as const;

/** Grounds for filing away (Circular 05/2021/TT-TTCP art. 6). */
export const filingGrounds = ['ineligible', 'duplicate', 'also_sent_to_competent', 'already_guided', 'anonymous', 'other'] as const;

const documentNumber = { max: 100, example: '125/TB-UBND' };
const day = (example: string) => ({ optional: true, example, description: 'Today when left out' });

/** The field is looked at where something stands against the step: `objections` of `GET …/actions`. */
export const overrideReason = {
  max: 2000,
  optional: true as const,
  description: 'Of a leader: why the step is taken although the law or the checklist stands against it; kept in the history',
};

export class ClassificationDto {
  @LegalDay(day('2026-05-12'))
  classifiedOn?: string | null;

  @OneOf(petitionKinds, { optional: true, example: 'complaint' })
  kind?: PetitionKind;

  @OneOf(complaintSubjects, { optional: true })
  subject?: ComplaintSubject;

  /** null: none. */
  @FieldCode({ optional: true, clearable: true })
  fieldCode?: string | null;

  /** States the stage against the one that was found; null goes back to that. */
  @OneOf(stages, { optional: true, clearable: true })
  stage?: Stage | null;

  /** States the competent unit against the one that was found; null goes back to that. */
  @Id({ optional: true, clearable: true })
  competentUnitId?: string | null;

  /** null: none. */
  @Part(() => RespondentDto, { optional: true, clearable: true })
  respondent?: RespondentDto | null;

  /** null: none. */
  @Id({ optional: true, clearable: true })
  matterUnitId?: string | null;

  @Parts(() => PriorHandlingDto, { max: 20, optional: true })
  priorHandling?: PriorHandlingDto[];

  /** null: nobody. */
  @OfficialWords({ max: 200, optional: true, clearable: true })
  forwardedBy?: string | null;

  @Ids({ max: 50, optional: true })
  alsoSentToUnitIds?: string[];

  @YesNo({ optional: true })
  remoteArea?: boolean;

  @OneOf(complexities, { optional: true })
  complexity?: Complexity;

  @YesNo({ optional: true })
  multiplePlaces?: boolean;

  /** null: not known. */
  @LegalDay({ optional: true, clearable: true, example: null })
  decisionKnownOn?: string | null;

  /** Days on which force majeure or another objective obstacle kept the petitioner from filing: not counted in the filing period. */
  @WholeNumber({ min: 0, max: 3650, optional: true, example: 0 })
  obstacleDays?: number;

  /** Why, for the history; needed where stage or competent unit are stated. */
  @OfficialWords({ max: 2000, optional: true, example: 'Đã đối chiếu quyết định của UBND phường' })
  reason?: string | null;
}

export class AcceptanceDto {
  @LegalDay(day('2026-05-15'))
  acceptedOn?: string | null;

  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;

  @OfficialWords({ max: 2000, optional: true })
  reason?: string | null;

  @OfficialWords(overrideReason)
  overrideReason?: string | null;
}

export class RefusalDto {
  @LegalDay(day('2026-05-15'))
  refusedOn?: string | null;

  @OneOf(refusalGrounds, { example: 'rights_not_touched' })
  ground: (typeof refusalGrounds)[number];

  @OfficialWords({ max: 2000, example: 'Quyết định không tác động trực tiếp đến quyền lợi của người khiếu nại' })
  reason: string;

  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;
}

export class GuidanceDto {
  @LegalDay(day('2026-05-15'))
  guidedOn?: string | null;

  /** Where the petitioner is guided to; the competent unit when left out. */
  @Id({ optional: true })
  toUnitId?: string | null;

  @OfficialWords({
    max: 5000,
    example: 'Đề nghị ông gửi đơn đến Chủ tịch UBND Phường Ba Đình để được giải quyết lần đầu theo Điều 7 Luật Khiếu nại.',
  })
  content: string;

  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;

  @OfficialWords(overrideReason)
  overrideReason?: string | null;
}

export class ReturnDto {
  @LegalDay(day('2026-05-15'))
  returnedOn?: string | null;

  /** To whom it goes back, e.g. the body that forwarded it. */
  @OfficialWords({ max: 200, optional: true })
  returnedTo?: string | null;

  @OfficialWords({ max: 2000, example: 'Đơn khiếu nại không thuộc thẩm quyền, trả lại nơi chuyển đơn' })
  reason: string;

  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;
}

export class FilingAwayDto {
  @LegalDay(day('2026-05-15'))
  filedAwayOn?: string | null;

  @OneOf(filingGrounds, { example: 'also_sent_to_competent' })
  ground: (typeof filingGrounds)[number];

  @OfficialWords({ max: 2000, optional: true })
  reason?: string | null;

  /** Number of the notice by which the petitioner is told, e.g. that he was guided about the matter before. */
  @OfficialWords({ ...documentNumber, optional: true })
  documentNumber?: string | null;
}
