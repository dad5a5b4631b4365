import { cultureDay, holidayNames as name } from './computed-year.js';
import type { CalendarYear } from './calendar-year.js';

/*
 * Calendars that were announced year by year: days off from Monday to Friday, and Saturdays worked in exchange.
 * MM-DD in the year. The database is filled from here once; after that an administrator keeps it.
 */
type Days = Record<string, string[]>;
const swap = 'Nghỉ hoán đổi ngày làm việc';

export const officialYears: CalendarYear[] = [
  year(2018, {
    [name.newYear]: ['01-01'],
    [name.lunarNewYear]: ['02-14', '02-15', '02-16', '02-19', '02-20'],
    [name.hungKings]: ['04-25'],
    [name.reunification]: ['04-30'],
    [name.labour]: ['05-01'],
    [name.national]: ['09-03'],
    [swap]: ['12-31'],
  }),
  year(
    2019,
    {
      [name.newYear]: ['01-01'],
      [name.lunarNewYear]: ['02-04', '02-05', '02-06', '02-07', '02-08'],
      [name.hungKings]: ['04-15'],
      [swap]: ['04-29'],
      [name.reunification]: ['04-30'],
      [name.labour]: ['05-01'],
      [name.national]: ['09-02'],
    },
    ['01-05', '05-04'],
  ),
  year(2020, {
    [name.newYear]: ['01-01'],
    [name.lunarNewYear]: ['01-23', '01-24', '01-27', '01-28', '01-29'],
    [name.hungKings]: ['04-02'],
    [name.reunification]: ['04-30'],
    [name.labour]: ['05-01'],
    [name.national]: ['09-02'],
  }),
  year(2021, {
    [name.newYear]: ['01-01'],
    [name.lunarNewYear]: ['02-10', '02-11', '02-12', '02-15', '02-16'],
    [name.hungKings]: ['04-21'],
    [name.reunification]: ['04-30'],
    [name.labour]: ['05-03'],
    [name.national]: ['09-02', '09-03'],
  }),
  year(2022, {
    [name.newYear]: ['01-03'],
    [name.lunarNewYear]: ['01-31', '02-01', '02-02', '02-03', '02-04'],
    [name.hungKings]: ['04-11'],
    [name.reunification]: ['05-02'],
    [name.labour]: ['05-03'],
    [name.national]: ['09-01', '09-02'],
  }),
  year(2023, {
    [name.newYear]: ['01-02'],
    [name.lunarNewYear]: ['01-20', '01-23', '01-24', '01-25', '01-26'],
    [name.hungKings]: ['05-02'],
    [name.reunification]: ['05-03'],
    [name.labour]: ['05-01'],
    [name.national]: ['09-01', '09-04'],
  }),
  year(
    2024,
    {
      [name.newYear]: ['01-01'],
      [name.lunarNewYear]: ['02-08', '02-09', '02-12', '02-13', '02-14'],
      [name.hungKings]: ['04-18'],
      [swap]: ['04-29'],
      [name.reunification]: ['04-30'],
      [name.labour]: ['05-01'],
      [name.national]: ['09-02', '09-03'],
    },
    ['05-04'],
  ),
  year(
    2025,
    {
      [name.newYear]: ['01-01'],
      [name.lunarNewYear]: ['01-27', '01-28', '01-29', '01-30', '01-31'],
      [name.hungKings]: ['04-07'],
      [name.reunification]: ['04-30'],
      [name.labour]: ['05-01'],
      [swap]: ['05-02'],
      [name.national]: ['09-01', '09-02'],
    },
    ['04-26'],
  ),
  year(
    2026,
    {
      [name.newYear]: ['01-01'],
      [swap]: ['01-02', '08-31'],
      [name.lunarNewYear]: ['02-16', '02-17', '02-18', '02-19', '02-20'],
      [name.hungKings]: ['04-27'],
      [name.reunification]: ['04-30'],
      [name.labour]: ['05-01'],
      [name.national]: ['09-01', '09-02'],
    },
    ['01-10', '08-22'],
  ),
];

function year(number: number, off: Days, workedSaturdays: string[] = []): CalendarYear {
  const days = [
    ...Object.entries(off).flatMap(([holiday, dates]) =>
      dates.map((date) => ({ date: `${number}-${date}`, working: false, name: holiday, status: 'official' as const })),
    ),
    ...workedSaturdays.map((date) => ({
      date: `${number}-${date}`,
      working: true,
      name: 'Làm bù (hoán đổi ngày làm việc)',
      status: 'official' as const,
    })),
    ...cultureDay(number),
  ].sort((one, other) => (one.date < other.date ? -1 : 1));
  return { year: number, status: 'official', source: 'Thông báo nghỉ lễ, Tết hằng năm', days };
}
