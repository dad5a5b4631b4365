import { ApiProperty } from '@nestjs/swagger';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { receptionKinds, type ReceptionKind, type TimesRow } from './figures.queries.js';
import type { Figures, FiguresRow, FiguresService, OwedFigures } from './figures.service.js';
import { form01, form02, type CheckedFigures, type KindFigures } from './forms.js';

export class KindFiguresResponse implements KindFigures {
  /** Days of the head, or of a delegate, those at once included. */
  @ApiProperty({ example: 24 })
  sessions: number;

  @ApiProperty({ example: 310 })
  visits: number;

  @ApiProperty({ example: 402 })
  persons: number;

  /** A case counts once, where it was brought first in the period. */
  @ApiProperty({ example: 240 })
  casesFirst: number;

  @ApiProperty({ example: 61 })
  casesRepeated: number;

  @ApiProperty({ example: 4 })
  groups: number;

  @ApiProperty({ example: 58 })
  groupPersons: number;

  @ApiProperty({ example: 3 })
  groupCasesFirst: number;

  @ApiProperty({ example: 1 })
  groupCasesRepeated: number;

  /** Refusals: no reception, and in none of the other figures. */
  @ApiProperty({ example: 2 })
  refused: number;
}

export class FormCheckResponse {
  @ApiProperty({ example: '1=4+13+22' })
  formula: string;

  holds: boolean;
}

export class FormResponse implements CheckedFigures {
  /** By the number of the column. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { 1: 512, 2: 640, 3: 430 } })
  columns: Record<string, number>;

  /** A check that fails is told; no figure is bent. */
  checks: FormCheckResponse[];
}

export class FiguresRowResponse {
  unit: UnitReference;

  /** The unit's own reception, without the units below. */
  own: boolean;

  @ApiProperty({ example: null })
  month: string | null;

  regular: KindFiguresResponse;
  head: KindFiguresResponse;
  delegated: KindFiguresResponse;
  form01: FormResponse;

  /** Petitions received through reception; null by month. */
  form02: FormResponse | null;
}

export class TimesResponse {
  /** All kinds of reception together: null. */
  @ApiProperty({ enum: receptionKinds })
  reception: ReceptionKind | null;

  /** Visits that began with a ticket. */
  @ApiProperty({ example: 280 })
  waited: number;

  /** Minutes from the ticket to the beginning. */
  @ApiProperty({ example: 12.5 })
  waitingMedian: number | null;

  @ApiProperty({ example: 38 })
  waitingNinety: number | null;

  @ApiProperty({ example: 300 })
  handled: number;

  /** Minutes from the beginning to the end. */
  @ApiProperty({ example: 22 })
  handlingMedian: number | null;

  @ApiProperty({ example: 55 })
  handlingNinety: number | null;
}

export class FiguresResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  unit: UnitReference;
  total: FiguresRowResponse;
  rows: FiguresRowResponse[];
  times: TimesResponse[];
}

export class HeatCellResponse {
  @ApiProperty({ example: 1, description: 'Monday is 1, Sunday 7' })
  weekday: number;

  @ApiProperty({ example: 8 })
  hour: number;

  @ApiProperty({ example: 14 })
  visits: number;

  @ApiProperty({ example: 19 })
  persons: number;
}

export class HeatMapResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  unit: UnitReference;

  /** Cells in which anybody came. */
  cells: HeatCellResponse[];
}

export class OwedFiguresResponse implements OwedFigures {
  @ApiProperty({ example: 12 })
  open: number;

  @ApiProperty({ example: 3 })
  dueSoon: number;

  @ApiProperty({ example: 2 })
  overdue: number;

  /** More than 30 days over. */
  @ApiProperty({ example: 1 })
  backlog: number;
}

export class OwedResponse {
  /** Answers to citizens after their visits. */
  answers: OwedFiguresResponse;

  /** Tasks that came of the sessions of the head. */
  tasks: OwedFiguresResponse;
}

export class OwedRowResponse extends OwedResponse {
  unit: UnitReference;
  own: boolean;

  /** The lists that these figures count. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { overdueAnswers: '/api/v1/reception-visits?unitId=…&alert=overdue' },
  })
  links: Record<string, string>;
}

export class OwedSummaryResponse {
  @ApiProperty({ format: 'date' })
  asOf: string;

  unit: UnitReference;
  total: OwedResponse;
  items: OwedRowResponse[];
}

export function toOwedSummary({ unit, total, rows }: Awaited<ReturnType<FiguresService['owed']>>, asOf: string): OwedSummaryResponse {
  const links = (id: string, own: boolean) => {
    const of = `unitId=${id}${own ? '' : '&includeSubordinates=true'}`;
    return {
      dueSoonAnswers: `/api/v1/reception-visits?${of}&alert=due_soon`,
      overdueAnswers: `/api/v1/reception-visits?${of}&alert=overdue`,
      backlogAnswers: `/api/v1/reception-visits?${of}&alert=backlog`,
      openTasks: `/api/v1/reception-tasks?${of}&open=true`,
    };
  };
  return {
    asOf,
    unit: toUnitReference(unit),
    total,
    items: rows.map((row) => ({
      unit: toUnitReference(row.unit),
      own: row.own,
      answers: row.answers,
      tasks: row.tasks,
      links: links(row.unit.id, row.own),
    })),
  };
}

export function toFigures({ unit, total, rows, times }: Figures, from: string, to: string): FiguresResponse {
  return { from, to, unit: toUnitReference(unit), total: toRow(total), rows: rows.map(toRow), times: times.map(toTimes) };
}

function toRow({ unit, own, month, reception, petitions }: FiguresRow): FiguresRowResponse {
  return {
    unit: toUnitReference(unit),
    own,
    month,
    ...reception,
    form01: form01(reception),
    form02: petitions && form02(petitions),
  };
}

function toTimes(row: TimesRow): TimesResponse {
  const round = (minutes: number | null) => (minutes === null ? null : Math.round(minutes * 10) / 10);
  return {
    ...row,
    waitingMedian: round(row.waitingMedian),
    waitingNinety: round(row.waitingNinety),
    handlingMedian: round(row.handlingMedian),
    handlingNinety: round(row.handlingNinety),
  };
}
