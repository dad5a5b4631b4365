import type { Party } from '../petition.js';

/** An attribute of a person: its column, and what stands there where it is sealed or cleared. */
interface PersonAttribute {
  column: string;
  type: 'text' | 'int' | 'jsonb';
  /** What a name that nobody may know is stored as; else null. */
  empty?: string;
  /** Answers show its last digits alone: the whole is read for a reason (Law 91/2025/QH15). */
  isNumber?: true;
}

/**
 * What tells who somebody is. The one list for filing, sealing, opening, reading, exporting, clearing after the years of retention and for
 * the constraints of the database: whatever of a party, a signatory or a person does not stand here or among the clear columns below fails
 * `test/person-attributes.e2e.ts`, and an attribute of `Party` that is forgotten does not compile.
 */
export const personAttributes = {
  name: { column: 'name', type: 'text', empty: '' },
  nationalId: { column: 'national_id', type: 'text', isNumber: true },
  address: { column: 'address', type: 'text' },
  phone: { column: 'phone', type: 'text', isNumber: true },
  birthYear: { column: 'birth_year', type: 'int' },
  office: { column: 'office', type: 'text' },
  authorisation: { column: 'authorisation', type: 'jsonb' },
} as const satisfies Record<string, PersonAttribute>;
export type AttributeName = keyof typeof personAttributes;

/** Attributes of which answers show the last digits alone. */
const numbers = ['nationalId', 'phone'] as const satisfies AttributeName[];
export type NumberName = {
  [Name in AttributeName]: (typeof personAttributes)[Name] extends { isNumber: true } ? Name : never;
}[AttributeName];
/** Fails to compile when a number stands in one of the two places alone. */
export const everyNumberIsListed: Record<Exclude<NumberName, (typeof numbers)[number]>, never> = {};

const registerAttributes = ['name', 'birthYear', 'nationalId', 'address', 'phone'] as const;
const signatoryAttributes = ['name', 'birthYear', 'nationalId', 'address'] as const;

/** What of a party is known where it is secret who it is. */
type ClearOfParty = 'role' | 'type' | 'withdrawnOn';
/** The person across petitions: a party that is secret is none of them. */
type Register = 'personId';

/** What of a party tells who it is. */
export type PartyIdentity = Pick<Party, AttributeName>;

/** What of a signatory tells who it is. */
export type SignatoryIdentity = Pick<PartyIdentity, (typeof signatoryAttributes)[number]>;

/** What the register of persons holds of somebody. */
export type RegisteredIdentity = Pick<PartyIdentity, (typeof registerAttributes)[number]>;

/** Fails to compile when an attribute of a party stands in no list. */
export const everyAttributeIsListed: Record<Exclude<keyof Party, AttributeName | ClearOfParty | Register>, never> = {};

/** Attributes by the table that holds them, and the columns that stay in clear beside them. */
export const peopleTables = {
  petition_party: {
    attributes: Object.keys(personAttributes) as AttributeName[],
    clear: ['id', 'petition_id', 'position', 'role', 'type'],
    /** Gone where the party is sealed. */
    gone: ['person_id'],
    sealed: ['sealed', 'sealed_key', 'national_id_index'],
  },
  petition_signatory: {
    attributes: [...signatoryAttributes] as AttributeName[],
    clear: ['petition_id', 'position', 'representative'],
    gone: [],
    sealed: ['sealed', 'sealed_key'],
  },
  /** Nobody who is secret is in the register. */
  person: {
    attributes: [...registerAttributes] as AttributeName[],
    clear: ['id', 'type', 'merged_into_id', 'version', 'created_at', 'folded_name', 'folded_address'],
    gone: [],
    sealed: [],
  },
} as const satisfies Record<string, { attributes: AttributeName[]; clear: string[]; gone: string[]; sealed: string[] }>;
export type PeopleTable = keyof typeof peopleTables;
/** Tables in which people are sealed where it is secret who they are. */
export type SealedPeopleTable = Exclude<PeopleTable, 'person'>;
export const sealedPeopleTables = ['petition_party', 'petition_signatory'] as const satisfies SealedPeopleTable[];

