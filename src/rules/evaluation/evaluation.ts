import type { Bilingual } from '../../platform/problems/problem.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { filedAt, firstCompetence, mustFind, mustHaveLaw, statedCompetent } from '../competence/competence.js';
import type { CompetenceRule } from '../competence/competence-rules.js';
import { type StageBasis, type StageFinding, stageOf } from '../competence/stage.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { type Limit, limitInForce } from '../limits/limit.js';
import { acceptanceRule, overdueDemandRule } from '../limits/limits-by-event.js';
import type { Source } from '../source.js';
import { type Unit, type UnitStructure } from '../structure/unit-structure.js';
import { competentAuthority, explain } from './explanation.js';
import type { Filing, Stage } from './filing.js';
import { type FlagCode, flagRule, guidedOnceSince } from './flag-rules.js';
import { mayTransfer } from './guide-or-transfer.js';

export const outcomes = ['propose_acceptance', 'guidance', 'transfer', 'return', 'filing_away', 'notice'] as const;
export type Outcome = (typeof outcomes)[number];

/** Something about a filing that an official must see, with the law behind it. */
export interface Flag {
  code: FlagCode;
  ruleId: string;
  ruleVersion: string;
  /** Steps from the competent authority up to where the petition was filed; for `over_level` alone. */
  levelsSkipped?: number;
  facts: Record<string, string | number | null>;
  sources: Source[];
  explanation: Bilingual;
}

/** What the law says about a filing. */
export interface Evaluation {
  stage: Stage;
  stageBasis: StageBasis;
  /** Null where the authority stands above all units held here, e.g. a minister. */
  competentUnit: Unit | null;
  competentAuthority: Bilingual;
  competenceRule: CompetenceRule;
  withinCompetence: boolean;
  flags: Flag[];
  recommendedOutcome: Outcome;
  /** What the law lets the unit do instead. */
  alsoAllowed: Outcome[];
  limits: Limit[];
}

/**
 * Competence, flags, recommended outcome and first limits of a filing (domain.md 3, law.md 2.4).
 * The same facts always give the same answer.
 * @throws Problem when a unit is unknown or did not exist on the filing date, or no law held here was in force
 */
export function evaluate(filing: Filing, structure: UnitStructure, calendar: WorkingCalendar): Evaluation {
  mustHaveLaw(filing.filedOn);
  const receiver = filedAt(filing, structure);
  const first = firstCompetence(filing, structure);
  for (const [index, prior] of filing.priorHandling.entries()) mustFind(structure, prior.unitId, `/priorHandling/${index}/unitId`);
  const finding = stageOf(filing, first.unit, structure, calendar);
  const competent = statedCompetent(filing, structure) ?? finding.competent;
  // Whoever is complained of or denounced speaks for nobody but itself.
  const authority = receiver.id === filing.respondent?.unitId ? receiver : structure.filedWith(receiver, filing.filedOn, competent);
  const levelsSkipped = competent ? structure.levelsAbove(competent, authority, filing.filedOn) : -1;
  const withinCompetence = levelsSkipped === 0;
  const facts = {
    filedOn: filing.filedOn,
    filedAt: receiver.name,
    authority: authority.name,
    authorityLevel: authority.level,
    competent: competent?.name ?? null,
    competentLevel: competent?.level ?? null,
    stage: finding.stage,
    stageBasis: finding.basis,
    competenceRule: `${first.rule.id}@${first.rule.version}`,
    ...(finding.lapsedOn && { lapsedOn: finding.lapsedOn }),
  };
  const flag = (code: FlagCode, more: Record<string, string | number> = {}): Flag => {
    const rule = flagRule(code, filing.kind, filing.filedOn);
    return {
      code,
      ruleId: rule.id,
      ruleVersion: rule.version,
      ...(code === 'over_level' && { levelsSkipped }),
      facts: { ...facts, ...more },
      sources: rule.sources,
      explanation: explain(code, { filing, authority, competent, stage: finding.stage, levelsSkipped, ...more }),
    };
  };

  const flags: Flag[] = [];
  if (filing.forwardedBy) flags.push(flag('forwarded', { forwardedBy: filing.forwardedBy }));
  else if (levelsSkipped > 0) flags.push(flag('over_level'));
  if (levelsSkipped < 0) flags.push(flag('outside_competence'));
  if (!withinCompetence && sentToCompetent(filing, competent, structure)) flags.push(flag('also_sent_to_competent'));
  if (!withinCompetence && guidedBefore(filing)) flags.push(flag('already_guided', { guidedBeforeOn: filing.guidedBeforeOn! }));
  if (finding.basis === 'finally_decided') flags.push(flag('already_finally_resolved', { decidedOn: finding.prior?.decidedOn ?? '' }));
  const filingPeriodEndedOn = missedFilingPeriod(filing, finding, withinCompetence, calendar);
  if (filingPeriodEndedOn) flags.push(flag('filing_period_expired', { filingPeriodEndedOn }));

  const recommendedOutcome = outcomeOf(filing, withinCompetence, flags);
  return {
    stage: finding.stage,
    stageBasis: finding.basis,
    competentUnit: competent,
    competentAuthority: competentAuthority(competent, filing, finding.stage),
    competenceRule: first.rule,
    withinCompetence,
    flags,
    recommendedOutcome,
    alsoAllowed: recommendedOutcome === 'guidance' && mayTransfer(filing) ? ['transfer'] : [],
    limits: limitsOf(filing, { ...finding, withinCompetence, recommendedOutcome }, calendar),
  };
}

