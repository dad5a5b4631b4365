import type { Bilingual } from '../../platform/problems/problem.js';
import { allowanceRates, type AllowanceRate, allowanceRatesFrom, receivingRates } from '../../rules/reception/allowances.js';
import type { MonthDays } from './allowance-month.js';
import { asWritten } from '../../platform/text/legal-date.js';

const central: string = receivingRates.central;

/** The rates of who receives that are in force on a day of the month that has come. */
export function ratesIn({ from, to }: MonthDays): AllowanceRate[] {
  const receiving: readonly string[] = Object.values(receivingRates);
  return allowanceRates.filter((rate) => receiving.includes(rate.id) && rate.from <= to && (!rate.to || rate.to >= from));
}

export function isRateOfCentral({ id }: AllowanceRate): boolean {
  return id === central;
}

/** What a reader must know of the list of a month: its rates, how days are counted, who is not in it. */
export function notesOn(days: MonthDays): Bilingual[] {
  const rates = ratesIn(days);
  return [
    ...(days.from < allowanceRatesFrom ? [withoutRates] : []),
    ...rates.map(noteOf),
    ...(rates.length > 0 ? [bothAmounts] : []),
    counting,
    notListed,
  ];
}

const withoutRates: Bilingual = {
  vi: 'Các ngày trước 27/7/2026 chỉ nêu số ngày, không nêu số tiền: mức chi của Thông tư số 320/2016/TT-BTC trước khi sửa đổi không có trong hệ thống.',
  en: 'Days before 2026-07-27 are told without amounts: the rates of Circular 320/2016/TT-BTC before its amendment are not held here.',
};

function noteOf(rate: AllowanceRate): Bilingual {
  const [without, drawing] = [rate.withoutProfessionalAllowance, rate.withProfessionalAllowance];
  const place = isRateOfCentral(rate)
    ? { vi: ' tại Trụ sở tiếp công dân Trung ương', en: ' at the Central Reception Office' }
    : { vi: '', en: '' };
  return {
    vi: `Mức một ngày${place.vi} từ ${asWritten(rate.from)}: ${without.toLocaleString('vi-VN')} đồng nếu chưa hưởng, ${drawing.toLocaleString('vi-VN')} đồng nếu đang hưởng phụ cấp trách nhiệm theo nghề (Điều 4 Thông tư số 320/2016/TT-BTC, sửa đổi tại Thông tư số 65/2026/TT-BTC).`,
    en: `A day${place.en} since ${rate.from}: ${without.toLocaleString('en')} đ without, ${drawing.toLocaleString('en')} đ with the professional responsibility allowance (Circular 320/2016/TT-BTC art. 4 as amended by Circular 65/2026/TT-BTC).`,
  };
}

const bothAmounts: Bilingual = {
  vi: 'Hệ thống không biết ai đang hưởng phụ cấp trách nhiệm theo nghề nên nêu cả hai số tiền; đơn vị chọn một số cho từng người.',
  en: 'Who draws the professional responsibility allowance is not known here, so both amounts are told; the unit takes one of them for each person.',
};

const counting: Bilingual = {
  vi: 'Ngày được tính là ngày làm việc thực tế có tiếp công dân, mỗi ngày một lần cho một người: theo lịch trực sau khi thay người, và theo buổi tiếp đã kết thúc của người đứng đầu hoặc người được uỷ quyền. Tiếp vào ngày nghỉ chỉ nêu ở ghi chú (Điều 39 Nghị định số 154/2026/NĐ-CP).',
  en: 'Working days on which somebody really received, each once a person: by the roster after substitutions, and by closed sessions of the head or of the delegate. Reception on days off is noted and not counted (Decree 154/2026/NĐ-CP art. 39).',
};

const notListed: Bilingual = {
  vi: 'Danh sách không gồm: người phối hợp tiếp công dân, giữ gìn an ninh, trật tự, bảo đảm y tế (khoản 3 Điều 38) và người chuyên trách xử lý đơn (khoản 4 Điều 38); người giúp việc, xử lý đơn, người được triệu tập không có trong lịch trực hoặc buổi tiếp (khoản 1, khoản 2 Điều 38). Đơn vị tự bổ sung.',
  en: 'Not in the list: who assists, keeps order or gives medical care (art. 38(3)) and who does nothing but process petitions (art. 38(4)); who helps, processes petitions or was summoned and is in neither roster nor session (art. 38(1), 38(2)). The unit adds them.',
};
