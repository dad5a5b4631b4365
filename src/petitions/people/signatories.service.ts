import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import { keepSecrecy } from '../identity/hanging/keep-secrecy.js';
import { inserted } from '../identity/person-attributes.js';
import { compareAnew } from '../identity/seal-open-identities.js';
import { Redaction } from '../identity/redaction.js';
import { redactText, sealSignatory } from '../identity/sealed-people.js';
import type { PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { ParsingService } from '../../platform/parsing/parsing.service.js';
import { normaliseText } from '../../platform/problems/normalise-text.js';
import { type FieldProblem, mustMatch, Problem } from '../../platform/problems/problem.js';
import { representativeRule } from '../../rules/triage/representatives.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import type { Row, TabularFormat } from '../../platform/tabular/row.js';
import { FileFaults } from '../../platform/tabular/table-file.js';
import { fold } from '../../platform/text/fold.js';
import { type SignatoryRow, signatoriesOf } from './people.queries.js';

export type Signatory = Omit<SignatoryRow, 'position' | 'withdrawnOn'>;
type Identity = Pick<Signatory, 'name' | 'birthYear' | 'nationalId'>;

/** As many signatories a list may have. */
export const mostSignatories = 1000;

/** Who signed, as a list; null names where the identity is secret. */
export interface SignatoryList {
  total: number;
  representatives: number;
  /** How many may speak for a group of this size; null for a single person. */
  rule: { least: number; most: number } | null;
  masked: boolean;
  items: SignatoryRow[];
}

export interface SignatoryImport {
  dryRun: boolean;
  rows: number;
  representatives: number;
}

const signatory = inserted('petition_signatory', 's');
const columns = ['name', 'birth_year', 'national_id', 'address', 'representative'] as const;

/** The people of a group (domain.md 1, 5): a list of up to a thousand, with the representatives among them by the rule of numbers. */
@Injectable()
export class SignatoriesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly keys: Keys,
    private readonly parsing: ParsingService,
  ) {}

  async list(petitionId: string, by: Official): Promise<SignatoryList> {
    const { identitySecret } = await this.petitions.get(petitionId, by);
    const items = await this.transactions.rows<SignatoryRow>(signatoriesOf, [petitionId]);
    const rule = representativeRule(items.length);
    return {
      total: items.length,
      representatives: items.filter(({ representative }) => representative).length,
      rule: rule && { least: rule.least, most: rule.most },
      masked: identitySecret,
      items: identitySecret ? [] : items,
    };
  }

  /**
   * Replaces the list; the number of signatories of the petition follows.
   * @throws Problem for more representatives than the law lets, or where somebody who withdrew is missing
   */
  replace(petitionId: string, signatories: Signatory[], expected: number | null, by: Official): Promise<SignatoryList> {
    mustRespectRule(signatories, '/signatories');
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      this.actions.mustBeResponsible(petition, by);
      mustMatch(petition.version, expected);
      const withdrawn = await placesOfWithdrawn(tx, petition, signatories);
      await tx.query('delete from petition_signatory where petition_id = $1', [petitionId]);
      await tx.query(
        `insert into petition_signatory (petition_id, position, ${signatory.columns}, representative, sealed, sealed_key)
         select $1, ordinality, ${signatory.values}, coalesce(representative, false), decode(sealed, 'hex'), "sealedKey"
         from rows from (jsonb_to_recordset($2::jsonb) as (${signatory.record}, representative boolean,
           sealed text, "sealedKey" int)) with ordinality as s`,
        [petitionId, JSON.stringify(petition.identitySecret ? this.seal(petitionId, signatories) : signatories)],
      );
      await moveWithdrawals(tx, petitionId, withdrawn);
      if (petition.identitySecret) {
        const redaction = await Redaction.of(signatories.map((signatory) => ({ ...signatory, phone: null })));
        await redactText(tx, this.keys.ring, petitionId, redaction);
        await keepSecrecy(tx, this.keys.ring, petitionId);
        await compareAnew(tx, this.keys.ring, petitionId);
      }
      await this.actions.store(tx, petition, { signatories: Math.max(1, signatories.length) });
      const facts = { signatories: signatories.length, representatives: signatories.filter(({ representative }) => representative).length };
      await record(tx, petitionId, { type: 'signatories_listed', occurredOn: today(), facts }, by);
      return this.list(petitionId, by);
    });
  }

  private seal(petitionId: string, signatories: Signatory[]): object[] {
    return signatories.map((signatory, index) => {
      const { sealed, keyVersion } = sealSignatory(this.keys.ring, petitionId, index + 1, signatory);
      return { name: '', representative: signatory.representative, sealed: sealed.toString('hex'), sealedKey: keyVersion };
    });
  }

  /**
   * Imports the list from a CSV or XLSX file with the columns name, birth_year, national_id, address, representative.
   * @throws Problem `import-refused` with line and column of every fault
   */
  async import(petitionId: string, file: Readable, format: TabularFormat, dryRun: boolean, by: Official): Promise<SignatoryImport> {
    const signatories = await this.parsing.withTable(file, format, { atMost: mostSignatories + 1 }, ({ rows }) => readSignatories(rows()));
    if (!dryRun) await this.replace(petitionId, signatories, null, by);
    else this.actions.mustBeResponsible(await this.petitions.get(petitionId, by), by);
    return { dryRun, rows: signatories.length, representatives: signatories.filter(({ representative }) => representative).length };
  }
}

