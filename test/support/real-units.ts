import { existsSync, readFileSync } from 'node:fs';

const folder = '../shared/data';

/** Files of whole structures to import, with what is in them. */
export interface UnitFiles {
  before: Buffer;
  beforeRows: number;
  since: Buffer;
  sinceRows: number;
  mergers: Buffer;
  mergerRows: number;
  /** Communes of Hanoi since 2025-07-01. */
  hanoiCommunes: number;
}

/** The real units of Viet Nam where their files lie beside the project; else invented ones of the same number and shape. */
export function realUnits(): UnitFiles {
  return existsSync(`${folder}/units-2024.csv`)
    ? {
        before: readFileSync(`${folder}/units-2024.csv`),
        beforeRows: 10_794,
        since: readFileSync(`${folder}/units-2025-07.csv`),
        sinceRows: 3_355,
        mergers: readFileSync(`${folder}/hanoi-mergers-2025-07.csv`),
        mergerRows: 794,
        hanoiCommunes: 126,
      }
    : inventedUnits();
}

function inventedUnits(): UnitFiles {
  const number = (value: number, digits: number) => String(value).padStart(digits, '0');
  const communes = (count: number, parent: (index: number) => string, named: Record<string, string>) =>
    Array.from({ length: count }, (_, index) => {
      const code = number(index + 1, 5);
      return `${code},${named[code] ?? `Xã ${code}`},commune,${parent(index)}`;
    });
  const provinces = (count: number) => [
    '01,Thành phố Hà Nội,province,',
    ...Array.from({ length: count - 1 }, (_, index) => `${number(index + 2, 2)},Tỉnh ${index + 2},province,`),
  ];
  const districts = Array.from(
    { length: 696 },
    (_, index) => `${number(index + 1, 3)},${index === 0 ? 'Quận Ba Đình' : `Huyện ${index + 1}`},district,${number((index % 63) + 1, 2)}`,
  );
  const old = [
    ...provinces(63),
    ...districts,
    ...communes(10_035, (index) => (index < 30 ? '001' : number((index % 695) + 2, 3)), {
      '00004': 'Phường Trúc Bạch',
      '00019': 'Phường Điện Biên',
    }),
  ];
  const current = [
    ...provinces(34),
    ...communes(3_321, (index) => (index < 126 ? '01' : number((index % 33) + 2, 2)), { '00004': 'Phường Ba Đình' }),
  ];
  const mergers = [
    '00004,Phường Trúc Bạch,Quận Ba Đình,00004,Phường Ba Đình,whole',
    '00019,Phường Điện Biên,Quận Ba Đình,00004,Phường Ba Đình,part',
    '00019,Phường Điện Biên,Quận Ba Đình,00005,Xã 00005,part',
  ];
  const csv = (header: string, rows: string[]) => Buffer.from([header, ...rows, ''].join('\n'));
  return {
    before: csv('code,name,level,parent_code', old),
    beforeRows: old.length,
    since: csv('code,name,level,parent_code', current),
    sinceRows: current.length,
    mergers: csv('old_code,old_name,old_district,new_code,new_name,portion', mergers),
    mergerRows: mergers.length,
    hanoiCommunes: 126,
  };
}
