import type { EntityManager } from 'typeorm';
import { inSlices, type Sliced } from '../../platform/parsing/slices.js';
import type { KeyRing, Sealed } from '../../platform/sealing/key-ring.js';
import { placeOf } from '../../platform/sealing/places.js';
import type { Party } from '../petition.js';
import {
  cleared,
  givenBack,
  identityOf,
  inserted,
  nobody,
  type PartyIdentity,
  selected,
  type SignatoryIdentity,
} from './person-attributes.js';
import { Redaction, type Telling } from './redaction.js';

export type { PartyIdentity, SignatoryIdentity } from './person-attributes.js';

/** The words of a petition as they were written. */
export interface OriginalText {
  summary: string;
  content: string;
}

/** Who is behind a petition whose author is secret. */
export interface HiddenPeople {
  parties: (PartyIdentity & Pick<Party, 'role' | 'type'>)[];
  signatories: SignatoryIdentity[];
  /** Null where the words name nobody. */
  text: OriginalText | null;
}

/** A party as `filePetition` stores it. */
export interface StoredParty extends Omit<Party, 'name'> {
  name: string;
  sealed?: string;
  sealedKey?: number;
  nationalIdIndex?: string;
}

/** File names tell as much as files. */
export const neutralFilename = `'tep' || coalesce(lower(substring(filename from '\\.[A-Za-z0-9]{1,8}$')), '')`;

/** The parties of a denunciation as they are stored: sealed, but for whom it is directed against (Law on Denunciations arts 8, 56). */
export function sealParties(ring: KeyRing, petitionId: string, parties: readonly Party[]): StoredParty[] {
  return parties.map((party, index) => sealParty(ring, petitionId, index + 1, party));
}

function sealParty(ring: KeyRing, petitionId: string, position: number, party: Party): StoredParty {
  if (party.role === 'respondent') return party;
  const { sealed, keyVersion } = ring.seal(identityOf('petition_party', party), placeOf.party(petitionId, position));
  return {
    ...nobody,
    role: party.role,
    type: party.type,
    sealed: sealed.toString('hex'),
    sealedKey: keyVersion,
    ...(party.nationalId && { nationalIdIndex: ring.index(party.nationalId).toString('hex') }),
  };
}

/** Who must not be known from the words of a petition. */
export function tellingOf(parties: readonly (Telling & Pick<Party, 'role'>)[]): Telling[] {
  return parties.filter(({ role }) => role !== 'respondent');
}

/** Everybody behind a petition who must not be known from words about it, those who signed as well. */
export function everybodyOf({ parties, signatories }: Pick<HiddenPeople, 'parties' | 'signatories'>): Telling[] {
  return [...tellingOf(parties), ...signatories.map((signatory) => ({ ...signatory, phone: null }))];
}

interface PartyRow extends PartyIdentity {
  position: number;
  role: Party['role'];
  type: Party['type'];
  sealed: Buffer | null;
  sealedKey: number | null;
}

interface SignatoryRow extends SignatoryIdentity {
  position: number;
  sealed: Buffer | null;
  sealedKey: number | null;
}

