import { Form, Id, Ids, LegalDay, OfficialWords, OneOf, Parts, SomeOf, Text, WholeNumber, YesNo } from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { type ItemResult, itemResults } from '../../rules/inspections/score.js';
import { type UnitLevel, unitLevels } from '../../rules/structure/unit-structure.js';
import { exampleUnits } from '../../structure/units/example-units.js';
import { type InspectionState, inspectionStates, type InspectionType, inspectionTypes, memberRoles } from '../inspection.js';

export class InspectionPlanItemDto {
  @Id({ example: exampleUnits.baDinh })
  unitId: string;

  @LegalDay({ example: '2027-03-08' })
  fromOn: string;

  @LegalDay({ example: '2027-03-12' })
  toOn: string;

  @Text({ max: 1000, optional: true, example: null })
  subject: string | null = null;
}

export class InspectionPlanDto {
  @Text({ min: 3, max: 500, example: 'Kế hoạch kiểm tra công tác tiếp công dân năm 2027' })
  title: string;

  @Text({ max: 100, optional: true, example: '300/KH-UBND' })
  number: string | null = null;

  @WholeNumber({ min: 2018, max: 2100, example: 2027 })
  year: number;

  /** For the whole year when left out. */
  @WholeNumber({ min: 1, max: 4, optional: true, example: 1 })
  quarter: number | null = null;

  @LegalDay({ optional: true, example: '2026-11-20' })
  approvedOn: string | null = null;

  @Parts(() => InspectionPlanItemDto, { min: 1, max: 1000 })
  items: InspectionPlanItemDto[];
}

export class DrawDto {
  /** How many units are drawn. */
  @WholeNumber({ min: 1, max: 200, example: 1 })
  count: number;

  /** Which levels; all below you when left out. */
  @SomeOf(unitLevels, { optional: true, example: ['commune'] })
  levels: UnitLevel[] = [];

  /** Who cannot be drawn. */
  @Ids({ max: 1000, optional: true, example: [] })
  exceptUnitIds: string[] = [];

  @Text({ min: 3, max: 1000, example: 'Kiểm tra đột xuất theo Chỉ thị 07/CT-UBND' })
  reason: string;
}

export class MemberDto {
  @OneOf(memberRoles, { example: 'head' })
  role: (typeof memberRoles)[number];

  @Text({ max: 200, example: 'Hoàng Minh Tuấn' })
  name: string;

  @Text({ max: 300, example: 'Thanh tra viên, Thanh tra Thành phố' })
  office: string;

  /** Who answers in the system. */
  @Id({ optional: true })
  accountId: string | null = null;
}

export class InspectionDto {
  @Id({ example: exampleUnits.baDinh })
  inspectedUnitId: string;

  @OneOf(inspectionTypes, { example: 'surprise' })
  type: InspectionType;

  /** The item of a plan that it carries out; not one by surprise. */
  @Id({ optional: true })
  planItemId: string | null = null;

  /** The draw that one by surprise comes from; none when the unit was chosen by hand. */
  @Id({ optional: true })
  drawId: string | null = null;

  @Text({ max: 100, example: '77/QĐ-TTTP' })
  decisionNumber: string;

  @LegalDay({ example: '2026-11-16' })
  decidedOn: string;

  @Text({ min: 3, max: 2000, example: 'Việc thực hiện Chỉ thị 07/CT-UBND về tiếp công dân, giải quyết khiếu nại, tố cáo' })
  subject: string;

  /** What of is inspected: from this day. */
  @LegalDay({ example: '2026-01-01' })
  periodFrom: string;

  @LegalDay({ example: '2026-11-15' })
  periodTo: string;

  @LegalDay({ example: '2026-11-18' })
  startsOn: string;

  @LegalDay({ example: '2026-12-18' })
  endsOn: string;

  /** Name and office of the head; with an inspection of responsibility alone. */
  @Text({ max: 300, optional: true, example: null })
  inspectedHead: string | null = null;

  @Parts(() => MemberDto, { min: 1, max: 30 })
  members: MemberDto[];
}

export class StartDto {
  /** Today when left out; earlier when it is entered later than it began. */
  @LegalDay({ optional: true, example: '2026-11-18' })
  startedOn?: string;
}

export class CancellationDto {
  @OfficialWords({ min: 3, max: 2000, example: 'Chuyển sang quý sau' })
  reason: string;
}

export class InspectionsQuery extends PageQuery {
  /** The inspected unit. */
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @OneOf(inspectionTypes, { optional: true })
  type?: InspectionType;

  @OneOf(inspectionStates, { optional: true })
  state?: InspectionState;
}

export class UninspectedQuery {
  @Id({ optional: true })
  unitId?: string;

  /** Of the heads' responsibility, within five years; by a checklist, within two, when left out. */
  @YesNo({ optional: true, example: false })
  responsibility?: boolean;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class PlansQuery extends PageQuery {}
export class DrawsQuery extends PageQuery {}

export class ItemAnswerDto {
  @Text({ max: 10, example: 'B1' })
  code: string;

  @OneOf(itemResults, { example: 'partly' })
  result: ItemResult;

  @OfficialWords({ max: 10_000, optional: true, example: 'Nội quy niêm yết đã cũ' })
  note: string | null = null;

  /** By when it is to be mended; with partly and not_met. */
  @LegalDay({ optional: true, example: '2026-12-31' })
  mendBy: string | null = null;

  /** Version of the item that the device has read; taken whatever it is when left out. */
  @WholeNumber({ min: 0, max: 1_000_000, optional: true, example: 0 })
  baseVersion: number | null = null;
}

export class ChecklistAnswersDto {
  @Parts(() => ItemAnswerDto, { min: 1, max: 200 })
  items: ItemAnswerDto[];
}

export class PhotoDto {
  @Text({ max: 10, example: 'A1' })
  code: string;

  /** How the device that took the photo calls it: sent again it is the same photo. */
  @Form(/^[\w.-]{1,100}$/, {
    code: 'client_key',
    vi: 'Chỉ gồm chữ không dấu, số, dấu gạch, dấu chấm; dài nhất 100.',
    en: 'Letters, digits, hyphens and dots, at most 100.',
    example: 'IMG_20261118_0812',
  })
  clientKey: string;
}
