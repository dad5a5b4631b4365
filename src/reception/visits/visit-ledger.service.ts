import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { TemplatesService } from '../../petitions/documents/templates.service.js';
import { ParsingService } from '../../platform/parsing/parsing.service.js';
import { Problem } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { refusals } from '../../rules/reception/refusals.js';
import { since2026 } from '../../rules/source.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { whenFirstIsRead } from '../../platform/tabular/first-row.js';
import { type Cells, dayInLedger, type LedgerColumn, ledgerCsv, ledgerXlsx } from '../../platform/tabular/ledger-file.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { maskNumber } from '../../petitions/identity/mask.js';
import type { Visit, Visitor } from './visit.js';
import { VisitsService } from './visits.service.js';

export interface LedgerOrder {
  unitId?: string;
  includeSubordinates?: boolean;
  from: LegalDate;
  to: LegalDate;
}

/** As many rows as are printed as a document; more are a spreadsheet. */
const mostPrinted = 3000;
const title = 'SỔ TIẾP CÔNG DÂN';
const secret = '(bí mật)';

const kindNames: Record<PetitionKind, string> = {
  complaint: 'Khiếu nại',
  denunciation: 'Tố cáo',
  recommendation: 'Kiến nghị',
  reflection: 'Phản ánh',
};
const groundNames = Object.fromEntries(refusals.map(({ code, title: name }) => [code, name.vi]));

interface Names {
  office: (unitId: string | null) => string;
}

/** Columns of the ledger by where they stand in a document; whoever denounced stands in none. */
type Columns = (LedgerColumn<Visit, Names> & { placeholder: string })[];

const matter: Columns[number] = { placeholder: 'matter', heading: 'Nội dung vụ việc', width: 50, value: (visit) => visit.matter };
const resolved: Columns[number] = {
  placeholder: 'earlierResolver',
  heading: 'Cơ quan đã giải quyết',
  width: 26,
  value: ({ earlierResolver }) => earlierResolver ?? '',
};
const followed: Columns[number] = { placeholder: 'followUp', heading: 'Theo dõi kết quả giải quyết', width: 26, value: followUp };
const note: Columns[number] = {
  placeholder: 'note',
  heading: 'Ghi chú',
  width: 26,
  value: ({ refusalGround, repeated, revision, appointmentNumber, identitySecret }) =>
    [
      refusalGround && `Từ chối tiếp: ${groundNames[refusalGround]}`,
      repeated && 'Tiếp nhiều lần',
      // The appointment tells who booked it.
      !identitySecret && appointmentNumber && `Hẹn: ${appointmentNumber}`,
      revision > 1 && `Đã sửa ${revision - 1} lần`,
    ]
      .filter(Boolean)
      .join('; '),
};
const isTaken = ({ result }: Visit): boolean => result === 'petition_opened' || result === 'papers_taken';

/** The usual columns of the reception ledger until 2026-06-30 (law.md 3.6). */
const usualColumns: Columns = [
  { placeholder: 'number', heading: 'Số', width: 20, value: ({ number }) => number },
  { placeholder: 'visitedOn', heading: 'Ngày tiếp', width: 12, value: ({ visitedOn }) => dayInLedger(visitedOn) },
  { placeholder: 'who', heading: 'Họ tên – địa chỉ – giấy tờ tuỳ thân', width: 40, value: who },
  matter,
  {
    placeholder: 'kind',
    heading: 'Loại việc – số người',
    width: 16,
    value: ({ kind, persons, largeGroup }) => `${kindNames[kind]} – ${persons}${largeGroup ? ' (đoàn đông người)' : ''}`,
  },
  resolved,
  {
    placeholder: 'accepted',
    heading: 'Thụ lý để giải quyết',
    width: 18,
    value: (visit) => (isTaken(visit) ? (visit.petitionNumber ?? 'Đã nhận hồ sơ') : ''),
  },
  {
    placeholder: 'guided',
    heading: 'Trả lại đơn và hướng dẫn',
    width: 22,
    value: ({ result, resultNote }) => (result === 'guided' || result === 'explained' ? (resultNote ?? 'Đã hướng dẫn, giải thích') : ''),
  },
  {
    placeholder: 'transferredTo',
    heading: 'Chuyển đến cơ quan, đơn vị',
    width: 26,
    value: ({ result, toUnitId }, _index, { office }) => (result === 'transferred' ? office(toUnitId) : ''),
  },
  followed,
  note,
];

