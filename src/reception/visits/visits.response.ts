import { ApiProperty } from '@nestjs/swagger';
import { maskNumber } from '../../petitions/identity/mask.js';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import { type Alert, alertStates } from '../../rules/limits/alert.js';
import { type VisitResult, visitResults } from '../../rules/reception/reception-rules.js';
import { type RefusalGround, refusalGrounds, refusalOn, type RefusalTold, refusalsTold } from '../../rules/reception/refusals.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import {
  capacities,
  type Capacity,
  type SealedVisit,
  type Visit,
  type Visitor,
  type VisitRevision,
  type VisitState,
  visitStates,
} from './visit.js';

export class VisitorResponse {
  @ApiProperty({ enum: Object.keys(capacities) })
  capacity: Capacity;

  @ApiProperty({ example: 'Nguyễn Văn Hoà' })
  name: string;

  /** Its last digits. */
  @ApiProperty({ example: '•••••••••345' })
  nationalId: string | null;

  address: string | null;

  /** Its last digits. */
  @ApiProperty({ example: '•••••••678' })
  phone: string | null;

  @ApiProperty({ example: 1970 })
  birthYear: number | null;
}

export class ReceivedPaperResponse {
  @ApiProperty({ example: 'Đơn khiếu nại' })
  name: string;

  @ApiProperty({ example: 1 })
  copies: number;

  original: boolean;
}

export class VisitPetitionReference {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000123' })
  number: string;

  @ApiProperty({ format: 'uuid' })
  caseId: string;
}

export class VisitItem {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Without gaps in the ledger of a unit and year. */
  @ApiProperty({ example: 'HNI-P004-TCD-2026-000123' })
  number: string;

  unit: UnitReference;

  @ApiProperty({ format: 'uuid' })
  officeId: string;

  officeName: string;

  @ApiProperty({ format: 'uuid' })
  sessionId: string | null;

  /** Who received: on an ordinary day, the head in person, or a delegate. */
  @ApiProperty({ enum: ['regular', 'head', 'delegate'] })
  reception: 'regular' | 'head' | 'delegate';

  @ApiProperty({ format: 'date' })
  visitedOn: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  fieldCode: string | null;

  @ApiProperty({ example: 1 })
  persons: number;

  @ApiProperty({ example: 0 })
  representatives: number;

  /** Five or more in one matter. */
  largeGroup: boolean;

  identitySecret: boolean;

  /** Empty where they are secret. */
  visitors: VisitorResponse[];

  matter: string;

  /** The matter was brought to the unit before. */
  repeated: boolean;

  petition: VisitPetitionReference | null;

  @ApiProperty({ enum: visitStates })
  state: VisitState;

  @ApiProperty({ enum: visitResults })
  result: VisitResult | null;

  /** Last day of the answer: ten working days; after a refusal that is told in writing, of the notice: three. */
  @ApiProperty({ format: 'date' })
  answerDueOn: string | null;

  @ApiProperty({ format: 'date' })
  answeredOn: string | null;

  @ApiProperty({ enum: [...alertStates, 'none'] })
  alert: Alert;
}

export class VisitResponse extends VisitItem {
  @ApiProperty({ format: 'uuid' })
  ticketId: string | null;

  @ApiProperty({ format: 'date-time' })
  arrivedAt: string;

  @ApiProperty({ format: 'date-time' })
  startedAt: string;

  @ApiProperty({ format: 'date-time' })
  endedAt: string | null;

  receiverName: string;
  content: string;
  earlierResolver: string | null;
  papers: ReceivedPaperResponse[];
  resultNote: string | null;
  toUnit: UnitReference | null;

  @ApiProperty({ enum: refusalGrounds })
  refusalGround: RefusalGround | null;

  refusalReason: string | null;

  /** The answer in writing of the competent body that the refusal rests on. */
  @ApiProperty({ example: null })
  refusalBasis: string | null;

