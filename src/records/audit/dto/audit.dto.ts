import { Id, Moment, OneOf, Text, WholeNumber } from '../../../platform/http/fields.js';
import { largestLimit } from '../../../platform/http/page.js';
import { type AuditRecord, auditOperations } from '../audit.service.js';

export class AuditQuery {
  /** What was done with this petition, by whomever. */
  @Id({ optional: true })
  petitionId?: string;

  /** What this official did. */
  @Text({ max: 64, optional: true, example: 'commune.clerk' })
  username?: string;

  /** What officials of this unit and of those below it did. */
  @Id({ optional: true })
  unitId?: string;

  @OneOf(auditOperations, { optional: true })
  operation?: AuditRecord['operation'];

  /** Table or kind of secret. */
  @Text({ max: 63, optional: true, example: 'petition_limit' })
  objectType?: string;

  @Moment({ optional: true })
  since?: string;

  /** Left out of the period itself. */
  @Moment({ optional: true })
  until?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class VerificationQuery {
  /** Position of the first link to look at; where it is left out, what was added since the last walk of the job is looked at. */
  @WholeNumber({ min: 1, max: 2_147_483_647, optional: true, example: 1 })
  from?: number;
}