/** The columns of Mẫu số 03/TCD of Decree 154/2026/NĐ-CP. */
const columns03TCD: Columns = [
  { placeholder: 'index', heading: 'STT', width: 6, value: (_visit, index) => index },
  { placeholder: 'visitedOn', heading: 'Ngày tiếp', width: 12, value: ({ visitedOn }) => dayInLedger(visitedOn) },
  { placeholder: 'who', heading: 'Họ tên, địa chỉ', width: 36, value: whoAndWhere },
  { placeholder: 'identity', heading: 'CCCD/CMND/Hộ chiếu', width: 18, value: identities },
  { ...matter, heading: 'Nội dung đơn' },
  { placeholder: 'kind', heading: 'Loại đơn (KN/TC/KN/PA)', width: 12, value: ({ kind }) => kindNames[kind] },
  { placeholder: 'persons', heading: 'Số người cùng nội dung', width: 10, value: ({ persons }) => persons },
  resolved,
  { placeholder: 'competent', heading: 'Thuộc thẩm quyền (x)', width: 10, value: (visit) => (isTaken(visit) ? 'x' : '') },
  {
    placeholder: 'guided',
    heading: 'Hướng dẫn công dân đến cơ quan có thẩm quyền',
    width: 26,
    value: ({ result, resultNote, toUnitId }, _index, { office }) =>
      result === 'guided' || result === 'explained'
        ? [toUnitId && office(toUnitId), resultNote ?? 'Đã hướng dẫn, giải thích'].filter(Boolean).join(': ')
        : '',
  },
  {
    placeholder: 'acceptedBy',
    heading: 'Cơ quan, đơn vị thụ lý',
    width: 26,
    value: (visit, _index, { office }) =>
      visit.result === 'transferred'
        ? office(visit.toUnitId)
        : isTaken(visit)
          ? [office(visit.unitId), visit.petitionNumber].filter(Boolean).join(' – ')
          : '',
  },
  followed,
  {
    ...note,
    value: (visit, index, names) =>
      [visit.number, visit.largeGroup && 'Đoàn đông người', note.value(visit, index, names)].filter(Boolean).join('; '),
  },
];

/** A form of the ledger, which is that of the day on which what is printed ends. */
const forms = {
  usual: { columns: usualColumns, print: 'reception_ledger' },
  '03/TCD': { columns: columns03TCD, print: 'reception_ledger_2026' },
} as const;
const formOf = ({ to }: LedgerOrder): (typeof forms)[keyof typeof forms] => forms[to < since2026 ? 'usual' : '03/TCD'];

/** The reception ledger as it is printed and kept: as a spreadsheet, as rows for another program, as a document. */
@Injectable()
export class VisitLedgerService {
  constructor(
    private readonly visits: VisitsService,
    private readonly templates: TemplatesService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly parsing: ParsingService,
  ) {}

  /** @throws Problem for a unit out of scope, before anything of the file is there */
  async csv(order: LedgerOrder, by: Official): Promise<Readable> {
    const { columns } = formOf(order);
    return ledgerCsv({ columns, rows: await whenFirstIsRead(this.cells(order, by)) });
  }

  /** @throws Problem as {@link csv} */
  async xlsx(order: LedgerOrder, by: Official): Promise<Readable> {
    const { columns } = formOf(order);
    const rows = await whenFirstIsRead(this.cells(order, by));
    return ledgerXlsx({ unit: this.nameOf(order, by), title, columns, rows });
  }

  /** @throws Problem for more rows than a document holds */
  async docx(order: LedgerOrder, by: Official): Promise<Buffer> {
    const { columns, print } = formOf(order);
    const rows: Record<string, string>[] = [];
    for await (const cells of this.cells(order, by)) {
      if (rows.length === mostPrinted)
        throw Problem.field('validation-failed', '?to', 'too_many_rows', {
          vi: `Một văn bản in nhiều nhất ${mostPrinted} lượt; chọn khoảng ngắn hơn hoặc định dạng xlsx.`,
          en: `A document prints at most ${mostPrinted} visits; choose a shorter stretch, or xlsx.`,
        });
      rows.push(Object.fromEntries(columns.map(({ placeholder }, index) => [placeholder, String(cells[index])])));
    }
    const period = `Từ ngày ${dayInLedger(order.from)} đến ngày ${dayInLedger(order.to)}`;
    return this.parsing.fillTemplate(await this.templates.print(print), {
      unit: this.nameOf(order, by).toUpperCase(),
      period,
      rows,
    });
  }

  private async *cells(order: LedgerOrder, by: Official): AsyncGenerator<Cells> {
    const { unitId, includeSubordinates = false, from, to } = order;
    const { columns } = formOf(order);
    const { structure } = this.units;
    const names: Names = { office: (id) => (id ? officeName(structure.get(id)).vi : '') };
    let index = 0;
    for await (const visit of this.visits.ledger({ from, to }, this.scope.unitsAsked(by, unitId, includeSubordinates)))
      yield columns.map(({ value }) => value(visit, ++index, names));
  }

  private nameOf({ unitId }: LedgerOrder, by: Official): string {
    return officeName(unitId ? this.units.structure.get(unitId) : this.scope.top(by)).vi;
  }
}

function who(visit: Visit): string {
  return ofVisitors(visit, ({ name, address, nationalId }) => [name, address, nationalId && `CCCD ${maskNumber(nationalId)}`]);
}

function whoAndWhere(visit: Visit): string {
  return ofVisitors(visit, ({ name, address }) => [name, address]);
}

function identities(visit: Visit): string {
  return ofVisitors(visit, ({ nationalId }) => [maskNumber(nationalId)]);
}

/** A line for each visitor of a visit that keeps none of them secret. */
function ofVisitors({ visitors, identitySecret }: Visit, told: (visitor: Visitor) => (string | null)[]): string {
  if (identitySecret) return secret;
  return visitors.map((visitor) => told(visitor).filter(Boolean).join(' – ')).join('\n');
}

function followUp({ answeredOn, answerDocument, answerDueOn }: Visit): string {
  if (answeredOn) return `Đã trả lời ${dayInLedger(answeredOn)}${answerDocument ? ` (${answerDocument})` : ''}`;
  return answerDueOn ? `Hạn trả lời ${dayInLedger(answerDueOn)}` : '';
}
