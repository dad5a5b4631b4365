import type { NamedQuery } from '../../platform/database/transactions.js';
import { alertCondition } from '../../petitions/alert-condition.js';
import type { Alert, AlertDays } from '../../rules/limits/alert.js';
import { seenFindings } from '../inspections.queries.js';
import type { FindingState, Severity } from './finding.js';

const columns = `f.id, f.inspection_id as "inspectionId", i.unit_id as "unitId", i.inspected_unit_id as "inspectedUnitId", f.number, f.item_code as "itemCode",
    f.description, f.severity, f.recommendation, f.due_on as "dueOn", f.state, f.withdrawn_reason as "withdrawnReason", i.started_on as "startedOn",
    i.concluded_on as "concludedOn", f.version,
    (select coalesce(jsonb_agg(jsonb_build_object('number', e.number, 'type', e.type, 'text', e.text, 'doneOn', e.done_on, 'dueOn', e.due_on, 'by', a.username,
        'at', e.created_at) order by e.number), '[]')
      from inspection_finding_entry e left join account a on a.id = e.created_by where e.finding_id = f.id) as entries,
    (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'attachmentId', v.attachment_id, 'filename', t.filename) order by v.created_at, v.id), '[]')
      from inspection_finding_evidence v join attachment t on t.id = v.attachment_id where v.finding_id = f.id) as evidence`;
const tables = 'inspection_finding f join inspection i on i.id = f.inspection_id';

/** Values: id, account, whether the caller oversees, roots, subtree. */
export const findingById: NamedQuery = {
  name: 'inspection-finding',
  text: `select ${columns} from ${tables} where f.id = $1 and ${seenFindings('$2', '$3', '$4', '$5')}`,
};

/** The day by which the unit must answer; nothing where it is not waited for. */
const owed = { dueOn: `case when f.state in ('open', 'returned') then f.due_on end`, backlogOn: `date 'infinity'` };

export interface FindingCondition {
  /** Who asks: account, whether the caller oversees, roots, subtree. */
  seer: readonly unknown[];
  units: readonly string[] | null;
  inspectionId?: string;
  itemCode?: string;
  severity?: Severity;
  state?: FindingState;
  alert?: Alert;
}

/** Findings by conditions, the latest first. */
export function findingList(
  { seer, units, inspectionId, itemCode, severity, state, alert }: FindingCondition,
  days: AlertDays,
  { after, limit }: { after: string | null; limit: number },
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const [account, oversees, roots, subtree] = seer.map(add) as [string, string, string, string];
  const conditions = [seenFindings(account, oversees, roots, subtree)];
  if (units) conditions.push(`i.inspected_unit_id = any (${add(units)}::uuid[])`);
  if (inspectionId) conditions.push(`f.inspection_id = ${add(inspectionId)}`);
  if (itemCode) conditions.push(`f.item_code = ${add(itemCode)}`);
  if (severity) conditions.push(`f.severity = ${add(severity)}`);
  if (state) conditions.push(`f.state = ${add(state)}`);
  if (alert) conditions.push(`(${alertCondition(alert, days, add, owed)})`);
  if (after) conditions.push(`f.id < ${add(after)}`);
  return { text: `select ${columns} from ${tables} where ${conditions.join(' and ')} order by f.id desc limit ${add(limit)}`, values };
}

/** Values: units. Every concluded finding about an item of a checklist, the first first. */
export const itemFindings: NamedQuery = {
  name: 'inspection-item-findings',
  text: `select i.inspected_unit_id as "unitId", f.inspection_id as "inspectionId", f.item_code as "itemCode", i.started_on as "startedOn", f.state
    from ${tables} where i.inspected_unit_id = any ($1::uuid[]) and i.state = 'concluded' and f.state <> 'withdrawn' and f.item_code is not null
    order by i.started_on, f.inspection_id`,
};

/** Values: inspection. */
export const findingsOf: NamedQuery = {
  name: 'inspection-findings-of',
  text: `select ${columns} from ${tables} where f.inspection_id = $1 and f.state <> 'withdrawn' order by f.number`,
};

/** Values: units, first and last day of the conclusion. Concluded checklists with every answer, the latest first. */
export const concludedChecklists: NamedQuery = {
  name: 'inspection-concluded',
  text: `select i.id, i.inspected_unit_id as "inspectedUnitId", i.type, i.concluded_on as "concludedOn", i.checklist_version as "checklistVersion", i.score::float8 as score,
      (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'result', c.result) order by c.code), '[]') from inspection_item c where c.inspection_id = i.id) as items,
      (select coalesce(jsonb_object_agg(g.severity, g.count), '{}') from (select f.severity, count(*)::int as count from inspection_finding f
        where f.inspection_id = i.id and f.state <> 'withdrawn' group by f.severity) g) as severities,
      (select count(*)::int from inspection_finding f where f.inspection_id = i.id and f.state not in ('withdrawn', 'accepted')) as "notMended"
    from inspection i
    where i.inspected_unit_id = any ($1::uuid[]) and i.state = 'concluded' and i.score is not null and i.concluded_on between $2 and $3
    order by i.concluded_on desc, i.id desc`,
};