/**
 * Where whoever withdrew stands in a new list, by his place in the former one: he signed, and stays in the list (Decree 124/2020/NĐ-CP art. 7a).
 * @throws Problem naming their places, and nobody, where somebody of them is missing; `action-not-allowed` where they are secret: whoever could try lists
 *   would learn who they are
 */
async function placesOfWithdrawn(
  tx: EntityManager,
  { id, identitySecret }: Pick<PetitionRow, 'id' | 'identitySecret'>,
  signatories: readonly Signatory[],
): Promise<Map<number, number>> {
  const rows = await tx.query<(Identity & { position: number })[]>(
    `select s.position, s.name, s.birth_year as "birthYear", s.national_id as "nationalId" from petition_signatory s
     where s.petition_id = $1 and exists (select from withdrawal w where w.petition_id = $1 and s.position = any (w.signatory_positions))
     order by s.position`,
    [id],
  );
  if (rows.length > 0 && identitySecret) throw withdrawnAreSecret();
  const places = new Map<number, number>();
  const free = new Set(signatories.keys());
  for (const { position, ...who } of rows) {
    const found = mostLike(who, signatories, free);
    if (found === undefined) continue;
    free.delete(found);
    places.set(position, found + 1);
  }
  const missing = rows.filter(({ position }) => !places.has(position));
  if (missing.length > 0) throw withdrawnMissing(missing.map(({ position }) => position));
  return places;
}

/** The place in a list of whoever is the same: by the national id, or by the name and a year of birth that does not differ. */
function mostLike(who: Identity, signatories: readonly Signatory[], free: ReadonlySet<number>): number | undefined {
  const differs = <T>(one: T | null, other: T | null) => one !== null && other !== null && one !== other;
  const sameName = (one: Identity) => fold(one.name ?? '') === fold(who.name ?? '');
  const places = [...free];
  return (
    places.find((place) => who.nationalId !== null && signatories[place]!.nationalId === who.nationalId) ??
    places.find((place) => {
      const one = signatories[place]!;
      return sameName(one) && !differs(one.nationalId, who.nationalId) && !differs(one.birthYear, who.birthYear);
    })
  );
}

async function moveWithdrawals(tx: EntityManager, petitionId: string, places: ReadonlyMap<number, number>): Promise<void> {
  if (places.size === 0) return;
  await tx.query(
    `update withdrawal set signatory_positions =
       (select array_agg(($2::jsonb ->> place::text)::int order by nth) from unnest(signatory_positions) with ordinality as former (place, nth))
     where petition_id = $1 and cardinality(signatory_positions) > 0`,
    [petitionId, JSON.stringify(Object.fromEntries(places))],
  );
}

function withdrawnMissing(places: readonly number[]): Problem {
  return Problem.field('validation-failed', '/signatories', 'withdrawn_missing', {
    vi: `Danh sách mới thiếu người đã rút (số thứ tự trong danh sách cũ: ${places.join(', ')}): người đã rút vẫn là người đã ký và phải còn trong danh sách (Điều 7a Nghị định 124/2020/NĐ-CP).`,
    en: `Whoever withdrew is missing in the new list (places in the former one: ${places.join(', ')}): he signed, and stays in the list (Decree 124/2020/NĐ-CP art. 7a).`,
  });
}

