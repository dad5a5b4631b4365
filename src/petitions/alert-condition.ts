import type { Alert, AlertDays } from '../rules/limits/alert.js';

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
