import type { NamedQuery } from '../platform/database/transactions.js';

/** What was entered of a circular, $1, or of all, newest first. */
export const revisionsOfSet: NamedQuery = {
  name: 'report-form-set-revisions',
  text: `select circular, revision, title, closing_from as "closingFrom", provisional, verified, forms, reason, created_at as "enteredAt"
    from report_form_set where $1::text is null or circular = $1 order by circular, revision desc`,
};

/** Of each circular that was entered the newest revision, the oldest circular first. */
export const newestSets: NamedQuery = {
  name: 'report-form-sets',
  text: `select * from (
      select distinct on (circular) circular, revision, title, closing_from as "closingFrom", provisional, verified, forms from report_form_set
      order by circular, revision desc
    ) as newest order by "closingFrom", circular`,
};
