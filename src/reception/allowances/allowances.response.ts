import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { BilingualResponse, SourceResponse } from '../../structure/law-desk/rules.response.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { Allowance, AllowanceOffice } from './allowance-days.js';
import { isRateOfCentral, notesOn, ratesIn } from './allowance-notes.js';
import type { AllowanceList } from './allowances.service.js';

const days: ApiPropertyOptions = { type: [String], example: ['2026-08-03', '2026-08-04'] };

export class AllowanceOfficeResponse implements AllowanceOffice {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Điểm tiếp công dân phường Ba Đình' })
  name: string;
}

export class AllowanceResponse {
  /** As the roster or the session has it; null where an agency was on duty and nobody is named. */
  @ApiProperty({ example: 'Nguyễn Thị Hoà' })
  name: string | null;

  @ApiProperty({ example: ['Công chức tiếp công dân'] })
  titles: string[];

  /** The unit that the person belongs to: the agency that sent him, else the one that receives. */
  unit: UnitReference;

  offices: AllowanceOfficeResponse[];

  /** Working days on which he received, each once. */
  @ApiProperty(days)
  days: string[];

  /** Of `days`, those by the roster (Decree 154/2026/NĐ-CP art. 38(1)); none on which he held a session as well. */
  @ApiProperty(days)
  assignedDays: string[];

  /** Of `days`, those on which he held a session as head, or as delegate (art. 38(2)). */
  @ApiProperty(days)
  headDays: string[];

  /** Received on a day off: not in `days`. */
  @ApiProperty(days)
  daysOff: string[];

  /** Of `days`, those that the amounts are without, because no rate is held for them. */
  @ApiProperty(days)
  daysWithoutRate: string[];

  /** In đồng, if he draws no professional responsibility allowance; null where there is no rate, day or name. */
  @ApiProperty({ example: 400_000 })
  withoutProfessionalAllowance: number | null;

  /** In đồng, if he draws the professional responsibility allowance. */
  @ApiProperty({ example: 300_000 })
  withProfessionalAllowance: number | null;

  /** To be checked whether it is one person: the name has several titles here, or stands in another row of the unit or of one of the days. */
  sameName: boolean;
}

export class AllowanceRateResponse {
  @ApiProperty({ example: 'reception.allowance' })
  ruleId: string;

  @ApiProperty({ example: '2026' })
  ruleVersion: string;

  /** First day in force. */
  @ApiProperty({ format: 'date', example: '2026-07-27' })
  from: string;

  /** At the Central Reception Office. */
  central: boolean;

  /** Đồng a day. */
  @ApiProperty({ example: 200_000 })
  withoutProfessionalAllowance: number;

  @ApiProperty({ example: 150_000 })
  withProfessionalAllowance: number;

  sources: SourceResponse[];
}

export class AllowanceListResponse {
  @ApiProperty({ example: '2026-08' })
  month: string;

  @ApiProperty({ format: 'date' })
  from: string;

  /** The last day of the month, or today in the month that is running. */
  @ApiProperty({ format: 'date' })
  to: string;

  unit: UnitReference;
  items: AllowanceResponse[];

  /** Rates in force in the month; none before 2026-07-27. */
  rates: AllowanceRateResponse[];

  /** What has no amount and why, how days are counted, who is not in the list. */
  notes: BilingualResponse[];
}

export function toAllowanceList({ month, days: stretch, unit, items }: AllowanceList, structure: UnitStructure): AllowanceListResponse {
  return {
    month,
    from: stretch.from,
    to: stretch.to,
    unit: toUnitReference(unit),
    items: items.map((person) => toAllowance(person, structure)),
    rates: ratesIn(stretch).map((rate) => ({
      ruleId: rate.id,
      ruleVersion: rate.version,
      from: rate.from,
      central: isRateOfCentral(rate),
      withoutProfessionalAllowance: rate.withoutProfessionalAllowance,
      withProfessionalAllowance: rate.withProfessionalAllowance,
      sources: rate.sources,
    })),
    notes: notesOn(stretch),
  };
}

function toAllowance(person: Allowance, structure: UnitStructure): AllowanceResponse {
  return {
    name: person.name,
    titles: person.titles,
    unit: toUnitReference(structure.get(person.unitId)),
    offices: person.offices.map(({ id, name }) => ({ id, name })),
    days: person.days,
    assignedDays: person.assignedDays,
    headDays: person.headDays,
    daysOff: person.daysOff,
    daysWithoutRate: person.daysWithoutRate,
    withoutProfessionalAllowance: person.withoutProfessionalAllowance,
    withProfessionalAllowance: person.withProfessionalAllowance,
    sameName: person.sameName,
  };
}
