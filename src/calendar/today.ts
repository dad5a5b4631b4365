import type { LegalDate } from '../rules/legal-date.js';

const dayInVietNam = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh', year: 'numeric', month: '2-digit', day: '2-digit' });

/** Today's legal day in Viet Nam, whatever the zone of the machine. */
export function today(): LegalDate {
  return dayInVietNam.format(new Date());
}
