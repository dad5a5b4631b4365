import { randomUUID } from 'node:crypto';
import { evaluate, type Evaluation } from '../../rules/evaluation/evaluation.js';
import type { Filing, PetitionKind, Respondent } from '../../rules/evaluation/filing.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { type Limit, limitInForce } from '../../rules/limits/limit.js';
import { limitsFromAcceptance, resolutionRule } from '../../rules/limits/limits-by-event.js';
import type { WorkingCalendar } from '../../rules/calendar/working-calendar.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import type { Random } from '../random.js';
import { personName, places as streets, stories } from '../stories.js';
import type { Picture } from './picture.js';
import type { Place, Places } from './places.js';
import { divide, numbersOf } from './shares.js';

/** How a petition was processed, and on which day; what was accepted ends later. */
interface Course {
  outcome: 'accepted' | 'answered' | 'guided' | 'filed_away' | 'returned' | 'referred';
  processedOn: LegalDate;
  settled: { on: LegalDate; by: 'decided' | 'concluded' | 'withdrawn'; result: string | null } | null;
}

/** A petition with what happened to it. */
export interface PlannedPetition {
  id: string;
  caseId: string;
  place: Place;
  filing: Filing;
  evaluation: Evaluation;
  summary: string;
  content: string;
  fieldCode: string;
  channel: 'post' | 'handed_in' | 'online' | 'forwarded';
  /** Null where nobody is named, and for denouncers, whose names nobody invents. */
  petitioner: string | null;
  anonymous: boolean;
  course: Course;
  limits: (Limit & { metOn: LegalDate | null })[];
}

/** What is asked of one petition before its unit and day are known. */
interface Wanted {
  kind: PetitionKind;
  outcome: Course['outcome'];
  within: boolean;
  /** Its processing falls after the stretch. */
  late?: boolean;
}

type Settlement = 'settled' | 'open';

/** Petitions that have exactly the figures of a picture. */
export class PetitionPlan {
  constructor(
    private readonly picture: Picture,
    private readonly places: Places,
    private readonly structure: UnitStructure,
    private readonly calendar: WorkingCalendar,
    private readonly random: Random,
  ) {}

  *petitions(): Generator<PlannedPetition> {
    const { received, processed, complaints } = this.picture.petitions;
    const { within } = complaints;
    const sizes = numbersOf(within.cases, within.petitions, { least: 1, most: 12 }, this.random);
    for (const [index, size] of sizes.entries()) yield* this.acceptedCase('complaint', size, index < within.settled ? 'settled' : 'open');
    yield* this.many(complaints.petitions - within.petitions, { kind: 'complaint', outcome: 'guided', within: false });

    const [denounced, accepted] = [Math.round(processed * 0.065), Math.round(processed * 0.017)];
    for (let count = 0; count < accepted; count++) yield* this.acceptedCase('denunciation', 1, 'settled');
    const [away, referred] = divide(denounced - accepted, [5, 1]) as [number, number];
    yield* this.many(away, { kind: 'denunciation', outcome: 'filed_away', within: true });
    yield* this.many(referred, { kind: 'denunciation', outcome: 'referred', within: true });

    const rest = processed - complaints.petitions - denounced;
    const [answered, guided, filedAway, returned] = divide(rest, [40, 31, 24, 5]) as [number, number, number, number];
    yield* this.many(answered, { kind: 'recommendation', outcome: 'answered', within: true });
    yield* this.many(guided, { kind: 'reflection', outcome: 'guided', within: false });
    yield* this.many(filedAway, { kind: 'recommendation', outcome: 'filed_away', within: true });
    yield* this.many(returned, { kind: 'reflection', outcome: 'returned', within: true });

    const [lateGuided, lateAnswered] = divide(received - processed, [2, 3]) as [number, number];
    yield* this.many(lateGuided, { kind: 'reflection', outcome: 'guided', within: false, late: true });
    yield* this.many(lateAnswered, { kind: 'recommendation', outcome: 'answered', within: true, late: true });
  }

  private *many(count: number, wanted: Wanted): Generator<PlannedPetition> {
    for (let made = 0; made < count; made++) {
      const place = wanted.late ? this.lasting() : this.places.next('any', () => true);
      const day = wanted.late
        ? this.random.pick(place.days.slice(-40))
        : this.random.pick(place.days.slice(0, -8).length > 0 ? place.days.slice(0, -8) : place.days);
      const processedOn = wanted.late ? plusDays(this.picture.to, this.random.between(1, 9)) : this.later(place, day, 1, 7);
      yield this.petition(randomUUID(), place, day, wanted, { outcome: wanted.outcome, processedOn, settled: null });
    }
  }

