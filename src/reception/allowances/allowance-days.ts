import type { LegalDate } from '../../platform/text/legal-date.js';
import { receivingRateOn } from '../../rules/reception/allowances.js';
import type { ReceivedRow } from './allowances.queries.js';

/** An office at which somebody received. */
export interface AllowanceOffice {
  id: string;
  name: string;
}

/** In đồng; null where no day has a rate, and where nobody is named who could be paid. */
export interface AllowanceAmounts {
  withoutProfessionalAllowance: number | null;
  withProfessionalAllowance: number | null;
}

/** The days of one person of one unit. */
export interface Allowance extends AllowanceAmounts {
  unitId: string;
  name: string | null;
  /** Every title that the roster and the sessions have for the name. */
  titles: string[];
  offices: AllowanceOffice[];
  /** Working days on which he received, each once. */
  days: LegalDate[];
  /** Of these, the days by the roster (art. 38(1)); a day that he also held a session as head or delegate is none of them. */
  assignedDays: LegalDate[];
  /** Of these, the days on which he held a session as head or delegate (art. 38(2)). */
  headDays: LegalDate[];
  /** Received on a day off, which is not counted. */
  daysOff: LegalDate[];
  /** Of `days`, those for which no rate is held; the amounts are without them. */
  daysWithoutRate: LegalDate[];
  /** One person or several is to be checked: the name has several titles here, or stands in another row of the unit or of one of the days. */
  sameName: boolean;
}

/** What is asked of a day and of an office. */
export interface DayFacts {
  isWorking: (day: LegalDate) => boolean;
  /** Whether a unit's offices are the Central Reception Office. */
  isCentral: (officeUnitId: string) => boolean;
}

/**
 * The allowance person by person (Decree 154/2026/NĐ-CP arts 38, 39): one name in one unit is one person, unless the roster gives it to several accounts; a
 * working day counts once, however often he received on it.
 */
export function allowancesOf(received: readonly ReceivedRow[], facts: DayFacts): Allowance[] {
  const rows = received.map(withTitleApart);
  const severalAccounts = namesOfSeveral(rows);
  const byPerson = Map.groupBy(rows, (row) => `${nameIn(row)}\n${severalAccounts.has(nameIn(row)) ? row.accountId : ''}`);
  const people = [...byPerson.values()].map((own) => allowanceOf(own as [ReceivedRow, ...ReceivedRow[]], facts));
  const namesakes = Map.groupBy(people, ({ name }) => name && nameKey(name));
  return people.map((person) => ({
    ...person,
    sameName:
      person.name !== null &&
      (person.titles.length > 1 || namesakes.get(nameKey(person.name))!.some((other) => other !== person && mayBeOne(person, other))),
  }));
}

/** Two rows of one name in one unit, or that meet on a day: to be paid once for it if they are one person. */
function mayBeOne(one: Pick<Allowance, 'unitId' | 'days'>, other: Pick<Allowance, 'unitId' | 'days'>): boolean {
  return one.unitId === other.unitId || one.days.some((day) => other.days.includes(day));
}

/** A name as it is compared: capitals, spaces and where the tone is set («Hoà», «Hòa») make no difference; other marks make another name. */
export function nameKey(name: string): string {
  const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;
  return name
    .normalize('NFD')
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(tones, '') + (word.match(tones) ?? []).join(''))
    .join(' ');
}

/** Whom an agency sends is one text, «Trần Văn Đức, Phó Trưởng phòng»; names have no comma. */
function withTitleApart(row: ReceivedRow): ReceivedRow {
  const comma = row.title === null && row.name ? row.name.indexOf(',') : -1;
  return comma < 1 ? row : { ...row, name: row.name!.slice(0, comma).trim(), title: row.name!.slice(comma + 1).trim() || null };
}

function nameIn({ unitId, name }: ReceivedRow): string {
  return `${unitId} ${name === null ? '' : nameKey(name)}`;
}

/** Names that the roster of a unit gives to more than one account: these are several people. */
function namesOfSeveral(rows: readonly ReceivedRow[]): ReadonlySet<string> {
  const accounts = Map.groupBy(
    rows.filter(({ accountId }) => accountId !== null),
    nameIn,
  );
  return new Set([...accounts].filter(([, of]) => new Set(of.map(({ accountId }) => accountId)).size > 1).map(([name]) => name));
}

function allowanceOf(rows: [ReceivedRow, ...ReceivedRow[]], { isWorking, isCentral }: DayFacts): Omit<Allowance, 'sameName'> {
  const [{ unitId, name }] = rows;
  const daysOf = (of: readonly ReceivedRow[]): LegalDate[] => [...new Set(of.flatMap((row) => row.days))].sort();
  const all = daysOf(rows);
  const days = all.filter(isWorking);
  const asHead = new Set(daysOf(rows.filter(({ capacity }) => capacity === 'head')));
  const atCentral = new Set(daysOf(rows.filter(({ officeUnitId }) => isCentral(officeUnitId))));
  const rates = days.map((day) => receivingRateOn(day, atCentral.has(day)));
  const known = name === null ? [] : rates.filter((rate) => rate !== undefined);
  const sum = (amounts: number[]): number | null => (amounts.length === 0 ? null : amounts.reduce((total, amount) => total + amount));
  return {
    unitId,
    name,
    titles: [...new Set(rows.map(({ title }) => title).filter((title) => title !== null))].sort(),
    offices: [...new Map(rows.map((row) => [row.officeId, { id: row.officeId, name: row.officeName }])).values()],
    days,
    assignedDays: days.filter((day) => !asHead.has(day)),
    headDays: days.filter((day) => asHead.has(day)),
    daysOff: all.filter((day) => !isWorking(day)),
    daysWithoutRate: days.filter((_day, index) => rates[index] === undefined),
    withoutProfessionalAllowance: sum(known.map((rate) => rate.withoutProfessionalAllowance)),
    withProfessionalAllowance: sum(known.map((rate) => rate.withProfessionalAllowance)),
  };
}
