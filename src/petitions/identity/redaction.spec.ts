import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { atOnce, inSlices } from '../../platform/parsing/slices.js';
import { PeopleFinder } from './find-people.js';
import { redacted, Redaction, type Telling } from './redaction.js';

const redactionOf = (people: readonly Telling[], others?: readonly string[]): Redaction => atOnce(Redaction.taking(people, others));
const redact = (text: string, people: readonly Telling[]): string => redactionOf(people).sure(text);
const finderOf = (people: readonly Telling[]): PeopleFinder => atOnce(PeopleFinder.of(people, redacted));

const hoa: Telling = {
  name: 'Nguyễn Thị Hoà',
  nationalId: '001182012345',
  address: 'Số 5, ngõ 12 phố Trấn Vũ',
  phone: '0912 345 678',
};
const mai: Telling = {
  name: 'Quách Thị Sương Mai',
  nationalId: '001177000777',
  address: 'Số 77 ngõ 7 phố Sương, phường Ba Đình',
  phone: '0977700077',
};

const an: Telling = { name: 'Nguyễn Văn An', nationalId: null, address: null, phone: '0903 123 456' };

describe('a text without its author', () => {
  it.each([
    ['Tôi là Nguyễn Thị Hoà, tố cáo ông Bình.', `Tôi là ${redacted}, tố cáo ông Bình.`],
    ['tôi tên NGUYỄN THỊ HÒA', `tôi tên ${redacted}`],
    ['ky ten: nguyen  thi hoa.', `ky ten: ${redacted}.`],
    ['Nguyễn Thị\nHoà', redacted],
    ['CCCD 001182012345', `CCCD ${redacted}`],
    ['CCCD 001 182 012 345, ĐT 0912.345.678', `CCCD ${redacted}, ĐT ${redacted}`],
    ['ở số 5 ngõ 12, phố Trấn Vũ từ 1990', `ở ${redacted} từ 1990`],
    // Decomposed letters, as some keyboards send them.
    ['Tôi là Nguyễn Thị Hoà'.normalize('NFD'), `Tôi là ${redacted}`],
  ])('%j', (text, expected) => {
    expect(redact(text, [hoa])).toBe(expected);
  });

  it.each([
    ['a zero-width space in a word', 'bà Quá\u200Bch Thị Sương Mai'],
    ['soft hyphens', 'bà Quá\u00ADch Thị Sư\u00ADơng Mai'],
    ['a word joiner and a left-to-right mark', 'bà Quách\u2060 Thị\u200E Sương Mai'],
    ['a line broken as PDF files break it', 'bà Quách Thị\n          \t   Sương Mai'],
    ['a word cut at the end of a line', 'bà Quách Thị Sư-\nơng Mai'],
    ['another order of the words', 'bà Mai Quách Thị Sương'],
    ['all words turned round', 'bà Mai Sương Thị Quách'],
    ['without the middle word', 'bà Quách Sương Mai'],
    ['initials', 'bà Q.T.S. Mai'],
    ['initials in one', 'bà QTS Mai'],
    ['initials in the middle', 'bà Quách T. S. Mai'],
    ['Cyrillic letters', 'bà Quách Thị Sương Mаi'],
    ['Greek letters', 'bà Quách Τhị Sương Mai'],
    ['full width', 'bà Ｑｕáｃｈ Ｔｈị Ｓươｎｇ Ｍａｉ'],
    ['mathematical letters', 'bà 𝐐𝐮á𝐜𝐡 𝐓𝐡ị Sương Mai'],
    ['entities', 'bà Quách&nbsp;Thị&#160;Sương&#xA0;Mai'],
    ['letters as entities', 'bà Qu&aacute;ch Th&#7883; Sương Mai'],
    ['Markdown', 'bà **Quách** **Thị** __Sương__ ~~Mai~~'],
    ['HTML', 'bà <b>Quách</b> <span class="x">Thị</span>\n<i>Sương</i> Mai'],
    ['an attribute of HTML', 'bà <a title="Quách Thị Sương Mai">kia</a>'],
    ['words run together', 'bà QuáchThịSươngMai'],
    ['letters spaced out', 'bà Q U Á C H  T H Ị  S Ư Ơ N G  M A I'],
    ['no-break spaces', 'bà Quách\u00A0Thị\u202FSương\u3000Mai'],
    ['+84', 'ĐT +84977700077'],
    ['84 with spaces', 'ĐT 84 977 700 077'],
    ['0084', 'ĐT 0084-977-700-077'],
    ['+84 (0)', 'ĐT +84 (0) 977 700 077'],
    ['without its first digit', 'ĐT 977.700.077'],
    ['brackets', 'ĐT (0977) 700-077'],
    ['a no-break space and a dash', 'ĐT 0977\u00A0700\u2013077'],
    ['double spaces', 'ĐT 0977  700  077'],
    ['pairs', 'ĐT 09 77 70 00 77'],
    ['full-width digits', 'ĐT ０９７７７０００７７'],
    ['a national id with strokes', 'CCCD 001/177/000/777'],
    ['a national id with en dashes', 'CCCD 001 – 177 – 000 – 777'],
    ['a national id spaced out', 'CCCD 0 0 1 1 7 7 0 0 0 7 7 7'],
    ['the address with other words', 'ở nhà 77 ngõ 7 phố Sương'],
    ['the address without words', 'ở 77 ngõ 7 Sương'],
    ['the address with a stroke', 'ở 77/7 phố Sương'],
    ['the address in another order', 'ở ngõ 7, số nhà 77, đường Sương'],
    ['an e-mail address', 'thư quach.suongmai@gmail.com'],
    ['an e-mail address by initials', 'thư qts.mai77@yahoo.com'],
    ['an e-mail address by number', 'thư 0977700077@zalo.vn'],
  ])('finds the person through %s', (_what, text) => {
    const [before] = text.split(' ');
    const clean = redact(text, [mai]);
    expect(clean.startsWith(before!)).toBe(true);
    expect(clean).toContain(redacted);
    expect(clean).not.toMatch(/Qu|Sươ|Mai|M A I|ａｉ|Mаi|77|７|@/u);
  });

  it.each([
    ['keys of Telex', 'bà Quachs Thij Suwowng Mai'],
    ['keys of Telex in one word', 'bà Quách Thị Suwowng Mai'],
    ['keys of VNI', 'bà Qua1ch Thi5 Su7o7ng Mai'],
    ['digits as letters', 'bà Qu4ch Th1 Suong M4i'],
    ['a digit behind its name', 'bà Quách Thị Sương Mai2'],
    ['a number in words', 'ĐT không chín bảy bảy bảy không không không bảy bảy'],
    ['a number in words without marks', 'ĐT khong chin bay bay bay khong khong khong bay bay'],
    ['a number in words with commas', 'ĐT không, chín, bảy, bảy, bảy, không, không, không, bảy, bảy'],
    ['a number in words and digits', 'ĐT không chín 77 bảy không không không 77'],
    ['a number in words by tens', 'ĐT không chín bảy mươi bảy bảy không không không bảy mươi bảy'],
    ['a number in words with the prefix of the country', 'ĐT tám bốn chín bảy bảy bảy không không không bảy bảy'],
    ['a national id in words', 'CCCD không không một một bảy bảy không không không bảy bảy bảy'],
  ])('finds the person through %s', (_what, text) => {
    expect(redact(text, [mai])).toBe(`${text.split(' ')[0]} ${redacted}`);
  });

  it.each(['Bà Nguyễn Thị Hoàn ở phường khác', 'Hoà bình', 'Số 0011820123456', 'phố Trấn Vũ có nhiều nhà', 'Quyết định số 5 ngày 12'])(
    'leaves %j',
    (text) => {
      expect(redact(text, [hoa])).toBe(text.normalize('NFC'));
      expect(redactionOf([hoa]).doubts(text)).toEqual([]);
    },
  );

  it('tells several people and what overlaps apart', () => {
    const binh: Telling = { name: 'Thị Hoà Bình', nationalId: null, address: null, phone: null };
    expect(redact('Nguyễn Thị Hoà Bình và Trần Văn Đức', [hoa, binh, { ...binh, name: 'Trần Văn Đức' }])).toBe(
      `${redacted} và ${redacted}`,
    );
  });

  const pieces = fc.constantFrom('đất', 'ông', 'Nguyễn', 'Thị', 'hoà', '12', ' ', '\n', ',', '(', '😀', 'Đ', '&nbsp;', '<b>', redacted);
  const words = fc.array(pieces, { maxLength: 12 });

  it('never holds the name or the number, wherever they stand', () => {
    fc.assert(
      fc.property(words, words, fc.constantFrom(hoa.name, hoa.name.toUpperCase(), hoa.nationalId!), (before, after, telling) => {
        const text = `${before.join(' ')} ${telling} ${after.join(' ')}`;
        const clean = redact(text, [hoa]).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
        expect(clean).not.toMatch(/nguyen\s+thi\s+hoa(?![a-z0-9])|001182012345/);
      }),
    );
  });

  it('never holds the name, whatever is strewn into it', () => {
    const strewn = fc.constantFrom('', '', '\u200B', '\u00AD', '\u2060', '\uFE0F', '\u0323', '&zwnj;');
    fc.assert(
      fc.property(fc.array(strewn, { minLength: 40, maxLength: 40 }), (signs) => {
        const text = [...mai.name].map((letter, index) => letter + signs[index]!).join('');
        expect(redact(`bà ${text}.`, [mai])).toBe(`bà ${redacted}.`);
      }),
    );
  });

  it('is the same when it is done twice', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          words.map((list) => list.join('')),
        ),
        (text) => {
          for (const way of ['sure', 'all'] as const) {
            const once = redactionOf([hoa])[way](`${text} ${hoa.name}`);
            expect(redactionOf([hoa])[way](once)).toBe(once);
          }
        },
      ),
    );
  });

  it('leaves all that stands between the places as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (texts) => {
        const text = texts.join(` ${mai.name} `);
        const kept = redact(text, [mai]).split(redacted);
        let at = 0;
        for (const part of kept) {
          const found = text.normalize('NFC').indexOf(part, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + part.length;
        }
      }),
    );
  });
});

