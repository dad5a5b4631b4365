import type { EntityManager } from 'typeorm';
import { own } from '../text/own.js';
import { columnsOf, namesIn, type TableText, textColumns, type TextKind, textKinds } from './text-columns.js';

/** Types whose values are words. */
export const textTypes = ['text', 'jsonb', 'json', 'text[]', 'jsonb[]', 'varchar', 'bpchar', 'bytea', 'xml', 'tsvector'] as const;

const kindsToldAs = (how: string): TextKind[] => (Object.keys(textKinds) as TextKind[]).filter((kind) => textKinds[kind].audit === how);

/** Columns with words that stand in the audit as they are: everything else with words is told as a digest. */
export function clearColumns(table: string): string[] {
  return columnsOf(table, ...kindsToldAs('clear'));
}

/**
 * Lets the triggers of the audit be what the list says: whatever holds words is told as a digest, but for what its table names clear. Run
 * after the migrations at each start; it touches what differs alone.
 */
export async function auditAsListed(manager: EntityManager): Promise<void> {
  const present = await manager.query<{ name: string; arguments: string | null; former: string | null; comment: string | null }[]>(
    `select relname as name, replace(encode(t.tgargs, 'escape'), '\\000', '|') as arguments,
       case when t.tgfoid = to_regproc('audit_change') then pg_get_triggerdef(t.oid) end as former, obj_description(t.oid, 'pg_trigger') as comment
     from pg_class c left join pg_trigger t on t.tgrelid = c.oid and t.tgname = 'audit_change'
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'`,
  );
  for (const { name, arguments: now, former, comment } of present) {
    const table = own(textColumns, name);
    if (!table || table.notAudited) continue;
    const wanted = argumentsFor(name, table);
    if (former === null && now === wanted.map((argument) => `${argument}|`).join('')) continue;
    const events = table.when ? `insert or delete or update of ${table.when}` : 'insert or update or delete';
    // What it was before the list: the way back of the migration "audit-by-list" takes it from here.
    const kept = former ?? comment;
    // One statement after the other in one transaction of the server's: no write goes by meanwhile, and no other table is locked.
    await manager.query(
      `create or replace trigger audit_change after ${events} on ${name} for each row
       execute function audit_listed(${wanted.map((argument) => `'${argument}'`).join(', ')});
       ${kept ? `comment on trigger audit_change on ${name} is '${kept.replaceAll("'", "''")}'` : ''}`,
    );
  }
}

function argumentsFor(name: string, { ids = 'id', leftOut, digested, petition = '' }: TableText): string[] {
  const list = (columns: readonly string[]): string => `{${columns.join(',')}}`;
  return [
    list(namesIn(ids)),
    list(clearColumns(name)),
    list(namesIn(digested)),
    list([...namesIn(leftOut), ...columnsOf(name, ...kindsToldAs('left out'))]),
    petition,
  ];
}
