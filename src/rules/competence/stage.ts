import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { Filing, PriorHandling, Stage } from '../evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { acceptanceRule, resolutionRule } from '../limits/limits-by-event.js';
import { limitInForce } from '../limits/limit.js';
import type { Unit, UnitStructure } from '../structure/unit-structure.js';

export const stageBases = ['nothing_before', 'first_still_open', 'stated', 'first_decided', 'first_lapsed', 'finally_decided'] as const;
/** Why a petition is at its stage. */
export type StageBasis = (typeof stageBases)[number];

/** At which stage a petition stands and who is competent there. */
export interface StageFinding {
  stage: Stage;
  competent: Unit | null;
  basis: StageBasis;
  /** The earlier handling that the finding rests on. */
  prior: PriorHandling | null;
  /** Last legal day of that handling, where it lapsed. */
  lapsedOn: LegalDate | null;
}

/**
 * The stage follows from what was done before (law.md 2.4, rows C-02 to C-08 and D-05 to D-07): a decision opens the next stage at
 * the direct superior, and so does a lapsed limit, except for who files again with the late authority itself.
 */
export function stageOf(filing: Filing, first: Unit | null, structure: UnitStructure, calendar: WorkingCalendar): StageFinding {
  const next: Stage = filing.kind === 'denunciation' ? 'continuing' : 'second';
  // The Minister of Home Affairs, whom no unit held here is, is second over a minister and the chair of a province (Law on Complaints art. 51(3)).
  const above = (unit: Unit | null) =>
    filing.subject === 'discipline' && unit && isOfTheTop(unit) ? null : unit && structure.superiorOn(unit, filing.filedOn);
  const at = (basis: StageBasis, prior: PriorHandling | null = null, lapsedOn: LegalDate | null = null): StageFinding => {
    const resolver = prior ? resolverOf(prior, structure) : first;
    const isNext =
      basis === 'first_decided' ||
      basis === 'first_lapsed' ||
      basis === 'finally_decided' ||
      (basis === 'stated' && filing.stage !== 'first');
    // The last instance stays the one that decided finally.
    if (basis === 'finally_decided' && prior)
      return { stage: next, competent: structure.onDate(resolver ?? structure.get(prior.unitId), filing.filedOn), basis, prior, lapsedOn };
    return { stage: isNext ? next : 'first', competent: isNext ? above(resolver) : first, basis, prior, lapsedOn };
  };

  // Recommendations and reflections have no instances (law.md 2.3).
  if (filing.kind === 'recommendation' || filing.kind === 'reflection') return at('nothing_before');
  const earlier = filing.priorHandling.filter(({ receivedOn }) => receivedOn <= filing.filedOn);
  const decided = earlier.filter(({ decidedOn }) => decidedOn && decidedOn <= filing.filedOn);
  const final = decided.find(({ stage }) => stage === 'second');
  if (final && filing.kind === 'complaint') return at('finally_decided', final);
  if (filing.stage) return at('stated', decided.at(-1) ?? null);
  const lastDecided = decided.at(-1);
  if (lastDecided) return at('first_decided', lastDecided);
  const open = earlier.findLast(({ refusedOn }) => !refusedOn);
  if (!open) return at(earlier.length > 0 ? 'first_still_open' : 'nothing_before');
  const due = resolutionDueOn(open, filing, calendar);
  const filedWithTheLateOne = structure.filedWith(structure.get(filing.filedAtUnitId), filing.filedOn, first).id === first?.id;
  return due && due < filing.filedOn && !filedWithTheLateOne ? at('first_lapsed', open, due) : at('first_still_open', open);
}

function isOfTheTop({ level, kind }: Unit): boolean {
  return level === 'central' || (level === 'province' && kind === 'peoples_committee');
}

function resolverOf(prior: PriorHandling, structure: UnitStructure): Unit | null {
  return structure.find(prior.unitId) ?? null;
}

/** From acceptance, or from the last legal day of acceptance where the petition was never accepted. */
function resolutionDueOn(prior: PriorHandling, filing: Filing, calendar: WorkingCalendar): LegalDate | null {
  if (prior.resolutionDueOn) return prior.resolutionDueOn;
  const about = { ...filing, stage: prior.stage };
  const limit = (ruleId: string, startsOn: LegalDate) => limitInForce({ ...filing, ruleId, startsOn, extensionsDays: [] }, calendar)?.dueOn;
  const acceptedOn = prior.acceptedOn ?? limit(acceptanceRule(about), prior.receivedOn);
  return (acceptedOn && limit(resolutionRule(about), acceptedOn)) ?? null;
}