/** Seals whoever is named in a petition that has become secret, and takes them out of its words and the register of persons; see also `hanging/keep-secrecy.ts`. */
export async function hidePeople(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<void> {
  const known = await readPeople(tx, ring, petitionId);
  const parties = (await partiesOf(tx, petitionId)).filter(({ role, sealed }) => role !== 'respondent' && !sealed);
  const signatories = (await signatoryRowsOf(tx, petitionId)).filter(({ sealed }) => !sealed);
  await forgetPersons(tx, [petitionId]);
  for (const { position, ...party } of parties) {
    const { sealed, keyVersion } = ring.seal(identityOf('petition_party', party), placeOf.party(petitionId, position));
    await tx.query(
      `update petition_party set sealed = $3, sealed_key = $4, national_id_index = $5, ${cleared('petition_party')}
       where petition_id = $1 and position = $2`,
      [petitionId, position, sealed, keyVersion, party.nationalId ? ring.index(party.nationalId) : null],
    );
  }
  for (const { position, ...signatory } of signatories) {
    const { sealed, keyVersion } = sealSignatory(ring, petitionId, position, signatory);
    await tx.query(
      `update petition_signatory set sealed = $3, sealed_key = $4, ${cleared('petition_signatory')} where petition_id = $1 and position = $2`,
      [petitionId, position, sealed, keyVersion],
    );
  }
  await redactText(tx, ring, petitionId, await Redaction.of(everybodyOf(known)));
}

/** Opens what was sealed, because the petition is no denunciation after all. */
export async function showPeople(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<void> {
  const text = await originalText(tx, ring, petitionId);
  for (const row of await partiesOf(tx, petitionId)) {
    if (!row.sealed) continue;
    await tx.query(
      `update petition_party set sealed = null, sealed_key = null, national_id_index = null, ${givenBack('petition_party', '$3')}
       where petition_id = $1 and position = $2`,
      [petitionId, row.position, JSON.stringify(openParty(ring, petitionId, row))],
    );
  }
  for (const row of await signatoryRowsOf(tx, petitionId)) {
    if (!row.sealed) continue;
    await tx.query(
      `update petition_signatory set sealed = null, sealed_key = null, ${givenBack('petition_signatory', '$3')} where petition_id = $1 and position = $2`,
      [petitionId, row.position, JSON.stringify(openSignatory(ring, petitionId, row))],
    );
  }
  if (!text) return;
  await tx.query('update petition set summary = $2, content = $3 where id = $1', [petitionId, text.summary, text.content]);
  await tx.query('delete from sealed_text where petition_id = $1', [petitionId]);
}

/** Copies the parties of a petition to a part of it, sealed where the part is secret. */
export async function copyParties(tx: EntityManager, ring: KeyRing, fromId: string, toId: string, secret: boolean): Promise<void> {
  const stored = (await partiesOf(tx, fromId)).map((row) => {
    const party: Party = { ...openParty(ring, fromId, row), role: row.role, type: row.type, personId: null };
    return { ...(secret ? sealParty(ring, toId, row.position, party) : party), position: row.position };
  });
  const { columns, values, record } = inserted('petition_party', 'p');
  await tx.query(
    `insert into petition_party (petition_id, position, role, type, ${columns}, person_id, sealed, sealed_key, national_id_index)
     select $1, p.position, p.role, p.type, ${values},
       case when p.sealed is null then own.person_id end, decode(p.sealed, 'hex'), p."sealedKey", decode(p."nationalIdIndex", 'hex')
     from jsonb_to_recordset($3::jsonb) as p (position int, role text, type text, ${record}, sealed text, "sealedKey" int, "nationalIdIndex" text)
     join petition_party own on own.petition_id = $2 and own.position = p.position`,
    [toId, fromId, JSON.stringify(stored)],
  );
}

/** Who is behind a petition, opened; for whoever may know it, and for what is computed from it. */
export async function readPeople(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<HiddenPeople> {
  return {
    parties: await inSlices(
      each(await partiesOf(tx, petitionId), (row) => ({ role: row.role, type: row.type, ...openParty(ring, petitionId, row) })),
    ),
    signatories: await inSlices(each(await signatoryRowsOf(tx, petitionId), (row) => openSignatory(ring, petitionId, row))),
    text: await originalText(tx, ring, petitionId),
  };
}

/** As many as a thousand are opened, one after the other. */
function* each<Row, Opened>(rows: readonly Row[], open: (row: Row) => Opened): Sliced<Opened[]> {
  const opened: Opened[] = [];
  for (const row of rows) {
    opened.push(open(row));
    yield;
  }
  return opened;
}

async function originalText(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<OriginalText | null> {
  const [text] = await tx.query<{ sealed: Buffer; sealedKey: number }[]>(
    'select sealed, sealed_key as "sealedKey" from sealed_text where petition_id = $1',
    [petitionId],
  );
  return text ? ring.open<OriginalText>(asSealed(text), placeOf.text(petitionId)) : null;
}

/** A signatory as it is stored in the list of a petition whose author is secret. */
export function sealSignatory(ring: KeyRing, petitionId: string, position: number, signatory: SignatoryIdentity): Sealed {
  return ring.seal(identityOf('petition_signatory', signatory), placeOf.signatory(petitionId, position));
}

/** Takes whoever is secret out of the words of a petition; as they were written they are kept sealed. */
export async function redactText(tx: EntityManager, ring: KeyRing, petitionId: string, redaction: Redaction): Promise<void> {
  const [row] = await tx.query<OriginalText[]>('select summary, content from petition where id = $1', [petitionId]);
  await redaction.read(Object.values(row!));
  // Nobody is asked about what is doubtful: as it was written it is kept.
  const clean = { summary: redaction.all(row!.summary), content: redaction.all(row!.content) };
  if (clean.summary === row!.summary && clean.content === row!.content) return;
  const { sealed, keyVersion } = ring.seal((await originalText(tx, ring, petitionId)) ?? row, placeOf.text(petitionId));
  await tx.query(
    `insert into sealed_text (petition_id, sealed, sealed_key) values ($1, $2, $3)
     on conflict (petition_id) do update set sealed = excluded.sealed, sealed_key = excluded.sealed_key`,
    [petitionId, sealed, keyVersion],
  );
  await tx.query('update petition set summary = $2, content = $3 where id = $1', [petitionId, clean.summary, clean.content]);
}

/** Persons who are in the register because of these petitions alone leave it, and with them that they were taken for one. */
export async function forgetPersons(tx: EntityManager, petitionIds: readonly string[]): Promise<void> {
  const persons = await tx.query<{ id: string }[]>(
    `with named as (select distinct person_id as id from petition_party where petition_id = any ($1) and person_id is not null)
     select id from named union select m.from_id from named join person_merge m on m.into_id = named.id
     union select m.into_id from named join person_merge m on m.from_id = named.id`,
    [petitionIds],
  );
  const ids = persons.map(({ id }) => id);
  await tx.query('update petition_party set person_id = null where petition_id = any ($1)', [petitionIds]);
  await tx.query(
    `delete from person_merge where into_id = any ($1) and from_id = any ($1)
       and not exists (select from petition_party where person_id in (person_merge.into_id, person_merge.from_id))`,
    [ids],
  );
  await tx.query(
    `delete from person where id = any ($1) and not exists (select from petition_party where person_id = person.id)
       and not exists (select from person_merge where into_id = person.id or from_id = person.id)
       and not exists (select from person other where other.merged_into_id = person.id and other.id <> all ($1))`,
    [ids],
  );
}

function partiesOf(tx: EntityManager, petitionId: string): Promise<PartyRow[]> {
  return tx.query<PartyRow[]>(
    `select position, role, type, ${selected('petition_party')}, sealed, sealed_key as "sealedKey" from petition_party where petition_id = $1 order by position`,
    [petitionId],
  );
}

function signatoryRowsOf(tx: EntityManager, petitionId: string): Promise<SignatoryRow[]> {
  return tx.query<SignatoryRow[]>(
    `select position, ${selected('petition_signatory')}, sealed, sealed_key as "sealedKey" from petition_signatory where petition_id = $1 order by position`,
    [petitionId],
  );
}

function openParty(ring: KeyRing, petitionId: string, row: PartyRow): PartyIdentity {
  return row.sealed ? ring.open<PartyIdentity>(asSealed(row), placeOf.party(petitionId, row.position)) : identityOf('petition_party', row);
}

function openSignatory(ring: KeyRing, petitionId: string, row: SignatoryRow): SignatoryIdentity {
  return row.sealed
    ? ring.open<SignatoryIdentity>(asSealed(row), placeOf.signatory(petitionId, row.position))
    : identityOf('petition_signatory', row);
}

function asSealed({ sealed, sealedKey }: { sealed: Buffer | null; sealedKey: number | null }): Sealed {
  return { sealed: sealed!, keyVersion: sealedKey! };
}
