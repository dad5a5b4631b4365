import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redact, redacted, type Telling } from './redaction.js';

const hoa: Telling = {
  name: 'Nguyễn Thị Hoà',
  nationalId: '001182012345',
  address: 'Số 5, ngõ 12 phố Trấn Vũ',
  phone: '0912 345 678',
};

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

  it.each(['Bà Nguyễn Thị Hoàn ở phường khác', 'Hoà bình', 'Số 0011820123456', 'phố Trấn Vũ có nhiều nhà'])('leaves %j', (text) => {
    expect(redact(text, [hoa])).toBe(text.normalize('NFC'));
  });

  it('tells several people and what overlaps apart', () => {
    const binh: Telling = { name: 'Thị Hoà Bình', nationalId: null, address: null, phone: null };
    expect(redact('Nguyễn Thị Hoà Bình và Trần Văn Đức', [hoa, binh, { ...binh, name: 'Trần Văn Đức' }])).toBe(
      `${redacted} và ${redacted}`,
    );
  });

  it('never holds the name or the number, wherever they stand', () => {
    const words = fc.array(fc.constantFrom('đất', 'ông', 'Nguyễn', 'Thị', 'hoà', '12', ' ', '\n', ',', '(', '😀', 'Đ'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, fc.constantFrom(hoa.name, hoa.name.toUpperCase(), hoa.nationalId!), (before, after, telling) => {
        const text = `${before.join(' ')} ${telling} ${after.join(' ')}`;
        const clean = redact(text, [hoa]).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
        expect(clean).not.toMatch(/nguyen\s+thi\s+hoa(?![a-z0-9])|001182012345/);
      }),
    );
  });

  it('is the same when it is done twice', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = redact(`${text} ${hoa.name}`, [hoa]);
        expect(redact(once, [hoa])).toBe(once);
      }),
    );
  });
});
