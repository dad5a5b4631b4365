import { describe, expect, it } from '@jest/globals';
import { nameParts } from './name-parts.js';
import { couldMean } from './names.js';

const hang = 'Lê Thu Hằng';
const xuan = 'Đỗ Đình Đức';

describe('whoever could be meant', () => {
  it.each([
    ['the very name', hang, hang],
    ['without accents', 'le  thu hang', hang],
    ['decomposed', hang.normalize('NFD'), hang],
    ['full width', 'Ｌê Ｔｈｕ Ｈằｎｇ', hang],
    ['Cyrillic look-alikes', 'Lе Thu Hаng', hang],
    ['a Cyrillic title', 'Bа Lе Thu Hаng', hang],
    ['a zero-width space', 'Lê Thu H\u200Bằng', hang],
    ['a soft hyphen', 'Lê Th\u00ADu Hằng', hang],
    ['the last word first', 'Hằng Lê Thu', hang],
    ['the first word last', 'Thu Hằng Lê', hang],
    ['first and last', 'Lê Hằng', hang],
    ['the last two', 'Thu Hằng', hang],
    ['the first two', 'Lê Thu', hang],
    ['initials', 'L. T. Hằng', hang],
    ['an initial', 'Lê T. Hằng', hang],
    ['initials in one', 'LT Hằng', hang],
    ['initials behind', 'Hằng L.T.', hang],
    ['initials alone', 'bà L.T.H', hang],
    ['a shortened family name', 'Ng. T. Đào', 'Nguyễn Thị Đào'],
    ['two letters', 'L. Th. Hằng', hang],
    ['run together', 'LêThuHằng', hang],
    ['partly run together', 'Lê ThuHằng', hang],
    ['run together and turned', 'HằngLêThu', hang],
    ['spaced letters', 'L ê T h u H ằ n g', hang],
    ['entities', 'L&ecirc; Thu H&#7857;ng', hang],
    ['no-break spaces as entities', 'Lê&nbsp;Thu&nbsp;Hằng', hang],
    ['tags', 'Lê <b>Thu</b> Hằng', hang],
    ['commas', 'Lê, Thu, Hằng', hang],
    ['brackets', 'Lê (Thu) Hằng', hang],
    ['hyphens', 'Lê-Thu-Hằng', hang],
    ['a number behind', 'Lê Thu Hằng1', hang],
    ['a year behind', 'LÊ THU HẰNG, SN 1970', hang],
    ['another word within', 'Lê Thị Thu Hằng', hang],
    ['a word left out of the account', hang, 'Lê Thị Thu Hằng'],
    ['Đ as U+00D0', '\u00D0ỗ \u00D0ình \u00D0ức', xuan],
    ['Đ as U+00F0', '\u00F0ỗ \u00F0ình \u00F0ức', xuan],
    ['Đ as U+0189', '\u0189ỗ \u0189ình \u0189ức', xuan],
    ['Đ as U+00D0 of the account', xuan, '\u00D0ỗ \u00D0ình \u00D0ức'],
    ['a title', 'Bà Lê Thu Hằng', hang],
    ['a short title', 'đ/c Lê Thu Hằng', hang],
    ['a title and an office of the account', 'Bà Lê Thu Hằng', 'Lê Thu Hằng (PCT)'],
    ['a title and another office of the account', 'Ông Nguyễn Văn Hoà', 'Nguyễn Văn Hoà, Trưởng phòng'],
    ['offices before and behind', 'Chủ tịch Lê Thu Hằng', 'Lê Thu Hằng – Chủ tịch UBND phường'],
    ['the office before in the account', 'Bà Hằng Lê Thu, PCT', 'PCT. Lê Thu Hằng'],
    ['an office with its place before', 'Chủ tịch UBND phường Ba Đình Lê Thu Hằng', hang],
    ['the same in the account', 'Bà Lê Thu Hằng', 'Chủ tịch UBND phường Ba Đình Lê Thu Hằng'],
    ['an office in brackets', 'Bà Lê Thu Hằng [Phó Chủ tịch]', 'Lê Hằng (PCT)'],
    ['among several', 'Trần Văn Đức và Lê Thu Hằng', hang],
    ['another name', 'Trần Thị Mai (tức Hằng Lê Thu)', hang],
    ['within a sentence', 'cán bộ tên là Lê Thu Hằng ở phường', hang],
    ['shortened with an office', 'Bà T. Hằng - PCT phường', hang],
    ['initials with a middle word left out', 'bà Q. S. Mai', 'Quách Thị Sương Mai'],
    ['initials alone with a middle word left out', 'bà QSM', 'Quách Thị Sương Mai'],
    ['initials alone of four words', 'QTSM', 'Quách Thị Sương Mai'],
    ['a title of one letter', 'ô. N.V. An', 'Nguyễn Văn An'],
    ['a title of one letter before initials alone', 'Ô. N.V.A.', 'Nguyễn Văn An'],
    ['a title of one small letter', 'b. Hằng Lê', hang],
    ['keys of Telex', 'Nguyeenx Vawn An', 'Nguyễn Văn An'],
    ['keys of Telex in two words', 'Leej Hawngf', 'Lệ Thu Hằng'],
    ['keys of Telex at the end', 'DDungd Ddinhf Dduwcs', 'Đừng Đình Đức'],
    ['a horn of Telex', 'Truwowng Thij Huwowngf', 'Trương Thị Hường'],
    ['keys of VNI', 'Nguye64n Va8n An', 'Nguyễn Văn An'],
    ['a digit behind a word', 'Nguyễn Van9', 'Nguyễn Văn An'],
    ['a digit as a letter', 'Nguy3n An', 'Nguyễn Văn An'],
    ['digits as letters', 'L3 Thu H4ng', hang],
  ])('is so by %s, either way round', (_how, accused, official) => {
    expect([couldMean(accused, official, false), couldMean(official, accused, false)]).toEqual([true, true]);
  });

  it.each(['Bà Hằng', 'Hằng', 'chị HẰNG', 'Bа Hаng', 'Bà Hằng PCT', 'Hằng, cán bộ địa chính', 'bà Hằng phường Ba Đình', 'đ/c Hằng'])(
    'is so by one word in one unit alone: %j',
    (accused) => {
      expect([true, false].map((together) => couldMean(accused, hang, together))).toEqual([true, false]);
    },
  );
});

