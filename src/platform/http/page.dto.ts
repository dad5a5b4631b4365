import { Text, WholeNumber } from './fields.js';
import { defaultLimit, largestLimit } from './page.js';

/** What every list that comes in pages is asked with. */
export class PageQuery {
  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}