  /** Petitions of one case, accepted and – before the stretch ends, or after it – resolved on one day. */
  private *acceptedCase(kind: 'complaint' | 'denunciation', size: number, settlement: Settlement): Generator<PlannedPetition> {
    const place = settlement === 'open' ? this.lasting() : this.places.next('early', ({ days }) => days.length > 60);
    const caseId = randomUUID();
    const days = settlement === 'open' ? place.days.slice(-30, -10) : place.days.slice(0, -50);
    const first = this.random.between(0, days.length - 1);
    const filed = Array.from(
      { length: size },
      (_, index) => days[Math.min(days.length - 1, first + (index === 0 ? 0 : this.random.between(0, 4)))]!,
    );
    const accepted = filed.map((day) => this.later(place, day, 2, 7));
    const lastAccepted = accepted.reduce((one, other) => (one > other ? one : other));
    const by = kind === 'denunciation' ? 'concluded' : this.random.between(1, 18) === 1 ? 'withdrawn' : 'decided';
    const on =
      settlement === 'open' ? plusDays(this.picture.to, this.random.between(5, 60)) : this.later(place, lastAccepted, ...this.taking());
    const result = by === 'withdrawn' ? null : this.random.pick(['right', 'partly_right', 'partly_right', 'wrong', 'wrong', 'wrong']);
    for (const [index, day] of filed.entries())
      yield this.petition(
        caseId,
        place,
        day,
        { kind, outcome: 'accepted', within: true },
        {
          outcome: 'accepted',
          processedOn: accepted[index]!,
          settled: { on, by, result },
        },
      );
  }

  /** Working days that a resolution takes: most end within the limit of the law, one of twelve later. */
  private taking(): [least: number, most: number] {
    return this.random.between(1, 12) === 1 ? [24, 32] : [5, 19];
  }

  /** A unit that is still there when the stretch has ended. */
  private lasting(): Place {
    return this.places.next('lasting', ({ unit }) => !unit.validTo);
  }

  /** Some working days of the unit later; its last one where there are no more. */
  private later({ days }: Place, day: LegalDate, least: number, most: number): LegalDate {
    const at = days.indexOf(day);
    return days[Math.min(days.length - 1, at + this.random.between(least, most))]!;
  }

  private petition(caseId: string, place: Place, day: LegalDate, wanted: Wanted, course: Course): PlannedPetition {
    const { random } = this;
    const story = random.pick(stories.filter(({ kind }) => kind === wanted.kind));
    const about = wanted.within ? place.unit : this.another(place, day);
    const filing = filingOf(wanted.kind, day, place.unit, about);
    const evaluation = evaluate(filing, this.structure, this.calendar);
    if (evaluation.withinCompetence !== wanted.within)
      throw new Error(`A ${wanted.kind} at ${place.unit.name} of ${day} is ${wanted.within ? 'not ' : ''}within its competence`);
    const street = `${random.pick(streets)} số ${random.between(1, 900)}`;
    const fill = (text: string) => text.replaceAll('{unit}', about.name).replaceAll('{place}', street);
    const anonymous = wanted.kind === 'denunciation' && wanted.outcome !== 'accepted';
    return {
      id: randomUUID(),
      caseId,
      place,
      filing,
      evaluation,
      summary: fill(story.summary),
      content: fill(story.content),
      fieldCode: story.fieldCode,
      channel: random.pick(['post', 'post', 'handed_in', 'online', 'forwarded'] as const),
      petitioner: wanted.kind === 'denunciation' ? null : personName(random.pick),
      anonymous,
      course,
      limits: this.limitsOf(wanted.kind, evaluation, course),
    };
  }

  /** Whose matter it is when it is not that of the unit that it was sent to: below it, or above. */
  private another({ unit }: Place, day: LegalDate): Unit {
    const below = this.structure
      .directlyBelow(unit, day)
      .filter((one) => one.kind === 'peoples_committee' && one.validFrom <= day && (!one.validTo || one.validTo >= day));
    if (below.length > 0) return this.random.pick(below);
    return this.structure.superiorOn(unit, day) ?? unit;
  }

  private limitsOf(
    kind: PetitionKind,
    { limits, stage }: Evaluation,
    { outcome, processedOn, settled }: Course,
  ): PlannedPetition['limits'] {
    const met = limits.map((limit) => ({ ...limit, metOn: processedOn }));
    if (outcome !== 'accepted') return met;
    const subject = { kind, subject: 'administrative' as const, stage };
    const started = limitsFromAcceptance(subject).flatMap((ruleId) => limitInForce({ ruleId, startsOn: processedOn }, this.calendar) ?? []);
    return [
      ...met,
      ...started.map((limit) => ({ ...limit, metOn: limit.ruleId === resolutionRule(subject) ? (settled?.on ?? null) : processedOn })),
    ];
  }
}

/** A complaint about a decision of a unit, a denunciation of one of its officials, or something that is its matter. */
function filingOf(kind: PetitionKind, filedOn: LegalDate, at: Unit, about: Unit): Filing {
  const respondents: Partial<Record<PetitionKind, Respondent>> = {
    complaint: { type: 'agency', unitId: about.id },
    denunciation: { type: 'official', unitId: about.id, position: 'official' },
  };
  return {
    kind,
    subject: 'administrative',
    filedOn,
    filedAtUnitId: at.id,
    respondent: respondents[kind] ?? null,
    matterUnitId: respondents[kind] ? null : about.id,
    stage: null,
    priorHandling: [],
    forwardedBy: null,
    alsoSentToUnitIds: [],
    remoteArea: false,
    complexity: 'normal',
    multiplePlaces: false,
    decisionKnownOn: null,
  };
}