  /** How a refusal is told: explained by the receiver on the spot, or by a notice in writing of the head (Mẫu số 01/TCD). */
  @ApiProperty({ enum: refusalsTold, example: null })
  refusalTold: RefusalTold | null;

  @ApiProperty({ format: 'uuid' })
  appointmentId: string | null;

  appointmentNumber: string | null;
  answerDocument: string | null;
  answerContent: string | null;

  /** How often it was written: 1 where nothing was corrected. */
  @ApiProperty({ example: 1 })
  revision: number;
}

export class VisitPageResponse {
  items: VisitItem[];
  nextCursor: string | null;
}

export class VisitRevisionResponse {
  @ApiProperty({ example: 1 })
  revision: number;

  /** What was written then; who came is kept sealed beside it. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { persons: 2, matter: 'Khiếu nại thu hồi đất' } })
  content: Record<string, unknown>;

  /** Why it was corrected. */
  reason: string;

  replacedBy: string | null;

  @ApiProperty({ format: 'date-time' })
  replacedAt: string;
}

export class VisitRevisionsResponse {
  items: VisitRevisionResponse[];
}

export class RevealedVisitResponse {
  visitors: VisitorResponse[];

  /** As it was said. */
  matter: string;

  content: string;
}

export function toVisitItem(row: Visit, structure: UnitStructure): VisitItem {
  return {
    id: row.id,
    number: row.number,
    unit: toUnitReference(structure.get(row.unitId)),
    officeId: row.officeId,
    officeName: row.officeName,
    sessionId: row.sessionId,
    reception: row.heldBy === 'head' || row.heldBy === 'delegate' ? row.heldBy : 'regular',
    visitedOn: row.visitedOn,
    kind: row.kind,
    fieldCode: row.fieldCode,
    persons: row.persons,
    representatives: row.representatives,
    largeGroup: row.largeGroup,
    identitySecret: row.identitySecret,
    visitors: row.visitors.map(masked),
    matter: row.matter,
    repeated: row.repeated,
    petition: row.petitionId === null ? null : { id: row.petitionId, number: row.petitionNumber!, caseId: row.caseId! },
    state: row.state,
    result: row.result,
    answerDueOn: row.answerDueOn,
    answeredOn: row.answeredOn,
    alert: row.alert,
  };
}

export function toVisit(row: Visit, structure: UnitStructure): VisitResponse {
  return {
    ...toVisitItem(row, structure),
    // By way of its ticket and its appointment a visit to denounce would lead to others of the same person.
    ticketId: row.identitySecret ? null : row.ticketId,
    arrivedAt: row.arrivedAt.toISOString(),
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    receiverName: row.receiverName,
    content: row.content,
    earlierResolver: row.earlierResolver,
    papers: row.papers,
    resultNote: row.resultNote,
    toUnit: row.toUnitId === null ? null : toUnitReference(structure.get(row.toUnitId)),
    refusalGround: row.refusalGround,
    refusalReason: row.refusalReason,
    refusalBasis: row.refusalBasis,
    refusalTold: row.refusalGround && (refusalOn(row.visitedOn, row.refusalGround)?.told ?? null),
    appointmentId: row.identitySecret ? null : row.appointmentId,
    appointmentNumber: row.identitySecret ? null : row.appointmentNumber,
    answerDocument: row.answerDocument,
    answerContent: row.answerContent,
    revision: row.revision,
  };
}

export function toRevision({ revision, content, reason, replacedBy, replacedAt }: VisitRevision): VisitRevisionResponse {
  return { revision, content, reason, replacedBy, replacedAt: replacedAt.toISOString() };
}

export function toRevealedVisit({ visitors, matter, content }: SealedVisit): RevealedVisitResponse {
  return { visitors, matter, content };
}

export function masked({ capacity, name, nationalId, address, phone, birthYear }: Visitor): VisitorResponse {
  return { capacity, name, nationalId: maskNumber(nationalId), address, phone: maskNumber(phone), birthYear };
}
