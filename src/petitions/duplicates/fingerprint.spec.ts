import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Comparable, fingerprintOf, resemblance, signatureLength } from './fingerprint.js';

const text =
  'Gia đình tôi sử dụng thửa đất số 12 tại phố Trấn Vũ từ năm 1985. Cán bộ phường đến đo đạc và lập biên bản thu hồi hai mươi lăm mét vuông. ' +
  'Chúng tôi không được thông báo trước. Đề nghị huỷ biên bản và đo lại, hoà giải tại cơ sở.';

const petition = (more: Partial<Comparable> = {}): Comparable => ({
  kind: 'complaint',
  summary: 'Khiếu nại thu hồi đất',
  content: text,
  respondent: { type: 'agency', unitId: 'ba-dinh' },
  matterUnitId: null,
  parties: [{ role: 'petitioner', name: 'Nguyễn Thuý Hoà', nationalId: '001170000001', address: 'Số 5 phố Trấn Vũ', birthYear: 1970 }],
  ...more,
});
const likeness = (one: string, other: string): number =>
  resemblance(fingerprintOf(petition({ content: one }), 'key').signature, fingerprintOf(petition({ content: other }), 'key').signature);

describe('the fingerprint of a text', () => {
  it('is the same without diacritics, with tone marks elsewhere, in capitals, with other spaces', () => {
    const bare = text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
    for (const other of [
      bare,
      text.replace('huỷ', 'hủy').replace('hoà', 'hòa'),
      text.toUpperCase(),
      text.replaceAll(' ', '  '),
      text.normalize('NFD'),
    ])
      expect(likeness(text, other)).toBe(1);
  });

  it('changes little with slips of the pen and with the order of sentences, and much with the matter', () => {
    const sentences = text.split('. ');
    expect(likeness(text, [...sentences.slice(2), ...sentences.slice(0, 2)].join('. '))).toBeGreaterThan(0.75);
    expect(likeness(text, text.replace('thửa', 'thưa').replace('thông báo', 'thông boá'))).toBeGreaterThan(0.7);
    expect(likeness(text, 'Mẹ tôi là người có công, bị dừng chi trả trợ cấp hằng tháng mà không có văn bản nào.')).toBeLessThan(0.15);
  });

  it('is as long whatever the text, and is like itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (content) => {
        const { signature, keys } = fingerprintOf(petition({ content }), 'key');
        return signature.length === signatureLength * 4 && resemblance(signature, signature) === 1 && keys.length <= 24;
      }),
    );
  });

  it('is as like one way as the other', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 40 }), fc.lorem({ maxCount: 40 }), (one, other) => likeness(one, other) === likeness(other, one)),
    );
  });
});

describe('the keys', () => {
  const shared = (one: Comparable, other: Comparable, otherKey = 'key'): number => {
    const keys = new Set(fingerprintOf(one, 'key').keys);
    return fingerprintOf(other, otherKey).keys.filter((key) => keys.has(key)).length;
  };

  it('are shared by what is filed again, also by the person alone', () => {
    expect(shared(petition(), petition({ summary: 'Gửi lại' }))).toBeGreaterThan(15);
    expect(shared(petition(), petition({ content: 'Nội dung khác hẳn về một việc khác của cùng một người gửi đơn.' }))).toBeGreaterThan(0);
  });

  it('are never shared between a denunciation and what names its petitioner', () => {
    expect(shared(petition(), petition({ kind: 'denunciation' }))).toBe(0);
    expect(shared(petition({ kind: 'denunciation' }), petition({ kind: 'denunciation' }))).toBeGreaterThan(15);
  });

  it('of a denunciation cannot be made without the key of the installation', () => {
    expect(shared(petition({ kind: 'denunciation' }), petition({ kind: 'denunciation' }), 'another')).toBe(0);
    expect(shared(petition(), petition(), 'another')).toBeGreaterThan(15);
  });
});
