import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import { keepSecrecy } from '../identity/hanging/keep-secrecy.js';
import { inserted } from '../identity/person-attributes.js';
import { compareAnew } from '../identity/seal-open-identities.js';
import { redactText, sealSignatory } from '../identity/sealed-people.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { ParsingService } from '../../platform/parsing/parsing.service.js';
import { normaliseText } from '../../platform/problems/normalise-text.js';
import { type FieldProblem, mustMatch, Problem } from '../../platform/problems/problem.js';
import { representativeRule } from '../../rules/triage/representatives.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import type { Row, TabularFormat } from '../../platform/tabular/row.js';
import { FileFaults } from '../../platform/tabular/table-file.js';
import { type SignatoryRow, signatoriesOf } from './people.queries.js';

export type Signatory = Omit<SignatoryRow, 'position' | 'withdrawnOn'>;

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
   * @throws Problem for more representatives than the law lets
   */
  replace(petitionId: string, signatories: Signatory[], expected: number | null, by: Official): Promise<SignatoryList> {
    mustRespectRule(signatories, '/signatories');
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      this.actions.mustBeResponsible(petition, by);
      mustMatch(petition.version, expected);
      await tx.query('delete from petition_signatory where petition_id = $1', [petitionId]);
      await tx.query(
        `insert into petition_signatory (petition_id, position, ${signatory.columns}, representative, sealed, sealed_key)
         select $1, ordinality, ${signatory.values}, coalesce(representative, false), decode(sealed, 'hex'), "sealedKey"
         from rows from (jsonb_to_recordset($2::jsonb) as (${signatory.record}, representative boolean,
           sealed text, "sealedKey" int)) with ordinality as s`,
        [petitionId, JSON.stringify(petition.identitySecret ? this.seal(petitionId, signatories) : signatories)],
      );
      if (petition.identitySecret) {
        await redactText(
          tx,
          this.keys.ring,
          petitionId,
          signatories.map((signatory) => ({ ...signatory, phone: null })),
        );
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
