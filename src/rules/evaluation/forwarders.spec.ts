import { expect, it } from '@jest/globals';
import { isOwedTheResult } from './forwarders.js';

it.each([
  'Đoàn đại biểu Quốc hội thành phố Hà Nội',
  'ĐBQH Nguyễn Văn A',
  'Thường trực Hội đồng nhân dân phường',
  'TT HĐND Thành phố',
  'Ban Tiếp công dân Trung ương',
  'Uỷ ban Dân nguyện và Giám sát của Quốc hội',
  'national_assembly_delegation',
])('%s is told the result (LR art. 27(2))', (forwardedBy) => {
  expect(isOwedTheResult(forwardedBy)).toBe(true);
  expect(isOwedTheResult(forwardedBy.normalize('NFD').toUpperCase())).toBe(true);
});

it.each(['Báo Hànộimới', 'Uỷ ban Mặt trận Tổ quốc phường', 'Công an Thành phố', '', null, undefined])('%p is not', (forwardedBy) => {
  expect(isOwedTheResult(forwardedBy)).toBe(false);
});
