import { RequestPipe } from '../../platform/http/request.pipe.js';
import type { JobFault } from '../../structure/jobs/job.js';
import { FilePetitionDto } from '../dto/petition.dto.js';
import { toNewPetition } from '../dto/to-new-petition.js';
import type { NewPetition } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import { type UnitStructure } from '../../rules/structure/unit-structure.js';
import { asLegalDate } from '../../platform/tabular/columns.js';
import type { Row } from '../../platform/tabular/row.js';
import { fold } from '../../platform/text/fold.js';
import { channelWords, importableStates, kindWords, type LedgerFieldName, stateWords } from './ledger-columns.js';
import { own } from '../../platform/text/own.js';

/** A row of an old ledger, read: a petition as it would be filed by hand, or what speaks against it. */
export interface LedgerEntry {
  line: number;
  petition: NewPetition | null;
  state: (typeof importableStates)[number];
  endedOn: LegalDate | null;
  documentNumber: string | null;
  faults: JobFault[];
  /** Column of the file that a field of the petition came from. */
  columnOf: (pointer: string) => string;
}

const pipe = new RequestPipe();

/** Where a field of the file stands in a petition. */
const pointers: [pointer: string, field: LedgerFieldName][] = [
  ['/parties/0/name', 'petitionerName'],
  ['/parties/0/address', 'petitionerAddress'],
  ['/parties/0/nationalId', 'petitionerNationalId'],
  ['/parties/0/phone', 'petitionerPhone'],
  ['/parties/0/birthYear', 'petitionerBirthYear'],
  ['/respondent/position', 'respondentPosition'],
  ['/respondent', 'respondentUnitCode'],
  ['/matterUnitId', 'matterUnitCode'],
];

/** Reads a row; what can be wrong in a petition is found by the same checks as for one that is filed over HTTP. */
export function readEntry({ line, values }: Row, columns: Partial<Record<LedgerFieldName, string>>, structure: UnitStructure): LedgerEntry {
  const faults: JobFault[] = [];
  const columnOf = (pointer: string): string => {
    const field = pointers.find(([start]) => pointer.startsWith(start))?.[1] ?? (pointer.split('/')[1] as LedgerFieldName);
    return columns[field] ?? field;
  };
  const text = (field: LedgerFieldName): string => own(values, columns[field] ?? '')?.trim() ?? '';
  const fault = (field: LedgerFieldName, code: string, vi: string, en: string): void => {
    faults.push({ line, column: columns[field] ?? field, code, vi, en });
  };

  const receivedOn = asLegalDate(text('receivedOn'));
  const unitOf = (field: 'respondentUnitCode' | 'matterUnitCode'): string | null => {
    const code = text(field);
    // Where the day is no day, that is the fault to be told.
    if (!code || !isLegalDate(receivedOn)) return null;
    const unit = structure.withCode(code, receivedOn);
    if (!unit)
      fault(
        field,
        'unknown_unit',
        `Không có đơn vị mã ${code} vào ngày nhận.`,
        `There is no unit with the code ${code} on the day of receipt.`,
      );
    return unit?.id ?? null;
  };
  const word = (field: LedgerFieldName, words: Record<string, string>): string => own(words, fold(text(field))) ?? text(field);
  const number = (field: LedgerFieldName): number | string | null =>
    /^\d+$/.test(text(field)) ? Number(text(field)) : text(field) || null;

  const kind = word('kind', kindWords);
  const state = word('state', stateWords) || 'received';
  const endedOn = text('endedOn') ? asLegalDate(text('endedOn')) : null;
  if (!(importableStates as readonly string[]).includes(state))
    fault(
      'state',
      'one_of',
      // eslint-disable-next-line words/vietnamese -- these very words are sent
      `Giá trị cho phép: ${importableStates.join(', ')} hoặc tên tiếng Việt của chúng.`,
      `Allowed: ${importableStates.join(', ')}, or their Vietnamese names.`,
    );
  if (state !== 'received' && (!endedOn || !isLegalDate(endedOn) || endedOn < receivedOn))
    fault(
      'endedOn',
      'date',
      'Đơn đã xử lý xong cần ngày kết thúc, không trước ngày nhận.',
      'What has ended needs its day, not before the receipt.',
    );
  if (!text('externalReference')) fault('externalReference', 'required', 'Thiếu số tham chiếu.', 'The reference is missing.');

  const respondentUnit = unitOf('respondentUnitCode');
  const matterUnit = unitOf('matterUnitCode');
  const position = text('respondentPosition');
  const name = text('petitionerName');
  const petition = readPetition(
    {
      kind,
      channel: word('channel', channelWords) || 'post',
      receivedOn,
      writtenOn: text('writtenOn') ? asLegalDate(text('writtenOn')) : null,
      summary: text('summary'),
      content: text('content') || text('summary'),
      fieldCode: text('fieldCode') || null,
      respondent: respondentUnit && { type: position ? 'official' : 'agency', unitId: respondentUnit, ...(position && { position }) },
      matterUnitId: matterUnit,
      signatories: number('signatories'),
      externalReference: text('externalReference') || null,
      parties: name
        ? [
            {
              role: 'petitioner',
              type: 'person',
              name,
              address: text('petitionerAddress') || null,
              nationalId: text('petitionerNationalId') || null,
              phone: text('petitionerPhone') || null,
              birthYear: number('petitionerBirthYear'),
            },
          ]
        : [],
    },
    (problem) => {
      for (const { pointer, code, detail } of problem.errors) faults.push({ line, column: columnOf(pointer), code, ...detail });
    },
  );
  return {
    line,
    petition: faults.length === 0 ? petition : null,
    state: state as LedgerEntry['state'],
    endedOn,
    documentNumber: text('documentNumber') || null,
    faults,
    columnOf,
  };
}

function readPetition(plain: Record<string, unknown>, refuse: (problem: Problem) => void): NewPetition | null {
  try {
    return toNewPetition(pipe.transform(plain, { type: 'body', metatype: FilePetitionDto }) as FilePetitionDto);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refuse(error);
    return null;
  }
}