function withdrawnAreSecret(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Có người trong danh sách đã rút và danh tính được giữ bí mật: không thay danh sách nữa.',
    en: 'Somebody in the list withdrew, and identities are kept secret: the list is not replaced any more.',
  });
}

async function readSignatories(rows: AsyncIterable<Row>): Promise<Signatory[]> {
  const faults = new FileFaults();
  const signatories: Signatory[] = [];
  for await (const { line, values } of rows) {
    if (signatories.length === 0) checkColumns(Object.keys(values), faults);
    if (signatories.length >= mostSignatories) {
      faults.add(line, 'name', 'too_many', { vi: `Nhiều nhất ${mostSignatories} người.`, en: `At most ${mostSignatories} people.` });
      break;
    }
    signatories.push(readSignatory(values, line, faults));
  }
  if (signatories.length === 0)
    faults.add(1, 'name', 'empty_file', { vi: 'Tệp không có dòng dữ liệu nào.', en: 'The file has no data rows.' });
  faults.throwIfAny();
  mustRespectRule(signatories, '/file');
  return signatories;
}

function checkColumns(found: string[], faults: FileFaults): void {
  const named = found.map((column) => column.trim().toLowerCase());
  if (!named.includes('name')) faults.add(1, 'name', 'missing_column', { vi: 'Thiếu cột "name".', en: 'The column "name" is missing.' });
  for (const column of named.filter((candidate) => !(columns as readonly string[]).includes(candidate)))
    faults.add(1, column, 'unknown_column', {
      // eslint-disable-next-line words/vietnamese -- these very words are sent
      vi: `Cột lạ; các cột cho phép: ${columns.join(', ')}.`,
      en: `Unknown column; allowed: ${columns.join(', ')}.`,
    });
}

function readSignatory(values: Record<string, string>, line: number, faults: FileFaults): Signatory {
  const errors: FieldProblem[] = [];
  const clean = normaliseText(values, '', errors) as Record<string, string>;
  for (const { pointer, code, detail } of errors) faults.add(line, pointer.slice(1), code, detail);
  const { name = '', birth_year: year = '', national_id: nationalId = '', address = '', representative = '' } = clean;
  if (name.length < 1 || name.length > 200)
    faults.add(line, 'name', 'length', { vi: 'Phải dài từ 1 đến 200 ký tự.', en: 'Must have 1 to 200 characters.' });
  if (year && !/^(18[5-9]\d|19\d\d|20\d\d)$/.test(year))
    faults.add(line, 'birth_year', 'year', { vi: 'Năm sinh gồm bốn chữ số.', en: 'A year of four digits.' });
  if (nationalId && !/^\d{9}(\d{3})?$/.test(nationalId))
    faults.add(line, 'national_id', 'national_id', { vi: 'Số CMND/CCCD có 9 hoặc 12 chữ số.', en: 'A national id has 9 or 12 digits.' });
  if (address.length > 500) faults.add(line, 'address', 'length', { vi: 'Nhiều nhất 500 ký tự.', en: 'At most 500 characters.' });
  if (!/^(|0|1|x|có|không|yes|no|true|false)$/i.test(representative))
    faults.add(line, 'representative', 'boolean', { vi: 'Cho phép: x, có, không hoặc để trống.', en: 'Allowed: x, yes, no or empty.' });
  return {
    name,
    birthYear: year ? Number(year) : null,
    nationalId: nationalId || null,
    address: address || null,
    representative: /^(1|x|có|yes|true)$/i.test(representative),
  };
}

function mustRespectRule(signatories: readonly Signatory[], pointer: string): void {
  const rule = representativeRule(signatories.length);
  const representatives = signatories.filter(({ representative }) => representative).length;
  if (!rule || representatives <= rule.most) return;
  throw Problem.field('validation-failed', pointer, 'too_many_representatives', {
    vi: `Với ${signatories.length} người được cử nhiều nhất ${rule.most} người đại diện; danh sách có ${representatives}.`,
    en: `A group of ${signatories.length} has at most ${rule.most} representatives; the list has ${representatives}.`,
  });
}