describe('words that may mean somebody else', () => {
  it.each([
    ['bà Sương Mai kể lại', 'Sương Mai'],
    ['gặp Quách Mai ở chợ', 'Quách Mai'],
    ['thư gửi nguoidan@gmail.com', 'nguoidan@gmail.com'],
  ])('%j is asked about, and taken out where nobody can be asked', (text, doubt) => {
    const redaction = redactionOf([mai]);
    expect(redaction.doubts(text)).toEqual([doubt]);
    expect(redaction.sure(text)).toBe(text);
    expect(redaction.all(text)).toBe(text.replace(doubt, redacted));
  });

  it.each([
    ['bà Q. S. Mai kể', 'Q. S. Mai'],
    ['bà Q.S. Mai kể', 'Q.S. Mai'],
    ['bà QS Mai kể', 'QS Mai'],
    ['bà Q. Mai kể', 'Q. Mai'],
    ['bà q. mai kể', 'q. mai'],
    ['bà Quách S. Mai kể', 'Quách S. Mai'],
    ['bà Q. Thị Sương Mai kể', 'Q. Thị Sương Mai'],
    ['bà Q. Sương Mai kể', 'Q. Sương Mai'],
    ['bà Quách Thị S. M. kể', 'Quách Thị S. M'],
    ['bà Mai Q.T.S. kể', 'Mai Q.T.S'],
    ['bà QTSM kể', 'QTSM'],
    ['bà Q.T.S.M. kể', 'Q.T.S.M'],
    ['bà q.t.s.m. kể', 'q.t.s.m'],
    ['bà QSM kể', 'QSM'],
    ['(Q.T.S.M)', 'Q.T.S.M'],
  ])('%j is a short form that is asked about', (text, doubt) => {
    const redaction = redactionOf([mai]);
    expect(redaction.doubts(text)).toEqual([doubt]);
    expect(redaction.all(text)).toBe(text.replace(doubt, redacted));
  });

  it.each([
    ['ông N.V.A. kể', 'N.V.A'],
    ['ô. N.V. An kể', 'N.V. An'],
    ['ông NVA kể', 'NVA'],
    ['ông Nguyễn Văn A. kể', 'Nguyễn Văn A'],
    ['ông N. An kể', 'N. An'],
    ['ông Nguyeenx An kể', 'Nguyeenx An'],
    ['ông Vawn An kể', 'Vawn An'],
  ])('%j is a short form of a common name that is asked about', (text, doubt) => {
    expect(redactionOf([an]).doubts(text)).toEqual([doubt]);
  });

  it.each([
    'Nạn nhân không ở nhà; anh An ninh trực ban đã ghi nhận, và nan giải.',
    'UBND phường gửi Công văn số 15/QĐ-UBND, 12/GM-NVA và 7/TB-QTSM ngày 12/5/2026.',
    'Không ai có ba năm sáu tháng tạm trú; một hai ba bốn năm người đến, chín người không đến.',
    'P. An Khánh, Q. Mai Châu, TP. Hồ Chí Minh, H. An Lão và tỉnh N. An Giang.',
    'Mai kia sương xuống, thị xã sẽ mai táng; quách cũ để nguyên, văn bản còn an toàn.',
    'Ban TCD tiếp 12 lượt; BHXH, TAND, CSGT, THCS, GCN, HĐND, VKSND đều đã trả lời.',
    'Số 09777 và 000 77 là hai quyển sổ; mục 3a, mục 5b, khoản 2c Điều 9.',
    'Nguyễn và Trần là hai họ; nguyên văn: anh ninh; ông Nguyễn Văn Bình có nguyện vọng.',
    'Tạm ứng 3 tháng, chín mươi bảy hộ, không có hộ nào; bảy không, bảy có.',
    'GIẤY MỜI CÁC HỘ DÂN ĐẾN NHẬN TIỀN, MANG THEO CĂN CƯỚC',
    'A. Phần một; B. Phần hai; N. V. và các mục khác',
    'Ngõ 7, gọi Mai sau 5 phút nữa; thị trường, văn phòng',
  ])('%j is none', (text) => {
    const redaction = redactionOf([mai, an]);
    expect(redaction.doubts(text)).toEqual([]);
    expect(redaction.all(text)).toBe(text.normalize('NFC'));
  });

  it('leave out the abbreviations of every day, whoever they could be', () => {
    const dan = { ...mai, name: 'Uông Bá Nhật Dân' };
    expect(redactionOf([dan]).doubts('UBND phường')).toEqual([]);
    expect(redactionOf([dan]).doubts('bà U. N. Dân')).toEqual(['U. N. Dân']);
  });

  it('are none where the short form is as well that of somebody whom everybody may know', () => {
    expect(redactionOf([mai], ['Trần Thị Sương Mai']).doubts('bà Q. S. Mai và T. S. Mai')).toEqual(['Q. S. Mai']);
    expect(redactionOf([mai], ['Quang Sơn Mai']).doubts('ông Q. S. Mai')).toEqual([]);
  });

  it('are none where everybody may know whom they mean', () => {
    expect(redactionOf([mai], ['Trần Sương Mai']).doubts('bà Sương Mai, Chủ tịch phường')).toEqual([]);
    expect(redactionOf([mai]).doubts('thư gửi tiepdan@hanoi.gov.vn')).toEqual([]);
    expect(redactionOf([mai], ['Trần Sương Mai']).sure('bà Quách Thị Sương Mai')).toBe(`bà ${redacted}`);
  });

  it('are part of what is sure where they overlap it', () => {
    expect(redactionOf([mai]).doubts('Quách Thị Sương Mai')).toEqual([]);
  });
});

