import { OmitType } from '@nestjs/swagger';
import { OneOf, Text, YesNo } from '../../../platform/http/fields.js';
import { PetitionsQuery } from '../../dto/petition.dto.js';
import { tabularFormats, type TabularFormat } from '../../../platform/tabular/row.js';
import { type Ledger, ledgers } from '../ledger-export.service.js';

export class ImportDto {
  /** By the name of the file when left out. */
  @OneOf(tabularFormats, { optional: true, example: 'csv' })
  format?: TabularFormat | null;

  /** Checks every row and enters none. */
  @YesNo({ optional: true, example: true })
  dryRun?: boolean;

  /** JSON object: field → column of the file, where the headings are not the usual ones. */
  @Text({ max: 5000, optional: true, example: '{"externalReference":"Số đơn","receivedOn":"Ngày nhận"}' })
  mapping?: string | null;
}

export class LedgerQuery extends OmitType(PetitionsQuery, ['limit', 'cursor', 'count', 'sort', 'ledgerOnly']) {
  @OneOf(['csv', 'xlsx'], { example: 'xlsx' })
  format: 'csv' | 'xlsx';

  /** All petitions, or those that came in at a reception. */
  @OneOf(ledgers, { optional: true, example: 'petitions' })
  ledger?: Ledger;
}
