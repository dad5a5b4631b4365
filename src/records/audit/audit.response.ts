import { ApiProperty } from '@nestjs/swagger';
import { type AuditRecord, auditOperations, type BreakReason, breakReasons } from './audit.service.js';
import type { Checkpoint } from './checkpoints.service.js';
import type { VerificationSince } from './walks.service.js';

export class AuditRecordResponse {
  @ApiProperty({ example: '4711' })
  id: string;

  /** Its link in the chain. */
  @ApiProperty({ example: 1203 })
  position: number | null;

  @ApiProperty({ format: 'date-time' })
  recordedAt: string;

  @ApiProperty({ format: 'uuid' })
  accountId: string | null;

  @ApiProperty({ example: 'commune.clerk' })
  username: string | null;

  /** Whom a service account said that it acts for. */
  onBehalfOf: string | null;

  @ApiProperty({ format: 'uuid' })
  unitId: string | null;

  @ApiProperty({ example: '10.90.0.7' })
  address: string | null;

  requestId: string | null;

  /** Route, job or command. */
  @ApiProperty({ example: 'POST /api/v1/petitions/:id/acceptance' })
  action: string | null;

  @ApiProperty({ enum: auditOperations })
  operation: AuditRecord['operation'];

  @ApiProperty({ example: 'petition' })
  objectType: string;

  @ApiProperty({ example: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11' })
  objectId: string;

  @ApiProperty({ format: 'uuid' })
  petitionId: string | null;

  /** What was changed, as it was; personal data and free text as keyed digests. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { state: 'classified' } })
  before: Record<string, unknown> | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { state: 'accepted' } })
  after: Record<string, unknown> | null;
}

export class AuditPageResponse {
  items: AuditRecordResponse[];
  nextCursor: string | null;
}

export class BrokenLinkResponse {
  @ApiProperty({ example: 1203 })
  position: number | null;

  /** A record that stands in no link. */
  recordId: string | null;

  @ApiProperty({ enum: breakReasons })
  reason: BreakReason;
}

export class AuditVerificationResponse {
  @ApiProperty({ example: true })
  intact: boolean;

  broken: BrokenLinkResponse | null;

  @ApiProperty({ example: 1203 })
  links: number;

  @ApiProperty({ example: 5120 })
  records: number;

  /** Records whose words have become digests since they were linked; their links keep the hashes that they were made from. */
  @ApiProperty({ example: 0 })
  rewritten: number;

  /** Hash of the last link that was looked at. */
  head: string | null;

  /** Ask again from here for the rest; null at the end of the chain. */
  nextFrom: number | null;

  /** When a job last walked along the whole chain, up to `walkedTo`, which counts here with what it found; null where the answer looked at everything itself. */
  @ApiProperty({ format: 'date-time' })
  walkedAt: string | null;

  @ApiProperty({ example: 1100 })
  walkedTo: number | null;
}

export class CheckpointResponse {
  @ApiProperty({ example: 1203 })
  position: number;

  @ApiProperty({ example: '9f2c…' })
  hash: string;

  /** JWS in compact form: keep it elsewhere; `npm run audit:verify -- --checkpoint FILE` compares the chain with it. */
  @ApiProperty({ example: 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF1ZGl0LWNoZWNrcG9pbnQrand0In0…' })
  token: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class CheckpointsResponse {
  items: CheckpointResponse[];
}

export function toAuditRecord({ recordedAt, ...record }: AuditRecord): AuditRecordResponse {
  return { ...record, recordedAt: recordedAt.toISOString() };
}

export function toCheckpoint({ createdAt, ...checkpoint }: Checkpoint): CheckpointResponse {
  return { ...checkpoint, createdAt: createdAt.toISOString() };
}

export function toVerification({ walkedAt, ...found }: VerificationSince): AuditVerificationResponse {
  return { ...found, walkedAt: walkedAt?.toISOString() ?? null };
}
