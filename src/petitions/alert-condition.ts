import type { Alert, AlertDays } from '../rules/limits/alert.js';
import { unprocessedStates } from './transition.js';

/**
 * The SQL of `alertOf` in rules/limits/alert.ts; a test compares the two.
 * @param add takes a value and answers its parameter
 * @param columns last legal day and first day of backlog of what is open; null where nothing is
 */
export function alertCondition(
  alert: Alert,
  { today, dueSoonUntil }: AlertDays,
  add: (value: unknown) => string,
  { dueOn, backlogOn }: { dueOn: string; backlogOn: string },
): string {
  switch (alert) {
    case 'none':
      return `${dueOn} is null`;
    case 'backlog':
      return `${backlogOn} <= ${add(today)}::date`;
    case 'overdue':
      return `${dueOn} < ${add(today)}::date and ${backlogOn} > ${add(today)}::date`;
    case 'due_soon':
      return `${dueOn} between ${add(today)}::date and ${add(dueSoonUntil)}::date`;
    case 'on_time':
      return `${dueOn} > ${add(dueSoonUntil)}::date`;
  }
}

/** It still has to be said what becomes of the petition `p`, which lies with its unit since that day or longer. */
export function isUnprocessed(since: string): string {
  return `p.state in (${unprocessedStates.map((state) => `'${state}'`).join(', ')}) and p.responsible_since <= ${since}::date`;
}
