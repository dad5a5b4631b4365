import { randomUUID } from 'node:crypto';
import type { WorkingCalendar } from '../../rules/calendar/working-calendar.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import type { Random } from '../random.js';
import { places as streets, stories, type Story } from '../stories.js';
import type { Picture } from './picture.js';
import type { Place, Places } from './places.js';
import { numbersOf, shuffled } from './shares.js';

/** A visit as the ledger has it. */
export interface PlannedVisit {
  id: string;
  matterId: string;
  place: Place;
  byHead: boolean;
  on: LegalDate;
  /** Minutes after 08:00. */
  minute: number;
  persons: number;
  kind: PetitionKind;
  fieldCode: string;
  matter: string;
}

/** What a visit is before anybody knows which case it is about. */
interface Received {
  byHead: boolean;
  persons: number;
}

/** So many come again about one case at most; each of them later in the day than the one before. */
const mostAgain = 9;
const minutesApart = 42;

/**
 * Visits that have exactly the figures of a picture: who received, how many came, large groups, cases brought first and again. A case that was
 * brought again was brought once before the stretch, which is one more visit, outside of it.
 */
export function planVisits({ from, visits }: Picture, places: Places, calendar: WorkingCalendar, random: Random): PlannedVisit[] {
  const received = shuffled([...receivedBy(false, visits, random), ...receivedBy(true, visits, random)], random);
  const cases = visits.cases.first + visits.cases.repeated;
  const again = numbersOf(cases, received.length - cases, { least: 0, most: mostAgain }, random);
  let next = 0;
  return again.flatMap((more, index) => {
    const repeated = index < visits.cases.repeated;
    const of = received.slice(next, (next += more + 1));
    const place = repeated ? places.next('old', ({ old }) => old) : places.next('any', () => true);
    return caseOf(of, place, repeated ? calendar.sameOrNextWorkingDay(plusDays(from, -random.between(10, 300))) : null, random);
  });
}

/** What one kind of reception received: its visits with their persons, large groups among them. */
function receivedBy(byHead: boolean, { regular, heads, largeGroups }: Picture['visits'], random: Random): Received[] {
  const { visits, persons } = byHead ? heads : regular;
  const share = heads.visits / (heads.visits + regular.visits);
  const ofHeads = { groups: Math.round(largeGroups.groups * share), persons: Math.round(largeGroups.persons * share) };
  const own = byHead ? ofHeads : { groups: largeGroups.groups - ofHeads.groups, persons: largeGroups.persons - ofHeads.persons };
  return [
    ...numbersOf(own.groups, own.persons, { least: 5, most: 60 }, random),
    ...numbersOf(visits - own.groups, persons - own.persons, { least: 1, most: 4 }, random),
  ].map((count) => ({ byHead, persons: count }));
}

/** The visits of one case in the order of their days, and the one before the stretch where it was brought before. */
function caseOf(of: Received[], place: Place, before: LegalDate | null, random: Random): PlannedVisit[] {
  const story = random.pick(stories);
  const street = random.pick(streets);
  const facts = { place, kind: story.kind, fieldCode: story.fieldCode, matter: fill(story, place, street) };
  // Nobody comes again before the first time, and whoever comes to the head comes on one of his days.
  const last = place.headDays.at(-1)!;
  const visits: PlannedVisit[] = [];
  let day = random.pick(place.days.filter((one) => one <= last));
  for (const [index, { byHead, persons }] of of.entries()) {
    const possible = (byHead ? place.headDays : place.days).filter((one) => one >= day && one <= last).slice(0, index === 0 ? 1 : 12);
    day = random.pick(possible.length > 0 ? possible : [last]);
    visits.push({
      ...facts,
      id: randomUUID(),
      matterId: '',
      byHead,
      on: day,
      minute: index * minutesApart + random.between(0, 30),
      persons,
    });
  }
  if (before)
    visits.unshift({ ...facts, id: randomUUID(), matterId: '', byHead: false, on: before, minute: random.between(0, 480), persons: 1 });
  const matterId = visits[0]!.id;
  return visits.map((visit) => ({ ...visit, matterId }));
}

function fill({ summary }: Story, { unit }: Place, street: string): string {
  return summary.replaceAll('{unit}', unit.name).replaceAll('{place}', street);
}