function sentToCompetent(filing: Filing, competent: Unit | null, structure: UnitStructure): boolean {
  const addressees = filing.alsoSentToUnitIds.map((id, index) => mustFind(structure, id, `/alsoSentToUnitIds/${index}`));
  return addressees.some((unit) => competent !== null && structure.filedWith(unit, filing.filedOn, competent).id === competent.id);
}

/** Whoever was guided about a matter is not guided again (law.md 2.4, row OL-02); no circular said so before 2014-12-15, and denunciations are transferred. */
function guidedBefore({ kind, filedOn, guidedBeforeOn }: Filing): boolean {
  return kind !== 'denunciation' && filedOn >= guidedOnceSince && Boolean(guidedBeforeOn && guidedBeforeOn <= filedOn);
}

/**
 * A complaint's filing period, from what the petitioner knew or received; after the silence of the first authority from the end of its limit (Law on
 * Complaints art. 33(1)), which is for the competent one to look at. Days of an obstacle are not counted (art. 9).
 */
function missedFilingPeriod(
  filing: Filing,
  { stage, basis, prior, lapsedOn }: StageFinding,
  withinCompetence: boolean,
  calendar: WorkingCalendar,
): LegalDate | null {
  if (filing.kind !== 'complaint') return null;
  const discipline = filing.subject === 'discipline';
  const silentSince = basis === 'first_lapsed' && withinCompetence ? lapsedOn : null;
  const startsOn = stage === 'second' ? (prior?.decisionReceivedOn ?? silentSince) : filing.decisionKnownOn;
  const ruleId =
    stage === 'second'
      ? discipline
        ? 'discipline.filing.second'
        : 'complaint.refiling.second'
      : discipline
        ? 'discipline.filing.first'
        : 'complaint.filing';
  const limit = startsOn && limitInForce({ ...filing, ruleId, startsOn, suspendedDays: filing.obstacleDays ?? 0 }, calendar);
  return limit && limit.dueOn < filing.filedOn ? limit.dueOn : null;
}

/** Of the rows that apply the lowest of the table in domain.md 3 decides. */
function outcomeOf(filing: Filing, withinCompetence: boolean, flags: Flag[]): Outcome {
  const has = (code: FlagCode) => flags.some((flag) => flag.code === code);
  if (has('already_finally_resolved')) return 'notice';
  if (has('also_sent_to_competent') || has('already_guided')) return 'filing_away';
  if (withinCompetence) return has('filing_period_expired') ? 'notice' : 'propose_acceptance';
  if (filing.kind !== 'complaint') return 'transfer';
  return has('forwarded') ? 'return' : 'guidance';
}

/** The limits that filing starts at the receiving unit. */
function limitsOf(
  filing: Filing,
  {
    stage,
    basis,
    withinCompetence,
    recommendedOutcome,
  }: { stage: Stage; basis: StageBasis; withinCompetence: boolean; recommendedOutcome: Outcome },
  calendar: WorkingCalendar,
): Limit[] {
  const ruleIds = [receiptRule(), ...(filing.forwardedBy ? ['petition.forwarder.notice'] : [])];
  return ruleIds
    .map((ruleId) => limitInForce({ ...filing, ruleId, startsOn: filing.filedOn }, calendar))
    .filter((limit) => limit !== undefined);

  function receiptRule(): string {
    if (withinCompetence && basis === 'first_lapsed' && filing.kind === 'denunciation') return overdueDemandRule;
    if (withinCompetence) return acceptanceRule({ ...filing, stage });
    if (recommendedOutcome === 'transfer' && filing.kind === 'denunciation') return 'denunciation.transfer';
    const isOther = filing.kind === 'recommendation' || filing.kind === 'reflection';
    return isOther && filing.filedOn >= '2021-11-15' ? 'petition.processing.other' : 'petition.processing';
  }
}
