import { Id, LegalDay, OneOf, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { type UnitKind, unitKinds, type UnitLevel, unitLevels } from '../../../rules/structure/unit-structure.js';

export class UnitsQuery {
  /** Official code, e.g. `00004`; one code can name units of several periods. */
  @Text({ max: 32, optional: true })
  code?: string;

  /** Only units that existed on this day. */
  @LegalDay({ optional: true, example: null })
  asOf?: string;

  /** Words of the name, with or without diacritics. */
  @Text({ max: 100, optional: true })
  q?: string;

  @OneOf(unitLevels, { optional: true })
  level?: UnitLevel;

  @OneOf(unitKinds, { optional: true })
  kind?: UnitKind;

  /** Only units directly below this one. */
  @Id({ optional: true })
  parentId?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;

  @OneOf(['exact', 'estimated'], { optional: true, description: 'Also answer the total' })
  count?: 'exact' | 'estimated';
}

export class UnitTreeQuery {
  /** Only units that existed on this day. */
  @LegalDay({ optional: true, example: null })
  asOf?: string;
}

export class DescendantsQuery extends UnitTreeQuery {
  @OneOf(unitLevels, { optional: true })
  level?: UnitLevel;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;
}

/** Form fields beside the file of an import of units. */
export class UnitImportDto {
  /** First day of the structure in the file. */
  @LegalDay({ example: '2025-07-01' })
  validFrom: string;

  /** Last day; left out while the structure is in force. */
  @LegalDay({ optional: true, example: null })
  validTo?: string;

  /** List what would change and change nothing. */
  @YesNo({ optional: true })
  dryRun?: boolean;
}

/** Form fields beside the file of an import of successions. */
export class SuccessionImportDto {
  /** First day of the new units. */
  @LegalDay({ example: '2025-07-01' })
  succeededOn: string;

  /** List what would change and change nothing. */
  @YesNo({ optional: true })
  dryRun?: boolean;
}
