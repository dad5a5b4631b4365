import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { BilingualAnswer, SourceAnswer } from '../../rules/rules.answer.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../units/unit.answer.js';
import type { Allowance, AllowanceOffice } from './allowance-days.js';
import { isRateOfCentral, notesOn, ratesIn } from './allowance-notes.js';
import type { AllowanceList } from './allowances.service.js';

const days: ApiPropertyOptions = { type: [String], example: ['2026-08-03', '2026-08-04'] };

export class AllowanceOfficeAnswer implements AllowanceOffice {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Điểm tiếp công dân phường Ba Đình' })
  name: string;
}

export class AllowanceAnswer {
  /** As the roster or the session has it; null where an agency was on duty and nobody is named. */
  @ApiProperty({ type: String, nullable: true, example: 'Nguyễn Thị Hoà' })
  name: string | null;

  @ApiProperty({ type: [String], example: ['Công chức tiếp công dân'] })
  titles: string[];

  /** The unit that the person belongs to: the agency that sent him, else the one that receives. */
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: [AllowanceOfficeAnswer] })
  offices: AllowanceOfficeAnswer[];

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
  @ApiProperty({ type: Number, nullable: true, example: 400_000 })
  withoutProfessionalAllowance: number | null;

  /** In đồng, if he draws the professional responsibility allowance. */
  @ApiProperty({ type: Number, nullable: true, example: 300_000 })
  withProfessionalAllowance: number | null;

  /** To be checked whether it is one person: the name has several titles here, or stands in another row of the unit or of one of the days. */
  @ApiProperty()
  sameName: boolean;
}

export class AllowanceRateAnswer {
  @ApiProperty({ example: 'reception.allowance' })
  ruleId: string;

  @ApiProperty({ example: '2026' })
  ruleVersion: string;

  /** First day in force. */
  @ApiProperty({ format: 'date', example: '2026-07-27' })
  from: string;

  /** At the Central Reception Office. */
  @ApiProperty()
  central: boolean;

  /** Đồng a day. */
  @ApiProperty({ example: 200_000 })
  withoutProfessionalAllowance: number;

  @ApiProperty({ example: 150_000 })
  withProfessionalAllowance: number;

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];
}

export class AllowanceListAnswer {
  @ApiProperty({ example: '2026-08' })
  month: string;

  @ApiProperty({ format: 'date' })
  from: string;

  /** The last day of the month, or today in the month that is running. */
  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: [AllowanceAnswer] })
  items: AllowanceAnswer[];

  /** Rates in force in the month; none before 2026-07-27. */
  @ApiProperty({ type: [AllowanceRateAnswer] })
  rates: AllowanceRateAnswer[];

  /** What has no amount and why, how days are counted, who is not in the list. */
  @ApiProperty({ type: [BilingualAnswer] })
  notes: BilingualAnswer[];
}

export function toAllowanceList({ month, days: stretch, unit, items }: AllowanceList, structure: UnitStructure): AllowanceListAnswer {
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

function toAllowance(person: Allowance, structure: UnitStructure): AllowanceAnswer {
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
