import type { LegalDate } from '../../platform/text/legal-date.js';
import { type Successor, type Unit, type UnitLevel, type UnitKind, UnitStructure } from '../structure/unit-structure.js';

/** A small Hanoi of three levels until 2025-06-30 and two since, for the tests of the rules. */
export const hanoi = {
  city: unit('city', '01', 'Thành phố Hà Nội', 'province', null),
  cityBoard: unit('cityBoard', '01.TCD', 'Ban Tiếp công dân Thành phố', 'province', 'city', { kind: 'reception_board' }),
  department: unit('department', '01.NNMT', 'Sở Nông nghiệp và Môi trường', 'province', 'city', { kind: 'department' }),
  otherDepartment: unit('otherDepartment', '01.SXD', 'Sở Xây dựng', 'province', 'city', { kind: 'department' }),
  subDepartment: unit('subDepartment', '01.NNMT.CC', 'Chi cục Kiểm lâm', 'province', 'department', { kind: 'division' }),
  inspectorate: unit('inspectorate', '01.TT', 'Thanh tra Thành phố', 'province', 'city', { kind: 'inspectorate' }),
  district: unit('district', '001', 'Quận Ba Đình', 'district', 'city', { to: '2025-06-30' }),
  districtBoard: unit('districtBoard', '001.TCD', 'Ban Tiếp công dân quận Ba Đình', 'district', 'district', {
    kind: 'reception_board',
    to: '2025-06-30',
  }),
  division: unit('division', '001.TNMT', 'Phòng Tài nguyên và Môi trường', 'district', 'district', { kind: 'division', to: '2025-06-30' }),
  otherDistrict: unit('otherDistrict', '002', 'Quận Hoàn Kiếm', 'district', 'city', { to: '2025-06-30' }),
  commune: unit('commune', '00004', 'Phường Trúc Bạch', 'commune', 'district', {
    to: '2025-06-30',
    successors: [{ unitId: 'newCommune', portion: 'whole', on: '2025-07-01' }],
  }),
  splitCommune: unit('splitCommune', '00019', 'Phường Điện Biên', 'commune', 'district', {
    to: '2025-06-30',
    successors: [
      { unitId: 'newCommune', portion: 'part', on: '2025-07-01' },
      { unitId: 'otherNewCommune', portion: 'part', on: '2025-07-01' },
    ],
  }),
  otherCommune: unit('otherCommune', '00037', 'Phường Hàng Bạc', 'commune', 'otherDistrict', { to: '2025-06-30' }),
  newCommune: unit('newCommune', '00004', 'Phường Ba Đình', 'commune', 'city', { from: '2025-07-01' }),
  otherNewCommune: unit('otherNewCommune', '00070', 'Phường Hoàn Kiếm', 'commune', 'city', { from: '2025-07-01' }),
  communeOffice: unit('communeOffice', '00004.KT', 'Phòng Kinh tế', 'commune', 'newCommune', { kind: 'division', from: '2025-07-01' }),
};

export const hanoiStructure = new UnitStructure(Object.values(hanoi));

function unit(
  id: string,
  code: string,
  name: string,
  level: UnitLevel,
  parentId: string | null,
  {
    kind = 'peoples_committee',
    from = '2008-08-01',
    to = null,
    successors = [],
  }: { kind?: UnitKind; from?: LegalDate; to?: LegalDate | null; successors?: Successor[] } = {},
): Unit {
  return { id, code, symbol: code, name, level, kind, parentId, validFrom: from, validTo: to, successors };
}
