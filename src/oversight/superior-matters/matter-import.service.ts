import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { RequestPipe } from '../../platform/http/request.pipe.js';
import { ParsingService } from '../../platform/parsing/parsing.service.js';
import { ConcernedPeople } from '../../petitions/identity/concerned-people.service.js';
import type { KnownPeople } from '../../petitions/identity/neutral-words.js';
import { namedIn } from '../../petitions/identity/named-in.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { type FieldProblem, Problem } from '../../platform/problems/problem.js';
import { asLegalDate, columnsOf } from '../../platform/tabular/columns.js';
import type { Row, TabularFormat } from '../../platform/tabular/row.js';
import { FileFaults } from '../../platform/tabular/table-file.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { fold } from '../../platform/text/fold.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { MatterRowDto, toMatter } from './dto/superior-matters.dto.js';
import { agencyTypeWords, effectWords, kindWords, type MatterField, matterFields, pointerFields, stageWords } from './matter-columns.js';
import type { MatterFacts } from './superior-matter.js';
import { SuperiorMattersService, type Taken } from './superior-matters.service.js';
import { own } from '../../platform/text/own.js';

export type MatterImportReport = { dryRun: boolean; rows: number } & Record<Taken, number>;

/** A row that was read. */
interface ReadRow {
  unitCode: string | null;
  petitionNumber: string | null;
  facts: MatterFacts;
}

/** How a row is refused: by its place in a file, or in the request. */
type Refuse = (index: number, pointer: string, code: string, detail: FieldProblem['detail']) => void;

const mostRows = 5_000;
const pipe = new RequestPipe();

/** Cases as agencies send them, in a file or over the API: all or nothing, and what is known changes nothing. */
@Injectable()
export class MatterImportService {
  constructor(
    private readonly transactions: Transactions,
    private readonly matters: SuperiorMattersService,
    private readonly petitions: PetitionsService,
    private readonly people: ConcernedPeople,
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
    private readonly parsing: ParsingService,
  ) {}

  /**
   * Takes over rows of a request.
   * @throws Problem naming the row of every fault
   */
  async takeRows(items: readonly MatterRowDto[], dryRun: boolean, by: Official): Promise<MatterImportReport> {
    const errors: FieldProblem[] = [];
    const refuse: Refuse = (index, pointer, code, detail) => errors.push({ pointer: `/items/${index}${pointer}`, code, detail });
    const rows = items.map((item) => ({ facts: toMatter(item), unitCode: item.unitCode, petitionNumber: item.petitionNumber }));
    return this.take(rows, dryRun, by, refuse, () => {
      if (errors.length === 0) return;
      throw new Problem(
        'validation-failed',
        { vi: `Có ${errors.length} dòng không hợp lệ; không có gì được ghi.`, en: `${errors.length} faulty row(s); nothing was written.` },
        errors,
      );
    });
  }

  /**
   * Takes over the rows of a file: CSV, XLSX or NDJSON.
   * @throws Problem `import-refused` with line and column of every fault
   */
  takeFile(file: Readable, format: TabularFormat, dryRun: boolean, by: Official): Promise<MatterImportReport> {
    // One more than is taken over, so that too many are told as such.
    return this.parsing.withTable(file, format, { atMost: mostRows + 1 }, ({ rows }) => this.takeTable(rows(), dryRun, by));
  }

  private async takeTable(table: AsyncIterable<Row>, dryRun: boolean, by: Official): Promise<MatterImportReport> {
    const faults = new FileFaults();
    const rows: ReadRow[] = [];
    const lines: number[] = [];
    let columns: Partial<Record<MatterField, string>> = {};
    const columnOf = (pointer: string): string => {
      const field = own(pointerFields, pointer) ?? (pointer.slice(1) as MatterField);
      return columns[field] ?? field;
    };
    const refuse: Refuse = (index, pointer, code, detail) => faults.add(lines[index]!, columnOf(pointer), code, detail);
    for await (const { line, values } of table) {
      if (lines.length === 0) columns = mustHaveColumns(Object.keys(values));
      if (lines.push(line) > mostRows) throw tooManyRows();
      const text = (field: MatterField): string | null => own(values, columns[field] ?? '')?.trim() || null;
      const row = readRow(text, (pointer, code, detail) => refuse(lines.length - 1, pointer, code, detail));
      if (row) rows[lines.length - 1] = row;
    }
    if (lines.length === 0) faults.add(1, '', 'empty_file', { vi: 'Tệp không có dòng dữ liệu nào.', en: 'The file has no data rows.' });
    faults.throwIfAny();
    return this.take(rows, dryRun, by, refuse, () => faults.throwIfAny());
  }