/** The attributes alone, whatever else an object holds. */
export function identityOf(table: 'petition_party', row: PartyIdentity): PartyIdentity;
export function identityOf(table: 'petition_signatory', row: SignatoryIdentity): SignatoryIdentity;
export function identityOf(table: 'person', row: RegisteredIdentity): RegisteredIdentity;
export function identityOf(table: PeopleTable, row: object): object {
  const values = row as Record<string, unknown>;
  return Object.fromEntries(peopleTables[table].attributes.map((name) => [name, values[name] ?? null]));
}

/** The numbers of somebody, whole. */
export function numbersOf(row: Pick<PartyIdentity, NumberName>): Pick<PartyIdentity, NumberName> {
  return Object.fromEntries(numbers.map((name) => [name, row[name]])) as Pick<PartyIdentity, NumberName>;
}

/** A person of whom nothing is told. */
export const nobody: { [Name in AttributeName]: Name extends 'name' ? '' : null } & { personId: null } = {
  name: '',
  nationalId: null,
  address: null,
  phone: null,
  birthYear: null,
  office: null,
  authorisation: null,
  personId: null,
};

const columnOf = (name: AttributeName): PersonAttribute => personAttributes[name];

/** Columns of the attributes for `select`, named as in the code. @param of the alias of the table */
export function selected(table: PeopleTable, of: string = table): string {
  return peopleTables[table].attributes.map((name) => `${of}.${columnOf(name).column} as "${name}"`).join(', ');
}

/** {@link selected} with every attribute that there is, in one order for `union`: null where a table has it not. */
export function selectedWhole(table: PeopleTable): string {
  const has: readonly string[] = peopleTables[table].attributes;
  return (Object.keys(personAttributes) as AttributeName[])
    .map((name) => ({ name, ...columnOf(name) }))
    .map(({ name, column, type }) => (has.includes(name) ? `${column} as "${name}"` : `null::${type} as "${name}"`))
    .join(', ');
}

/** Arguments of `json_build_object` with the attributes, named as in the code. @param of the alias of the table */
export function asJson(table: PeopleTable, of: string): string {
  return peopleTables[table].attributes.map((name) => `'${name}', ${of}.${columnOf(name).column}`).join(', ');
}

/** The columns of the attributes, and what they are called in JSON with their types: for an insert from records. */
export function inserted(table: PeopleTable, alias: string): { columns: string; values: string; record: string } {
  const named = peopleTables[table].attributes.map((name) => ({ name, ...columnOf(name) }));
  return {
    columns: named.map(({ column }) => column).join(', '),
    values: named.map(({ name }) => `${alias}."${name}"`).join(', '),
    record: named.map(({ name, type }) => `"${name}" ${type}`).join(', '),
  };
}

/** `set` of an update that takes every attribute away; where nobody is sealed or known any more. @param name what stands for the name */
export function cleared(table: SealedPeopleTable, name = ''): string {
  return peopleTables[table].attributes
    .map((attribute) => columnOf(attribute))
    .map(({ column, empty }) => `${column} = ${empty === undefined ? 'null' : `'${name || empty}'`}`)
    .join(', ');
}

/** `set` of an update that gives every attribute back from a JSON object in one parameter. */
export function givenBack(table: SealedPeopleTable, parameter: string): string {
  return peopleTables[table].attributes
    .map((name) => {
      const { column, type } = columnOf(name);
      const value = type === 'jsonb' ? `nullif(${parameter}::jsonb -> '${name}', 'null')` : `(${parameter}::jsonb ->> '${name}')::${type}`;
      return `${column} = ${value}`;
    })
    .join(', ');
}

/** Columns that hold nothing where a row is sealed, with what stands for nothing: what the database itself checks. */
export function emptyWhereSealed(table: SealedPeopleTable): { column: string; empty: string | null }[] {
  const { attributes, gone } = peopleTables[table];
  return [
    ...attributes.map((name) => columnOf(name)).map(({ column, empty }) => ({ column, empty: empty ?? null })),
    ...gone.map((column) => ({ column, empty: null })),
  ];
}
