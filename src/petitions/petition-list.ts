import { createHash } from 'node:crypto';
import type { Visible } from '../structure/units/access-scope.js';
import type { Alert, AlertDays } from '../rules/limits/alert.js';
import type { FlagCode } from '../rules/evaluation/flag-rules.js';
import type { PetitionKind, Stage } from '../rules/evaluation/filing.js';
import { decodeCursor, defaultLimit, isUuid, type Position } from '../platform/http/page.js';
import { isLegalDate } from '../platform/text/legal-date.js';
import { unprocessedSince } from '../rules/reception/reception-rules.js';
import { alertCondition, isUnprocessed } from './alert-condition.js';
import type { PetitionState } from './transition.js';
import type { Channel, PetitionListRow } from './petition.js';
import { petitionList } from './petition.queries.js';
import { visibleTo } from './visible-to.js';

export const petitionSorts = ['-receivedOn', 'receivedOn', 'nextDueOn'] as const;

/** What a list of petitions is asked for. */
export interface PetitionFilter {
  q?: string;
  kind?: PetitionKind;
  state?: PetitionState;
  stage?: Stage;
  channel?: Channel;
  flag?: FlagCode;
  alert?: Alert;
  open?: boolean;
  /** More than 45 days with the unit, and not processed; or not so. */
  unprocessed?: boolean;
  fieldCode?: string;
  caseId?: string;
  /** Petitions that this unit has to resolve, wherever they lie. */
  competentUnitId?: string;
  ledgerOnly?: boolean;
  receivedFrom?: string;
  receivedTo?: string;
  /** Last day of what is open; petitions on which nothing is open have none. */
  dueFrom?: string;
  dueTo?: string;
  sort?: (typeof petitionSorts)[number];
  limit?: number;
  cursor?: string;
  count?: 'exact' | 'estimated';
}

/** What the service knows beyond the filter. */
export interface ListSetting {
  visible: Visible;
  /** Units that the petitions must lie with; null for all that are visible. */
  responsibleUnitIds: readonly string[] | null;
  /** Units that have to resolve them; null for any. */
  competentUnitIds: readonly string[] | null;
  days: AlertDays;
}

/** A statement with its values; `name` where PostgreSQL may keep one plan for all values. */
export interface Statement {
  name?: string;
  text: string;
  values: unknown[];
}

interface Sort {
  column: string;
  order: string;
  after: '<' | '>';
  position: (row: PetitionListRow) => Position;
}

const sorts: Record<(typeof petitionSorts)[number], Sort> = {
  '-receivedOn': {
    column: 'p.received_on',
    order: 'p.received_on desc, p.id desc',
    after: '<',
    position: (row) => [row.receivedOn, row.id],
  },
  receivedOn: { column: 'p.received_on', order: 'p.received_on, p.id', after: '>', position: (row) => [row.receivedOn, row.id] },
  nextDueOn: { column: 'p.next_due_on', order: 'p.next_due_on, p.id', after: '>', position: (row) => [row.nextDueOn, row.id] },
};

/** A scope of so few units is found by the index on the involved units; a larger one covers so much that the list is walked in its order. */
const fewUnits = 20;

export function sortOf({ sort = '-receivedOn' }: PetitionFilter): Sort {
  return sorts[sort];
}

/** The rows of one page and one more. */
export function pageStatement(filter: PetitionFilter, setting: ListSetting): Statement {
  const { column, order, after } = sortOf(filter);
  const { conditions, values, add } = conditionsOf(filter, setting);
  const start = decodeCursor(filter.cursor, [isLegalDate, isUuid]);
  if (start) conditions.push(`(${column}, p.id) ${after} (${add(start[0])}::date, ${add(start[1])}::uuid)`);
  if (filter.sort === 'nextDueOn') conditions.push('p.next_due_on is not null');
  const limit = add((filter.limit ?? defaultLimit) + 1);
  return named(filter, petitionList(conditions, order, limit), values);
}

/**
 * The same filters always give the same text, so each combination is prepared once a connection. A search and an alert are planned anew
 * each time: how many petitions hold a word, or lie before a day, decides which index serves.
 */
function named({ q, alert }: PetitionFilter, text: string, values: unknown[]): Statement {
  if (q || alert) return { text, values };
  return { name: `petitions-${createHash('sha1').update(text).digest('base64url')}`, text, values };
}

/** How many there are in all. */
export function countStatement(filter: PetitionFilter, setting: ListSetting): Statement {
  const { conditions, values } = conditionsOf(filter, setting);
  return { text: `select count(*) as total from petition p where ${conditions.join(' and ')}`, values };
}

function conditionsOf(
  filter: PetitionFilter,
  { visible, responsibleUnitIds, competentUnitIds, days }: ListSetting,
): { conditions: string[]; values: unknown[]; add: (value: unknown) => string } {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [visibleTo(add(visible.roots), add(visible.subtree))];
  if (!visible.subtree && visible.roots.length <= fewUnits) conditions.push(`p.involved_unit_ids && ${add(visible.roots)}::uuid[]`);
  if (responsibleUnitIds?.length === 1) conditions.push(`p.responsible_unit_id = ${add(responsibleUnitIds[0])}::uuid`);
  else if (responsibleUnitIds) conditions.push(`p.responsible_unit_id = any (${add(responsibleUnitIds)}::uuid[])`);
  if (competentUnitIds) conditions.push(`p.competent_unit_id = any (${add(competentUnitIds)}::uuid[])`);
  const equal = (column: string, value: unknown) => {
    if (value !== undefined) conditions.push(`p.${column} = ${add(value)}`);
  };
  equal('kind', filter.kind);
  equal('state', filter.state);
  equal('stage', filter.stage);
  equal('channel', filter.channel);
  equal('field_code', filter.fieldCode);
  equal('case_id', filter.caseId);
  equal('open', filter.open);
  if (filter.unprocessed !== undefined) {
    const since = unprocessedSince(days.today);
    const condition = since ? isUnprocessed(add(since)) : 'false';
    conditions.push(filter.unprocessed ? condition : `not (${condition})`);
  }
  if (filter.ledgerOnly) conditions.push('p.parent_id is null');
  if (filter.flag === 'over_level') conditions.push('p.over_level');
  else if (filter.flag) conditions.push(`${add(filter.flag)} = any (p.flag_codes)`);
  if (filter.receivedFrom) conditions.push(`p.received_on >= ${add(filter.receivedFrom)}::date`);
  if (filter.receivedTo) conditions.push(`p.received_on <= ${add(filter.receivedTo)}::date`);
  if (filter.dueFrom) conditions.push(`p.next_due_on >= ${add(filter.dueFrom)}::date`);
  if (filter.dueTo) conditions.push(`p.next_due_on <= ${add(filter.dueTo)}::date`);
  if (filter.alert) conditions.push(alertCondition(filter.alert, days, add, { dueOn: 'p.next_due_on', backlogOn: 'p.next_backlog_on' }));
  if (filter.q) conditions.push(searchCondition(filter.q, add));
  return { conditions, values, add };
}

/** A petition number finds its petition; anything else is searched as folded words, with "quotes", or and -not. */
function searchCondition(q: string, add: (value: unknown) => string): string {
  if (/^[\p{L}\d.]+(-[\p{L}\d.]+)*-\d{4}-\d{6,}$/u.test(q.trim())) return `p.number = upper(${add(q.trim())})`;
  return `p.search @@ websearch_to_tsquery('simple', fold(${add(q)}))`;
}
