import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { type Refusal, type RefusalGround, refusalsOn } from '../../rules/reception/refusals.js';
import { representativeRule } from '../../rules/triage/representatives.js';
import { momentGiven } from '../sessions/moments.js';
import type { SessionRow } from '../sessions/session.js';
import { type VisitFacts, type Visitor, type VisitRow, visitStateNames } from './visit.js';
import type { NewVisit, Outcome } from './visit-order.js';

export function representativesOf(visitors: readonly Visitor[]): number {
  return visitors.filter(({ capacity }) => capacity === 'representative').length;
}

/** How many came: those named where nobody says. */
export function personsIn({ persons, visitors }: { persons: number | null; visitors: readonly Visitor[] }): number {
  return persons ?? Math.max(1, visitors.length);
}

export function mustRespectRepresentatives({ visitors, persons }: Pick<VisitFacts, 'visitors' | 'persons'>): void {
  if (visitors.length > persons)
    throw Problem.field('validation-failed', '/persons', 'fewer_than_named', {
      vi: `Đã nêu tên ${visitors.length} người.`,
      en: `${visitors.length} people are named.`,
    });
  const rule = representativeRule(persons);
  const count = representativesOf(visitors);
  if (rule && count > rule.most)
    throw Problem.field('validation-failed', '/visitors', 'too_many_representatives', {
      vi: `Đoàn ${persons} người được cử nhiều nhất ${rule.most} người đại diện.`,
      en: `A group of ${persons} has at most ${rule.most} representatives.`,
    });
}

export function mustHaveRepresentatives({ persons, representatives }: VisitRow): void {
  const rule = representativeRule(persons);
  if (rule && representatives < rule.least)
    throw Problem.field('validation-failed', '/visitors', 'representatives_required', {
      vi: `Đoàn ${persons} người phải cử ${rule.least} đến ${rule.most} người đại diện; hãy bổ sung trước khi kết thúc.`,
      en: `A group of ${persons} names ${rule.least} to ${rule.most} representatives; add them before the visit ends.`,
    });
}

export function mustFitResult({ papers }: VisitRow, { result, petition, petitionId, appointment, toUnitId }: Outcome): void {
  const missing = (pointer: string, vi: string, en: string) => Problem.field('validation-failed', pointer, 'required', { vi, en });
  if (result === 'petition_opened' && !petition && !petitionId)
    throw missing(
      '/petition',
      'Nêu đơn được mở (petition) hoặc đơn đã có (petitionId).',
      'Name the petition that is opened, or the one that there is.',
    );
  if (petition && result !== 'petition_opened')
    throw Problem.field('validation-failed', '/result', 'not_allowed', {
      vi: 'Mở đơn thì kết quả là petition_opened.',
      en: 'Where a petition is opened the result is petition_opened.',
    });
  if (result === 'appointment' && !appointment)
    throw missing('/appointment', 'Nêu buổi tiếp và lượt hẹn.', 'Name the session and the slot.');
  if (result === 'transferred' && !toUnitId) throw missing('/toUnitId', 'Nêu nơi chuyển đến.', 'Name where it is transferred to.');
  if (result === 'papers_taken' && papers.length === 0)
    throw missing('/papers', 'Nêu giấy tờ đã nhận (PUT lượt tiếp).', 'Name the papers that were taken (PUT the visit).');
}

export function mustBeOpen({ state }: VisitRow): void {
  if (state === 'in_reception') return;
  throw new Problem(
    'action-not-allowed',
    { vi: `Lượt tiếp đã kết thúc (${visitStateNames[state]}).`, en: `The visit has ended ("${state}").` },
    [],
    {
      state,
    },
  );
}

export function mustBeHeld({ state, onDate, noCitizenMinutes }: SessionRow, on: LegalDate): void {
  if (onDate !== on)
    throw Problem.field('validation-failed', '/startedAt', 'other_day', {
      vi: `Buổi tiếp diễn ra ngày ${asWritten(onDate)}.`,
      en: `The session is on ${onDate}.`,
    });
  if ((state === 'open' || state === 'closed') && noCitizenMinutes === null) return;
  throw new Problem(
    'action-not-allowed',
    {
      vi: noCitizenMinutes ? 'Buổi tiếp đã lập biên bản không có công dân đến.' : 'Hãy mở buổi tiếp trước.',
      en: noCitizenMinutes ? 'It was minuted that nobody came to the session.' : 'Open the session first.',
    },
    [],
    { state },
  );
}

export function endOf({ startedAt }: VisitRow, given: string | null): Date {
  const at = momentGiven(given, '/endedAt');
  if (at < startedAt)
    throw Problem.field('validation-failed', '/endedAt', 'before_start', {
      vi: 'Không được trước khi bắt đầu tiếp.',
      en: 'Must not be before the visit began.',
    });
  return at;
}

/**
 * The ground of a refusal as the law of the day of the visit has it.
 * @throws Problem naming `/ground` where it is not in force then, or is none for such a matter
 */
export function mustBeInForce({ visitedOn, kind }: Pick<VisitRow, 'visitedOn' | 'kind'>, ground: RefusalGround): Refusal {
  const inForce = refusalsOn(visitedOn);
  const refusal = inForce.find(({ code }) => code === ground);
  const allowed = inForce.filter(({ kinds }) => !kinds || kinds.includes(kind)).map(({ code }) => code);
  if (!refusal)
    throw Problem.field('validation-failed', '/ground', 'not_in_force', {
      vi: `Ngày ${asWritten(visitedOn)} pháp luật không có căn cứ từ chối này. Căn cứ được dùng: ${titlesOf(inForce, allowed)}.`,
      en: `The law of ${visitedOn} has no such ground. Allowed: ${allowed.join(', ')}.`,
    });
  if (!allowed.includes(ground))
    throw Problem.field('validation-failed', '/ground', 'not_for_kind', {
      vi: `Căn cứ từ chối này không áp dụng cho loại việc của lượt tiếp. Căn cứ được dùng: ${titlesOf(inForce, allowed)}.`,
      en: `This ground is none for a ${kind}. Allowed: ${allowed.join(', ')}.`,
    });
  return refusal;
}

function titlesOf(inForce: readonly Refusal[], codes: readonly RefusalGround[]): string {
  return inForce
    .filter(({ code }) => codes.includes(code))
    .map(({ title }) => title.vi)
    .join('; ');
}

export function mustEndOnce({ outcome, refusal }: NewVisit): void {
  if (outcome && refusal)
    throw Problem.field('validation-failed', '/refusal', 'one_of', {
      vi: 'Nêu kết quả (outcome) hoặc việc từ chối (refusal), một trong hai.',
      en: 'Say the outcome or the refusal, one of them.',
    });
}
