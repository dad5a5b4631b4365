import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

/*
 * A table has one owner: only its room writes it. Who else reads it stands here, so that a room that changes a table knows for whom.
 * The demo writes what the services cannot (a past), and is not looked at.
 */

/** Rooms that write rows of a table of another one, each with its reason. */
const writtenToo: Record<string, string> = {
  // The words go with the visit that they are about, in the statement that makes it nobody's.
  hidden_words: 'reception',
};

/** Tables of other rooms that a room reads. Reporting, oversight and inspections count over what others keep, by design. */
const read: Record<string, string> = {
  boot: 'account data_key unit',
  inspections:
    'account attachment dialogue petition reception_incident reception_notice reception_office reception_receiver reception_session reception_visit verification',
  oversight:
    'account account_session attachment document inspection inspection_finding petition petition_event petition_limit petition_party reception_incident reception_visit unit_setting urging',
  // What hangs on a denunciation is found wherever it lies (identity/hanging/), and what a file is needed for (attachments/).
  petitions:
    'account background_job backlog_review_item citizen_contact reception_appointment reception_incident reception_session reception_task reception_ticket reception_visit report_file superior_matter unit unit_request_petition unit_succession urging',
  reception: 'account attachment blob petition retention_rule transfer unit unit_succession urging',
  records: 'account petition petition_party petition_signatory person reception_visit',
  regulations: 'account attachment unit',
  reporting:
    'blob inspection inspection_finding inspection_finding_entry obligation performance petition petition_limit reception_session reception_visit regulation regulation_version transfer urging',
  routing: 'account petition petition_limit',
  structure: 'account data_key',
};

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => `${folder}/${file}`);
const tables = new Set(
  files('migrations').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/create table (?:if not exists )?([a-z_]+)/g)].map(([, table]) => table!),
  ),
);

interface Use {
  room: string;
  file: string;
  table: string;
}

/** Uses of tables in the SQL of a room. Comments are left out. */
const uses = (clause: RegExp): Use[] =>
  files('src').flatMap((file) => {
    const room = file.split('/')[1]!;
    const text = readFileSync(file, 'utf8').replaceAll(/\/\*(?:[^*]|\*(?!\/))*\*\/|^ *\/\/.*$/gm, '');
    const found = [...text.matchAll(clause)].map(([, table]) => table!);
    return room === 'demo' ? [] : found.filter((table) => tables.has(table)).map((table) => ({ room, file, table }));
  });

const writes = uses(/\b(?:insert into|update|delete from)\s+(?:only\s+)?([a-z_]+)\b/g);
const reads = uses(/(?<!delete )\b(?:from|join)\s+(?:only\s+|lateral\s+)?([a-z_]+)\b/g);

it('looks at the tables and statements that there are', () => {
  expect(tables.size).toBeGreaterThan(120);
  expect(new Set(writes.map(({ table }) => table)).size).toBeGreaterThan(110);
});

it('is written by one room', () => {
  const writers = Map.groupBy(
    writes.filter(({ room, table }) => writtenToo[table] !== room),
    ({ table }) => table,
  );
  const several = [...writers].filter(([, uses]) => new Set(uses.map(({ room }) => room)).size > 1);
  expect(several.map(([table, uses]) => [table, uses.map(({ file }) => file)])).toEqual([]);
});

it('is read by other rooms that stand in the list, and by all of them', () => {
  const owners = new Map(writes.filter(({ room, table }) => writtenToo[table] !== room).map(({ table, room }) => [table, room]));
  const foreign = reads.filter(({ room, table }) => owners.has(table) && owners.get(table) !== room);
  const listed = (room: string): string[] => read[room]?.split(' ') ?? [];
  const found = Object.groupBy(foreign, ({ room }) => room);
  expect(foreign.filter(({ room, table }) => !listed(room).includes(table))).toEqual([]);
  for (const room of Object.keys(read)) {
    const tablesRead = new Set(found[room]?.map(({ table }) => table));
    expect([room, listed(room).filter((table) => !tablesRead.has(table))]).toEqual([room, []]);
  }
});
