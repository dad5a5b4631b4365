import type { NamedQuery } from '../database/transactions.js';

/** Of each circular that was entered the newest revision, the oldest circular first. */
export const newestSets: NamedQuery = {
  name: 'report-form-sets',
  text: `select * from (
      select distinct on (circular) circular, title, closing_from as "closingFrom", provisional, verified, forms from report_form_set
      order by circular, revision desc
    ) as newest order by "closingFrom", circular`,
};