describe('whoever plainly has another name', () => {
  it.each([
    ['another family name', 'Nguyễn Thu Hằng', hang],
    ['another middle name', 'Lê Thị Hằng', hang],
    ['another last name', 'Lê Thu Hường', hang],
    ['nothing in common', 'Ngô Thị Thanh Xuân', hang],
    ['another one with the same office', 'Trần Văn Đức, Trưởng phòng Tài chính', 'Lê Thu Hằng, Trưởng phòng Tài chính'],
    ['another one of the same ward', 'Ông Trần Văn Đức, UBND phường Ba Đình', 'Lê Thu Hằng (UBND phường Ba Đình)'],
    ['a title that begins as the name', 'Ông Lê Văn Tám', 'Nguyễn Thị Lê'],
    ['a family name like a title', 'Chu Văn An', 'Nguyễn Văn An'],
    ['a name like an office', 'Lê Thị Thanh Trà', 'Lê Thị Hà'],
    ['a given name like a place', 'Nguyễn Thu Phương', 'Nguyễn Thu Hà'],
    ['other initials', 'T. V. Hằng', hang],
    ['initials of another last name', 'L. T. Hoa', hang],
    ['an office alone', 'Chủ tịch UBND phường Ba Đình', hang],
    ['an account of an office', 'Lê Thu Hằng, phường Hoàn Kiếm', 'Lãnh đạo Phường Hoàn Kiếm'],
    ['somebody told beside', 'Lê Văn Tám (do bà Hoàng Thị Sương tố cáo)', hang],
    ['other initials alone', 'QTHM', 'Quách Thị Sương Mai'],
    ['initials in another order', 'N.A.V.', 'Nguyễn Văn Anh Minh'],
    ['a word of its own that ends like a key', 'Trần Thị Mây', 'Trần Thị Mai'],
    ['another name with keys of Telex', 'Nguyeenx Vawn Binhf', 'Nguyễn Văn An'],
    ['another name with digits', 'Nguy3n V4n B1nh', 'Nguyễn Văn An'],
    ['a title of one letter before another name', 'ô. N.V. Anh', 'Nguyễn Văn An'],
    ['a last word that begins as the middle one goes on', 'Nguyễn Văn Bình', 'Nguyễn Văn An'],
    ['several others', 'Trần Văn Đức và Nguyễn Thị Hoà', hang],
    ['an account of the inspectorate', 'Lê Thị Thanh Trà', 'Lãnh đạo Thanh tra thành phố'],
    ['nothing', '', hang],
    ['signs alone', '...', hang],
  ])('is another by %s, either way round', (_how, accused, official) => {
    for (const together of [true, false])
      expect([couldMean(accused, official, together), couldMean(official, accused, together)]).toEqual([false, false]);
  });
});

it('takes a field apart into names', () => {
  const of = (field: string) => nameParts(field).map(({ words }) => words.join(' '));
  expect(of('Bà NGUYỄN THỊ ĐÀO, SN 1970')).toEqual(['nguyen thi dao']);
  expect(of('Nguyễn Thị Đào (tức Mai Đào)')).toEqual(['nguyen thi dao', 'mai dao']);
  expect(of('Nguyễn Thị Đào và Lê Văn Tám')).toEqual(['nguyen thi dao', 'le van tam']);
  expect(of('Nguyễn Văn Túc')).toEqual(['nguyen van tuc']);
  expect(of('Bà')).toEqual(['ba']);
  for (const name of [
    ...[
      'Nguyễn Văn Đường',
      'Lê Thảo Nguyên',
      'Nguyễn Công An',
      'Nguyễn Văn Sinh',
      'Trần Văn Chánh',
      'Trần Văn Phòng',
      'Chu Văn An',
      'Lê Thanh Trà',
    ],
    ...[
      'Nguyen Van Phong',
      'Truong Phong Hai',
      'Tran Chi Huy',
      'Nguyen Thanh Tra',
      'Do Van Ban',
      'To Truong Son',
      'Le Thu Ky',
      'NGUYỄN VĂN PHÒNG',
    ],
  ])
    expect(of(name)).toEqual([name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Đ', 'D').toLowerCase()]);
});

it('costs little however long and strange a name is', () => {
  const began = performance.now();
  for (const word of ['Lê ', 'a ', 'L. ', 'Lê Thu, ', 'và ']) couldMean(word.repeat(60), `${word.repeat(20)} ${hang}`, true);
  expect(performance.now() - began).toBeLessThan(2000);
});
