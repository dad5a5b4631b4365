import type { Transactions } from '../platform/database/transactions.js';
import { exampleUnits } from '../structure/units/example-units.js';

/*
 * The demo's city: real names and codes of Hanoi, a few of each kind. Two districts and eight communes until 2025-06-30,
 * six communes since; which went into which follows the mergers of 2025-07-01.
 */

/** Units that examples name have the ids given there. */
const fixedIds: Record<string, string | undefined> = exampleUnits;

const lastDayOfDistricts = '2025-06-30';
const firstDayOfTwoTiers = '2025-07-01';

interface DemoUnit {
  key: string;
  code: string;
  symbol: string;
  name: string;
  level: 'province' | 'district' | 'commune';
  kind: string;
  parent: string | null;
  from: string;
  to: string | null;
}

const old = { from: '2008-08-01', to: lastDayOfDistricts };
const lasting = { from: '2008-08-01', to: null };
const current = { from: firstDayOfTwoTiers, to: null };
const committee = 'peoples_committee';

export const demoUnits: DemoUnit[] = [
  { key: 'city', code: '01', symbol: 'HNI', name: 'Thành phố Hà Nội', level: 'province', kind: committee, parent: null, ...lasting },
  {
    key: 'cityBoard',
    code: '01.TCD',
    symbol: 'HNI-TCD',
    name: 'Ban Tiếp công dân Thành phố',
    level: 'province',
    kind: 'reception_board',
    parent: 'city',
    ...lasting,
  },
  {
    key: 'cityInspectorate',
    code: '01.TT',
    symbol: 'HNI-TT',
    name: 'Thanh tra Thành phố',
    level: 'province',
    kind: 'inspectorate',
    parent: 'city',
    ...lasting,
  },
  {
    key: 'department',
    code: '01.NNMT',
    symbol: 'HNI-NNMT',
    name: 'Sở Nông nghiệp và Môi trường',
    level: 'province',
    kind: 'department',
    parent: 'city',
    ...lasting,
  },
  {
    key: 'baDinhDistrict',
    code: '001',
    symbol: 'HNI-BD',
    name: 'Quận Ba Đình',
    level: 'district',
    kind: committee,
    parent: 'city',
    ...old,
  },
  {
    key: 'baDinhBoard',
    code: '001.TCD',
    symbol: 'HNI-BD-TCD',
    name: 'Ban Tiếp công dân quận Ba Đình',
    level: 'district',
    kind: 'reception_board',
    parent: 'baDinhDistrict',
    ...old,
  },
  {
    key: 'baDinhDivision',
    code: '001.TNMT',
    symbol: 'HNI-BD-TNMT',
    name: 'Phòng Tài nguyên và Môi trường quận Ba Đình',
    level: 'district',
    kind: 'division',
    parent: 'baDinhDistrict',
    ...old,
  },
  {
    key: 'hoanKiemDistrict',
    code: '002',
    symbol: 'HNI-HK',
    name: 'Quận Hoàn Kiếm',
    level: 'district',
    kind: committee,
    parent: 'city',
    ...old,
  },
  ...(
    [
      ['phucXa', '00001', 'PX', 'Phường Phúc Xá', 'baDinhDistrict'],
      ['trucBach', '00004', 'TB', 'Phường Trúc Bạch', 'baDinhDistrict'],
      ['quanThanh', '00013', 'QT', 'Phường Quán Thánh', 'baDinhDistrict'],
      ['dienBien', '00019', 'DB', 'Phường Điện Biên', 'baDinhDistrict'],
      ['hangBuom', '00046', 'HBU', 'Phường Hàng Buồm', 'hoanKiemDistrict'],
      ['hangBac', '00061', 'HBA', 'Phường Hàng Bạc', 'hoanKiemDistrict'],
      ['oldCuaNam', '00073', 'CNC', 'Phường Cửa Nam', 'hoanKiemDistrict'],
      ['trangTien', '00079', 'TTI', 'Phường Tràng Tiền', 'hoanKiemDistrict'],
    ] as const
  ).map(([key, code, symbol, name, parent]) => ({
    key,
    code,
    symbol: `HNI-${symbol}`,
    name,
    level: 'commune' as const,
    kind: committee,
    parent,
    ...old,
  })),
  ...(
    [
      ['baDinh', '00004', 'P004', 'Phường Ba Đình'],
      ['ngocHa', '00008', 'P008', 'Phường Ngọc Hà'],
      ['giangVo', '00025', 'P025', 'Phường Giảng Võ'],
      ['hoanKiem', '00070', 'P070', 'Phường Hoàn Kiếm'],
      ['cuaNam', '00082', 'P082', 'Phường Cửa Nam'],
      ['hongHa', '00097', 'P097', 'Phường Hồng Hà'],
    ] as const
  ).map(([key, code, symbol, name]) => ({
    key,
    code,
    symbol: `HNI-${symbol}`,
    name,
    level: 'commune' as const,
    kind: committee,
    parent: 'city',
    ...current,
  })),
];

const successions: [from: string, to: string, portion: 'whole' | 'part'][] = [
  ['phucXa', 'hongHa', 'whole'],
  ['trucBach', 'baDinh', 'whole'],
  ['quanThanh', 'baDinh', 'whole'],
  ['dienBien', 'baDinh', 'part'],
  ['dienBien', 'hoanKiem', 'part'],
  ['hangBuom', 'hoanKiem', 'whole'],
  ['hangBac', 'hoanKiem', 'whole'],
  ['oldCuaNam', 'baDinh', 'part'],
  ['oldCuaNam', 'cuaNam', 'part'],
  ['oldCuaNam', 'hoanKiem', 'part'],
  ['trangTien', 'cuaNam', 'part'],
  ['trangTien', 'hoanKiem', 'part'],
];

/** Ids of the demo's units by key; stores them where they are missing. */
export function storeDemoUnits(transactions: Transactions): Promise<Map<string, string>> {
  return transactions.run(async (tx) => {
    const stored = await tx.query<{ id: string; symbol: string }[]>('select id, symbol from unit');
    if (stored.length > 0) return new Map(demoUnits.map(({ key, symbol }) => [key, stored.find((unit) => unit.symbol === symbol)!.id]));
    const ids = new Map<string, string>();
    for (const { key, code, symbol, name, level, kind, parent, from, to } of demoUnits) {
      const [unit] = await tx.query<{ id: string }[]>(
        `insert into unit (code, symbol, name, level, kind, parent_id, valid_from, valid_to, id) values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, new_id()))
         returning id`,
        [code, symbol, name, level, kind, parent && ids.get(parent), from, to, fixedIds[key] ?? null],
      );
      ids.set(key, unit!.id);
    }
    for (const [from, to, portion] of successions)
      await tx.query('insert into unit_succession (predecessor_id, successor_id, portion, succeeded_on) values ($1, $2, $3, $4)', [
        ids.get(from),
        ids.get(to),
        portion,
        firstDayOfTwoTiers,
      ]);
    return ids;
  });
}
