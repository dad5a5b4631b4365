import { type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import { existsOn, type Unit, type UnitStructure } from '../../rules/structure/unit-structure.js';
import type { WorkingCalendar } from '../../rules/calendar/working-calendar.js';
import type { Random } from '../random.js';

/** A unit with the days of a stretch on which it receives: all working days, and those of its head. */
export interface Place {
  unit: Unit;
  days: LegalDate[];
  headDays: LegalDate[];
  /** It was there before the stretch began. */
  old: boolean;
}

/** How much comes to a unit of a level, compared with the others. */
const weights: Partial<Record<Unit['level'], number>> = { province: 60, district: 12, commune: 1 };

/** A unit that was there for a part of the stretch alone has its part of what comes. */
function weightOf({ unit, days }: Place): number {
  return Math.max(1, Math.round(((weights[unit.level] ?? 1) * days.length) / 20));
}

/** Working days between two days of the head (Law on Citizen Reception art. 18: a day in the month, two of a district, every week of a commune). */
const headEvery: Partial<Record<Unit['level'], number>> = { province: 20, district: 10, commune: 5 };

/** Where citizens of a city are received, one after the other in a mixed order: each time a unit, the busier ones more often. */
export class Places {
  private readonly all: Place[];
  private readonly bags = new Map<string, Place[]>();

  constructor(
    city: Unit,
    structure: UnitStructure,
    calendar: WorkingCalendar,
    { from, to }: { from: LegalDate; to: LegalDate },
    private readonly random: Random,
  ) {
    const working: LegalDate[] = [];
    for (let day = from; day <= to; day = plusDays(day, 1)) if (calendar.isWorking(day)) working.push(day);
    this.all = structure
      .coveredBy(city, to)
      .filter(({ kind }) => kind === 'peoples_committee')
      .map((unit) => {
        const days = working.filter((day) => existsOn(unit, day));
        const every = headEvery[unit.level] ?? 5;
        const first = toDayNumber(from) + unit.code.length + Number(unit.code.replace(/\D/g, '').slice(-2));
        return { unit, days, headDays: days.filter((_day, index) => (index + first) % every === 0), old: existsOn(unit, from) };
      })
      .filter(({ days, headDays }) => days.length > 0 && headDays.length > 0);
  }

  /** A unit, of those that some condition holds for. */
  next(which: string, holds: (place: Place) => boolean): Place {
    let bag = this.bags.get(which);
    if (!bag) {
      bag = this.all.filter(holds).flatMap((place) => Array.from({ length: weightOf(place) }, () => place));
      if (bag.length === 0) throw new Error(`No unit for ${which}`);
      this.bags.set(which, bag);
    }
    return this.random.pick(bag);
  }
}
