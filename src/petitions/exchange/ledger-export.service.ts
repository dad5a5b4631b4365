import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { type LedgerRow, PetitionsService } from '../petitions.service.js';
import type { PetitionFilter } from '../petition-list.js';
import { stateNames } from '../transition.js';
import { officeName, type Unit } from '../../rules/structure/unit-structure.js';
import { type Cells, dayInLedger, type LedgerColumn, ledgerCsv, ledgerXlsx } from '../../platform/tabular/ledger-file.js';
import { whenFirstIsRead } from '../../platform/tabular/first-row.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';

export const ledgers = ['petitions', 'reception'] as const;
export type Ledger = (typeof ledgers)[number];

export interface ExportOrder {
  ledger: Ledger;
  filter: Omit<PetitionFilter, 'limit' | 'cursor' | 'count' | 'sort'>;
  unitId?: string;
  includeSubordinates?: boolean;
}

interface Names {
  office: (unitId: string | null) => string;
}

const kinds = { complaint: 'Khiếu nại', denunciation: 'Tố cáo', recommendation: 'Kiến nghị', reflection: 'Phản ánh' };
const channels = {
  in_person: 'Tiếp công dân',
  post: 'Bưu điện',
  handed_in: 'Nộp tại trụ sở',
  online: 'Trực tuyến',
  transferred: 'Đơn vị khác chuyển',
  forwarded: 'Cơ quan, người có thẩm quyền chuyển',
};
const stages = { first: 'Lần đầu', second: 'Lần hai', continuing: 'Tố cáo tiếp' };
const secret = '(bí mật)';

/** The usual columns of a petition ledger. Whoever denounced stands in none. */
const columns: LedgerColumn<LedgerRow, Names>[] = [
  { heading: 'STT', width: 6, value: (_row, index) => index },
  { heading: 'Số vào sổ', width: 20, value: ({ number }) => number },
  { heading: 'Ngày nhận', width: 12, value: ({ receivedOn }) => dayInLedger(receivedOn) },
  { heading: 'Nguồn đơn', width: 16, value: ({ channel }) => channels[channel] },
  { heading: 'Họ tên người gửi', width: 26, value: ({ petitioner, identitySecret }) => (identitySecret ? secret : (petitioner ?? '')) },
  {
    heading: 'Địa chỉ',
    width: 30,
    value: ({ petitionerAddress, identitySecret }) => (identitySecret ? secret : (petitionerAddress ?? '')),
  },
  { heading: 'Số người', width: 9, value: ({ signatories }) => signatories },
  { heading: 'Loại đơn', width: 12, value: ({ kind }) => kinds[kind] },
  { heading: 'Lĩnh vực', width: 16, value: ({ fieldCode }) => fieldCode ?? '' },
  { heading: 'Tóm tắt nội dung', width: 50, value: ({ summary }) => summary },
  { heading: 'Lần giải quyết', width: 12, value: ({ stage }) => (stage ? stages[stage] : '') },
  { heading: 'Thẩm quyền giải quyết', width: 28, value: ({ competentUnitId }, _index, { office }) => office(competentUnitId) },
  { heading: 'Đơn vị đang xử lý', width: 28, value: ({ responsibleUnitId }, _index, { office }) => office(responsibleUnitId) },
  { heading: 'Kết quả xử lý', width: 22, value: ({ state }) => stateNames[state].vi },
  { heading: 'Hạn', width: 12, value: ({ nextDueOn }) => dayInLedger(nextDueOn) },
  { heading: 'Ngày kết thúc', width: 12, value: ({ closedOn }) => dayInLedger(closedOn) },
];

const titles: Record<Ledger, string> = {
  petitions: 'SỔ TIẾP NHẬN ĐƠN KHIẾU NẠI, TỐ CÁO, KIẾN NGHỊ, PHẢN ÁNH',
  reception: 'SỔ TIẾP NHẬN ĐƠN QUA TIẾP CÔNG DÂN',
};

/** The ledger of petitions as a file. */
@Injectable()
export class LedgerExportService {
  constructor(
    private readonly petitions: PetitionsService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem for a filter that cannot be, before anything of the file is there */
  async csv(order: ExportOrder, by: Official): Promise<Readable> {
    return ledgerCsv({ columns, rows: await whenFirstIsRead(this.cells(order, by)) });
  }

  /** @throws Problem as {@link csv} */
  async xlsx(order: ExportOrder, by: Official): Promise<Readable> {
    const rows = await whenFirstIsRead(this.cells(order, by));
    return ledgerXlsx({ unit: officeName(this.unitOf(order, by)).vi, title: titles[order.ledger], columns, rows });
  }

  private async *cells({ ledger, filter, unitId, includeSubordinates }: ExportOrder, by: Official): AsyncGenerator<Cells> {
    const asked: PetitionFilter = {
      ...filter,
      ledgerOnly: true,
      sort: 'receivedOn',
      ...(ledger === 'reception' && { channel: 'in_person' }),
    };
    const { structure } = this.units;
    const names: Names = { office: (id) => (id ? officeName(structure.get(id)).vi : '') };
    let index = 0;
    for await (const row of this.petitions.ledger(asked, { unitId, includeSubordinates }, by)) {
      index++;
      yield columns.map(({ value }) => value(row, index, names));
    }
  }

  private unitOf({ unitId }: ExportOrder, by: Official): Unit {
    return unitId ? this.units.structure.get(unitId) : this.scope.top(by);
  }
}