describe('a person as a clerk enters one', () => {
  const clean = (person: Partial<Telling>, text: string) =>
    redactionOf([{ name: 'Nguyễn Thị Đào', nationalId: null, address: null, phone: null, ...person }]).all(text);

  it.each([
    ['NGUYỄN THỊ ĐÀO, SN 1970', 'chị Nguyễn Thị Đào kể', `chị ${redacted} kể`],
    ['NGUYỄN THỊ ĐÀO, SN 1970', 'chị Thị Đào kể', `chị ${redacted} kể`],
    ['Bà Nguyễn Thị Đào', 'chị Nguyễn Thị Đào kể', `chị ${redacted} kể`],
    ['Bà Nguyễn Thị Đào', 'chị Đào Nguyễn Thị kể', `chị ${redacted} kể`],
    ['Nguyễn Thị Đào (tức Mai Đào)', 'chị Nguyễn Thị Đào, chị Mai Đào', `chị ${redacted}, chị ${redacted}`],
    ['Nguyễn Thị Đào và Lê Văn Tám', 'Lê Văn Tám cùng Nguyễn Thị Đào', `${redacted} cùng ${redacted}`],
    ['Nguyễn Thị Đào - Lê Văn Tám', 'Lê Văn Tám cùng Nguyễn Thị Đào', `${redacted} cùng ${redacted}`],
    ['Nguyeenx Thij DDaof', 'chị Nguyễn Thị Đào kể', `chị ${redacted} kể`],
    ['Nguy3n Thị Đào', 'chị Nguyễn Thị Đào kể', `chị ${redacted} kể`],
    ['Nguyễn Thị Đào', 'chị Ng. T. Đào kể', `chị ${redacted} kể`],
    ['Nguyễn Thị Đào', 'chị Ng. Th. Đào kể', `chị ${redacted} kể`],
    ['Ng. T. Đào', 'chị Ng. T. Đào kể', `chị ${redacted} kể`],
    ['Nguyễn Thị Đào, phường Ba Đình', 'phường Ba Đình có chợ', 'phường Ba Đình có chợ'],
    ['Công ty Hoa Sen', 'Công ty Hoa Sen thuê', `${redacted} thuê`],
  ])('is found by the names in %j: %j', (name, text, expected) => {
    expect(clean({ name }, text)).toBe(expected);
  });

  it.each([
    ['Số 12 Đường Thành, phường Hoàn Kiếm', 'nhà ở 12 Đường Thành cạnh chợ'],
    ['Số 12 phố Đường Thành', 'nhà ở số nhà 12, phố Đường Thành cạnh chợ'],
    ['Số 12 Quán Thánh, phường Ba Đình', 'nhà ở số 12 phố Quán Thánh cạnh chợ'],
    ['Số 12 phố Quán Thánh', 'nhà ở 12 QUAN THANH cạnh chợ'],
  ])('is found by a street that is called like a word for one: %j in %j', (address, text) => {
    expect(clean({ address }, text)).toMatch(/^nhà ở [^\d]*\[người tố cáo\] cạnh chợ$/);
    expect(clean({ address }, 'phố Quán Thánh và Đường Thành có 12 nhà')).toBe('phố Quán Thánh và Đường Thành có 12 nhà');
  });
});

