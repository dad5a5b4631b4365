import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../auth/official.js';
import { TemplatesService } from '../../documents/templates.service.js';
import { ParsingService } from '../../parsing/parsing.service.js';
import { Problem } from '../../problems/problem.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../rules/legal-date.js';
import { receptionGrounds } from '../../rules/reception/reception-rules.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { whenFirstIsRead } from '../../tabular/first-row.js';
import { type Cells, dayInLedger, type LedgerColumn, ledgerCsv, ledgerXlsx } from '../../tabular/ledger-file.js';
import { AccessScope } from '../../units/access-scope.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import { maskNumber } from '../../petitions/identity/mask.js';
import type { Visit } from './visit.js';
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
const groundNames = Object.fromEntries(receptionGrounds.map(({ code, title: name }) => [code, name.vi]));

interface Names {
  office: (unitId: string | null) => string;
}

/** The usual columns of the reception ledger (law.md 3.6). Whoever denounced stands in none. */
const columns: (LedgerColumn<Visit, Names> & { placeholder: string })[] = [
  { placeholder: 'number', heading: 'Số', width: 20, value: ({ number }) => number },
  { placeholder: 'visitedOn', heading: 'Ngày tiếp', width: 12, value: ({ visitedOn }) => dayInLedger(visitedOn) },
  { placeholder: 'who', heading: 'Họ tên – địa chỉ – giấy tờ tuỳ thân', width: 40, value: who },
  { placeholder: 'matter', heading: 'Nội dung vụ việc', width: 50, value: ({ matter }) => matter },
  {
    placeholder: 'kind',
    heading: 'Loại việc – số người',
    width: 16,
    value: ({ kind, persons, largeGroup }) => `${kindNames[kind]} – ${persons}${largeGroup ? ' (đoàn đông người)' : ''}`,
  },
  { placeholder: 'earlierResolver', heading: 'Cơ quan đã giải quyết', width: 26, value: ({ earlierResolver }) => earlierResolver ?? '' },
  {
    placeholder: 'accepted',
    heading: 'Thụ lý để giải quyết',
    width: 18,
    value: ({ result, petitionNumber }) =>
      result === 'petition_opened' || result === 'papers_taken' ? (petitionNumber ?? 'Đã nhận hồ sơ') : '',
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
  { placeholder: 'followUp', heading: 'Theo dõi kết quả giải quyết', width: 26, value: followUp },
  {
    placeholder: 'note',
    heading: 'Ghi chú',
    width: 26,
    value: ({ refusalGround, repeated, revision, appointmentNumber }) =>
      [
        refusalGround && `Từ chối tiếp: ${groundNames[refusalGround]}`,
        repeated && 'Tiếp nhiều lần',
        appointmentNumber && `Hẹn: ${appointmentNumber}`,
        revision > 1 && `Đã sửa ${revision - 1} lần`,
      ]
        .filter(Boolean)
        .join('; '),
  },
];

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
    return ledgerCsv({ columns, rows: await whenFirstIsRead(this.cells(order, by)) });
  }

  /** @throws Problem as {@link csv} */
  async xlsx(order: LedgerOrder, by: Official): Promise<Readable> {
    const rows = await whenFirstIsRead(this.cells(order, by));
    return ledgerXlsx({ unit: this.nameOf(order, by), title, columns, rows });
  }

  /** @throws Problem for more rows than a document holds */
  async docx(order: LedgerOrder, by: Official): Promise<Buffer> {
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
    return this.parsing.fillTemplate(await this.templates.print('reception_ledger'), {
      unit: this.nameOf(order, by).toUpperCase(),
      period,
      rows,
    });
  }

  private async *cells({ unitId, includeSubordinates = false, from, to }: LedgerOrder, by: Official): AsyncGenerator<Cells> {
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

function who({ visitors, identitySecret }: Visit): string {
  if (identitySecret) return secret;
  return visitors
    .map(({ name, address, nationalId }) => [name, address, nationalId && `CCCD ${maskNumber(nationalId)}`].filter(Boolean).join(' – '))
    .join('\n');
}

function followUp({ answeredOn, answerDocument, answerDueOn }: Visit): string {
  if (answeredOn) return `Đã trả lời ${dayInLedger(answeredOn)}${answerDocument ? ` (${answerDocument})` : ''}`;
  return answerDueOn ? `Hạn trả lời ${dayInLedger(answerDueOn)}` : '';
}