  private async take(
    rows: readonly ReadRow[],
    dryRun: boolean,
    by: Official,
    refuse: Refuse,
    throwIfAny: () => void,
  ): Promise<MatterImportReport> {
    const report: MatterImportReport = { dryRun, rows: rows.length, created: 0, changed: 0, unchanged: 0 };
    try {
      await this.transactions.run(async (tx) => {
        // A thousand people are taken in once for all the rows about them.
        const known: KnownPeople = new Map();
        for (const [index, { facts, unitCode, petitionNumber }] of rows.entries()) {
          // A row that is refused leaves nothing behind, and the ones after it are looked at all the same.
          await tx.query('savepoint matter');
          try {
            const unitId = this.unitOf(unitCode);
            const petitionId = petitionNumber ? await this.petitionOf(petitionNumber, by) : facts.petitionId;
            const mentioned = await this.mentionedIn(facts, by);
            report[await this.matters.take(unitId, { ...facts, petitionId }, mentioned, by, known)]++;
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            await tx.query('rollback to savepoint matter');
            const told = error.errors.length > 0 ? error.errors : [{ pointer: '/unitId', code: error.code, detail: error.detail }];
            for (const { pointer, code, detail } of told) refuse(index, pointer, code, detail);
          }
          await tx.query('release savepoint matter');
        }
        throwIfAny();
        if (dryRun) throw new NothingIsKept();
      });
    } catch (error) {
      if (!(error instanceof NothingIsKept)) throw error;
    }
    return report;
  }

  /** Denunciations of those that the caller sees that a row names in its words, as the guards find them in the body of a request. */
  private mentionedIn(facts: MatterFacts, by: Official): Promise<string[]> {
    const { ids, numbers, mentioned } = namedIn(facts);
    return this.people.secretPetitions(ids, [...numbers, ...mentioned], this.scope.visible(by));
  }

  private unitOf(code: string | null): string | null {
    if (!code) return null;
    const unit = this.units.structure.withCode(code, today());
    if (unit) return unit.id;
    throw Problem.field('validation-failed', '/unitId', 'unknown_unit', {
      vi: `Không có đơn vị mã ${code}.`,
      en: `There is no unit with the code ${code}.`,
    });
  }

  private async petitionOf(number: string, by: Official): Promise<string> {
    const id = await this.petitions.idOf(number, by);
    if (id) return id;
    throw Problem.field('validation-failed', '/petitionId', 'unknown_petition', {
      vi: `Không tìm thấy đơn ${number} trong phạm vi của bạn.`,
      en: `There is no petition ${number} in your scope.`,
    });
  }
}

/** Ends the transaction of a dry run. */
class NothingIsKept extends Error {}

/** A row of a file as the request would have it, checked by the same rules. */
function readRow(
  text: (field: MatterField) => string | null,
  refuse: (pointer: string, code: string, detail: FieldProblem['detail']) => void,
): ReadRow | null {
  const word = (field: MatterField, words: Record<string, string>, otherwise: string | null = null): string | null => {
    const value = text(field);
    return value === null ? otherwise : (own(words, fold(value)) ?? value);
  };
  const day = (field: MatterField): string | null => {
    const value = text(field);
    return value && asLegalDate(value);
  };
  const effect = word('effect', effectWords);
  const outcomeOn = day('outcomeOn');
  const plain = {
    unitCode: text('unitCode'),
    petitionNumber: text('petitionNumber'),
    agency: text('agency') ?? '',
    agencyType: word('agencyType', agencyTypeWords) ?? (/^(?:toa an|tand)/.test(fold(text('agency') ?? '')) ? 'court' : 'superior'),
    reference: text('reference') ?? '',
    kind: word('kind', kindWords, 'complaint'),
    matter: text('matter') ?? '',
    filedOn: day('filedOn') ?? '',
    stage: word('stage', stageWords) ?? '',
    newsOn: day('newsOn') ?? outcomeOn ?? day('filedOn') ?? '',
    content: text('content'),
    outcome: effect === null ? null : { effect, number: text('outcomeNumber') ?? '', issuedOn: outcomeOn ?? '', gist: text('outcomeGist') },
  };
  try {
    const row = pipe.transform(plain, { type: 'body', metatype: MatterRowDto }) as MatterRowDto;
    return { facts: toMatter(row), unitCode: row.unitCode, petitionNumber: row.petitionNumber };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    for (const { pointer, code, detail } of error.errors) refuse(pointer, code, detail);
    return null;
  }
}

function mustHaveColumns(headings: string[]): Partial<Record<MatterField, string>> {
  const columns = columnsOf<MatterField>(matterFields, headings);
  const missing = (Object.keys(matterFields) as MatterField[]).filter((field) => 'required' in matterFields[field] && !columns[field]);
  if (missing.length === 0) return columns;
  const named = missing.map((field) => `"${matterFields[field].headings[0]}"`).join(', ');
  throw new Problem('import-refused', {
    vi: `Thiếu cột: ${named}. Các cột của tệp: ${headings.join(', ')}.`,
    en: `Columns are missing: ${named}. Columns of the file: ${headings.join(', ')}.`,
  });
}

function tooManyRows(): Problem {
  return new Problem('import-refused', {
    vi: `Tệp có quá ${mostRows} dòng: chia thành nhiều tệp.`,
    en: `The file has more than ${mostRows} rows: divide it.`,
  });
}