describe('what tells of whoever is denounced', () => {
  const ofAnother = (name: string, text: string) => redactionOf([{ ...mai, name }]).ofAnother(text);
  it.each([
    ['Lê Thu Hằng', 'Chủ tịch Lê Thu Hằng', 'Chủ tịch [không nêu]'],
    ['Lê Thu Hằng', 'Bà Lê Thu Hằng', 'Bà [không nêu]'],
    ['Thu Hằng', 'Lê Thu Hằng', 'Lê [không nêu]'],
    ['Lê Thu', 'Lê Thu Hằng', '[không nêu] Hằng'],
    ['Quách Thị Sương Mai', 'Ông Tám do Sương Mai kể', 'Ông Tám do [không nêu] kể'],
    ['Quách Thị Sương Mai', 'Lê Văn Tám', 'Lê Văn Tám'],
    ['Quách Thị Sương Mai', '018f6b1e-7c00-7000-8000-0977700077aa', '018f6b1e-7c00-7000-8000-0977700077aa'],
  ])('loses whatever could be %j: %j', (name, text, expected) => {
    expect(ofAnother(name, text)).toBe(expected);
    expect(ofAnother(name, expected)).toBe(expected);
  });
});

describe('the time it takes', () => {
  const hostile = fc.constantFrom(
    'Quách ',
    'Thị ',
    'quachthisuong',
    'Sương ',
    'Mai ',
    '0',
    '77 ',
    '7 phố ',
    '<b',
    '&#',
    '@',
    'a@',
    'ngõ ',
    'q',
    '.',
    'Q.',
    'QTS',
    'Quachs ',
    'M4',
    'không ',
    'bảy mươi ',
  );

  it('grows with the text and not with its square', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 6 }), (repeated) => {
        const stepsOf = (times: number): number => {
          const finder = finderOf([mai, hoa]);
          finder.find(repeated.join('').repeat(times));
          return finder.steps;
        };
        expect(stepsOf(400)).toBeLessThanOrEqual(2.2 * stepsOf(200) + 500);
      }),
      { numRuns: 60 },
    );
  });

  it('is no more for a thousand people than the text is long, some times over', () => {
    const crowd = Array.from({ length: 1000 }, (_, index): Telling => ({
      name: `Người ${['Thứ', 'Văn', 'Thị'][index % 3]} Số${String.fromCharCode(97 + (index % 26), 97 + (Math.floor(index / 26) % 26))}`,
      nationalId: String(100_000_000_000 + index * 7919),
      address: null,
      phone: null,
    }));
    const finder = finderOf(crowd);
    const text = 'Người Thứ đi chợ 100 000 cùng Người Văn '.repeat(500);
    finder.find(text);
    expect(finder.steps).toBeLessThan(20 * text.length);
  });

  it('is no more for names and addresses of any lengths than the text is long, some times over', () => {
    const words = ['An', 'Ba', 'Ca'];
    const crowd = Array.from({ length: 300 }, (_, index): Telling => {
      const said = Array.from({ length: 2 + (index % 60) }, (_word, at) => words[(index * 7 + at * at) % 3]).join(' ');
      return { name: said, nationalId: null, address: `12 ${said} ${said}`, phone: null };
    });
    const finder = finderOf(crowd);
    const text = 'An Ba Ca 12 Ba An An '.repeat(400);
    finder.find(text);
    expect(finder.steps).toBeLessThan(100 * text.length);
  });
});

