import type { KeyRing } from '../../../platform/sealing/key-ring.js';
import { placeOf } from '../../../platform/sealing/places.js';
import { seenUnit } from '../../../structure/units/seen-unit.js';
import type { Telling } from '../redaction.js';

/** What is sealed of a visit, an appointment or a gathering: its words as they were said, and people. */
export type Said = Partial<Telling> & { matter: string; content?: string; visitors?: Telling[]; representatives?: Telling[] };

export interface SealedRow {
  id: string;
  sealed: Buffer;
  sealedKey: number;
}

/** A table of the reception that holds people who can be secret, whether a petition came of it or not. */
export interface ReceptionTable {
  table: 'reception_visit' | 'reception_appointment' | 'reception_incident';
  place: (id: string) => string;
  /** Which of the ids of what hangs together these are. */
  of: 'visitIds' | 'appointmentIds' | 'incidentIds';
  /** Its own words, which lie sealed as they were said. */
  words: readonly ('matter' | 'content')[];
  /** Whether a name finds it. */
  searched: boolean;
  /** Who is behind a row. */
  people: (said: Said) => Telling[];
  /** The units whose row `t` it is. */
  units: readonly string[];
  /** Whether rows of one matter are secret together. */
  matters: boolean;
  /** Ids of the rows that ids of anything `$1` or petitions `$2` lead to. */
  ways: readonly string[];
}

const sessionsNamed =
  'select id from reception_session where id = any ($1::uuid[]) union select session_id from reception_task where id = any ($1::uuid[])';

/** Whatever holds secret people beside petitions: here once, for hiding them, and for taking them out of what is written about them. */
export const receptionTables: readonly ReceptionTable[] = [
  {
    table: 'reception_visit',
    place: placeOf.visit,
    of: 'visitIds',
    words: ['matter', 'content'],
    searched: true,
    people: ({ visitors = [] }) => visitors,
    units: ['t.unit_id'],
    matters: true,
    ways: [
      `select id from reception_visit where id = any ($1::uuid[]) or ticket_id = any ($1::uuid[]) or appointment_id = any ($1::uuid[])
         or petition_id = any ($2::uuid[])`,
      `select id from reception_visit where session_id in (${sessionsNamed})`,
      `select kept.id from reception_ticket ticket join reception_visit kept on kept.ticket_id = ticket.id where ticket.appointment_id = any ($1::uuid[])`,
      'select visit_id from document where id = any ($1::uuid[])',
    ],
  },
  {
    table: 'reception_appointment',
    place: placeOf.appointment,
    of: 'appointmentIds',
    words: ['matter'],
    searched: false,
    people: ({ matter: _matter, ...booker }) => [booker as Telling],
    units: ['(select held.unit_id from reception_session held where held.id = t.session_id)'],
    matters: false,
    ways: [
      'select id from reception_appointment where id = any ($1::uuid[])',
      `select id from reception_appointment where session_id in (${sessionsNamed})`,
      'select appointment_id from reception_ticket where id = any ($1::uuid[])',
      'select appointment_id from reception_visit where id = any ($1::uuid[])',
      `select ticket.appointment_id from reception_visit kept join reception_ticket ticket on ticket.id = kept.ticket_id where kept.id = any ($1::uuid[])`,
      'select appointment_id from document where id = any ($1::uuid[])',
    ],
  },
  {
    table: 'reception_incident',
    place: placeOf.incident,
    of: 'incidentIds',
    words: ['matter'],
    searched: false,
    people: ({ representatives = [] }) => representatives,
    units: ['t.unit_id', 't.origin_unit_id'],
    matters: true,
    ways: [
      'select id from reception_incident where id = any ($1::uuid[]) or petition_id = any ($2::uuid[])',
      'select incident_id from citizen_contact where id = any ($1::uuid[])',
    ],
  },
];

/** A row whose people nobody may know. */
export type SecretRow = SealedRow & Pick<ReceptionTable, 'table'>;

/**
 * Values: ids of anything, petitions that are secret, units whose rows may be referred to (null: all), whether with what is below them. The rows whose people
 * are secret that these lead to; of a matter all, wherever the others are, as a petition has all its people.
 */
export const secretRows = {
  name: 'reception-secret-rows',
  text: receptionTables.map(secretRowsIn).join(' union all '),
};

function secretRowsIn({ table, units, matters, ways }: ReceptionTable): string {
  const seen = units.map((unit) => seenUnit(unit, '$3', '$4')).join(' or ');
  const named = `from ${table} t where t.id in (${ways.join(' union ')}) and ($3::uuid[] is null or ${seen})`;
  const meant = matters ? `row.matter_id in (select t.matter_id ${named})` : `row.id in (select t.id ${named})`;
  const ofSecret = matters ? ' or row.petition_id = any ($2::uuid[])' : '';
  return `select '${table}' as "table", row.id, row.sealed, row.sealed_key as "sealedKey" from ${table} row
    where (row.identity_secret${ofSecret}) and row.sealed is not null and ${meant}`;
}

/** What is sealed of rows. */
export function saidIn(ring: KeyRing, { place }: Pick<ReceptionTable, 'place'>, { id, sealed, sealedKey }: SealedRow): Said {
  return ring.open<Said>({ sealed, keyVersion: sealedKey }, place(id));
}

/** Who is behind rows that {@link secretRows} found. */
export function peopleIn(ring: KeyRing, rows: readonly SecretRow[]): Telling[] {
  return rows.flatMap((row) => {
    const of = receptionTables.find(({ table }) => table === row.table)!;
    return of.people(saidIn(ring, of, row));
  });
}
