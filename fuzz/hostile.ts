/** Values that have broken servers before: wrong in kind, in size, in encoding, or words that mean something to a machine. */

export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\u202eabc',
  'a\u200bb',
  '\ufeff',
  // Names of Object.prototype: they are found in every record.
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  // Other languages than ours.
  "' or 1=1 --",
  '$1',
  '%',
  '%00',
  '%ff',
  '\\',
  '"',
  '${7*7}',
  '{{7*7}}',
  '{@summary}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  "=cmd|'/C calc'!A0",
  '\r\nSet-Cookie: x=1',
  '((((((((((',
  '* & | !',
  ':*',
  // Numbers and days that look right.
  '-1',
  '0',
  '1e999',
  'NaN',
  'null',
  'true',
  '[]',
  '9'.repeat(400),
  '2026-02-30',
  '0000-01-01',
  '2024-02-29',
  '9999-12-31',
  '2026-02-30T08:00:00Z',
  '9999-12-31T23:59:60Z',
  '275760-09-13T00:00:00.000Z',
  '24:00',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF',
  '2026-Y',
  '2026-Q5',
  'https://127.0.0.1:99999/',
  'http://[::127.0.0.1]/',
  // Long, and longer in bytes than in letters.
  'x'.repeat(10_001),
  'ệ'.repeat(3_000),
  'Hoà'.normalize('NFD').repeat(50),
  '😀'.repeat(300),
  'ﷺ'.repeat(40),
  'İ',
  'ＡＢＣ１２３',
];

export const hostileNumbers: readonly number[] = [
  0, -1, 1.5, 0.1, -0, 2_147_483_647, 2_147_483_648, -2_147_483_649, 9_007_199_254_740_993, 1e21, 1e308, 99_999, 10_000,
];

export const wrongKinds: readonly unknown[] = [
  null,
  true,
  [],
  {},
  [[]],
  [null],
  { constructor: 1 },
  { toString: 'x' },
  { a: { b: { c: {} } } },
  'text',
  7,
];

/** Names of fields that nobody asked for. */
export const strangeFields: readonly string[] = [
  'id',
  'roles',
  'unitId',
  'state',
  'version',
  'isAdmin',
  'constructor',
  'toString',
  'createdBy',
  '$where',
];

/** Bodies that are wrong as a whole, with the type that they are sent as. */
export const brokenBodies: readonly [type: string, body: string][] = [
  ['application/json', ''],
  ['application/json', '{'],
  ['application/json', '[]'],
  ['application/json', 'null'],
  ['application/json', '"x"'],
  ['application/json', '{"__proto__":{"a":1}}'],
  ['application/json', '{"constructor":{"prototype":{"a":1}}}'],
  ['application/json', '{"a":1e999}'],
  ['application/json', '\u0000'],
  ['application/json', '\ufeff{}'],
  ['application/json', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`],
  ['application/json', `[${'[],'.repeat(3_000)}[]]`],
  ['application/json; charset=utf-16', '{}'],
  ['text/plain', 'a'],
  ['application/xml', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['multipart/form-data', 'x'],
  ['multipart/form-data; boundary=x', '--x\r\n'],
  ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\r\n'],
  ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data\r\n\r\n1\r\n--x--\r\n'],
  ['', 'x'],
];

/** One pixel, a letter a byte. */
const aPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
).toString('latin1');

/** Small files: what is read by each kind of upload, and what is not what it says. */
export const files: readonly [name: string, content: string][] = [
  ['don.pdf', '%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n'],
  ['so.csv', 'Số đơn,Ngày nhận,Loại đơn,Nội dung,Họ tên\nF-1,01/02/2026,Khiếu nại,Nội dung,Trần A\n'],
  ['nguoi-ky.csv', 'name,birth_year\nTrần Thị Bình,1970\n'],
  ['don-vi.csv', 'code,name,level,parent_code\n99999,Xã Thử,commune,01\n'],
  ['so.ndjson', '{"a":1}\n[1]\nnull\n'],
  ['rong.xlsx', ''],
  ['hong.xlsx', 'PK\u0003\u0004garbage'],
  ['mau.docx', 'PK\u0005\u0006'.padEnd(22, '\u0000')],
  ['anh.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['anh.png', aPng],
  ['mo.csv', '"unclosed,\n'],
  ['cong-thuc.csv', '\ufeffname\n=1+1\n'],
  ['nhi-phan.bin', '\u0000\u0001\u0002'],
  ['rong-cot.csv', `${'a,'.repeat(5_000)}\n1\n`],
  ['dong.csv', 'name\n'.repeat(2_000)],
];

export const fileNames: readonly string[] = [
  '../../etc/passwd',
  'a\u202efdp.exe',
  `${'ế'.repeat(150)}.pdf`,
  '.csv',
  'khong-duoi',
  "a'; rm -rf.csv",
];