describe('the work to take people in', () => {
  const letters = (from: number, length: number): string =>
    Array.from({ length }, (_, at) => (at % 6 === 5 ? ' ' : String.fromCharCode(97 + ((from * 31 + at * at * 7) % 26)))).join('');
  const crowdOf = (people: number, length: number): Telling[] =>
    Array.from({ length: people }, (_, index) => ({
      name: `Nguyễn ${letters(index, length)} An`,
      nationalId: String(100_000_000_000 + index * 7919),
      address: letters(index, 2 * length),
      phone: null,
    }));
  const builtOf = (people: number, length: number): number => finderOf(crowdOf(people, length)).built;

  it('grows with the number of people and with the letters of their names', () => {
    expect(builtOf(400, 60)).toBeLessThanOrEqual(2.1 * builtOf(200, 60));
    expect(builtOf(100, 180)).toBeLessThanOrEqual(3.3 * builtOf(100, 60));
    expect(builtOf(1000, 180)).toBeLessThan(1000 * 540);
  });

  it('brings each word of a name into its plain form a few times, however many offices and titles there are', () => {
    const crowd = crowdOf(200, 60);
    finderOf(crowd);
    const words = crowd.reduce((sum, { name }) => sum + name.split(' ').length, 0);
    const normalize = jest.spyOn(String.prototype, 'normalize');
    try {
      finderOf(crowd);
      expect(normalize.mock.calls.length).toBeLessThan(4 * words);
    } finally {
      normalize.mockRestore();
    }
  });

  it('is done once, also where there is somebody else whom everybody may know', () => {
    const crowd = crowdOf(200, 60);
    const of = jest.spyOn(PeopleFinder, 'of');
    try {
      redactionOf(crowd, ['Trần Văn Bình', 'Lê Thị Thu Hằng']);
      expect(of).toHaveBeenCalledTimes(1);
    } finally {
      of.mockRestore();
    }
  });

  it('lets others in between any two people, and within a long text', () => {
    const pausesOf = (work: Generator<void, unknown, void>): number => [...work].length;
    expect(pausesOf(Redaction.taking(crowdOf(50, 180)))).toBeGreaterThanOrEqual(50);
    expect(pausesOf(finderOf([mai]).finding('Bà Mai ra phường '.repeat(1000)))).toBeGreaterThan(100);
  });

  it('finds in slices what it finds at once, and reads no text twice', async () => {
    const text = 'Bà Quách Thị Sương Mai và Q. S. Mai ở <b>số 77</b> ngõ 7 phố Sương';
    const redaction = await Redaction.of([mai]);
    const finding = jest.spyOn(PeopleFinder.prototype, 'finding');
    try {
      await redaction.read([text, text]);
      expect([redaction.sure(text), redaction.all(text), redaction.doubts(text)]).toEqual([
        redactionOf([mai]).sure(text),
        redactionOf([mai]).all(text),
        ['Q. S. Mai'],
      ]);
      expect(finding).toHaveBeenCalledTimes(3);
    } finally {
      finding.mockRestore();
    }
  });

  it('does one slice in each turn of the event loop, however many wait', async () => {
    const busy = function* (): Generator<void, void, void> {
      for (let times = 0; times < 3; times++) {
        const until = performance.now() + 5;
        while (performance.now() < until);
        slices.push(turn);
        yield;
      }
    };
    const slices: number[] = [];
    let [turn, going] = [0, true];
    const count = (): void => {
      turn++;
      if (going) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({ length: 5 }, () => inSlices(busy())));
    going = false;
    // The first slice of each begins at once.
    const later = slices.filter((at) => at > 0);
    expect(new Set(later).size).toBeGreaterThanOrEqual(later.length - 2);
  });
});
