import { bareWords } from './bare-words.js';

/** A respondent as he was written down: his name, his office, whether he is a body. */
export interface WrittenRespondent {
  name: string;
  office: string | null;
  isBody: boolean;
}

const phrases = (list: string): string[] => list.split(', ');
/** Offices of whoever heads a body, or stands in for him, without marks. */
const ofHeads = phrases(
  'chu tich, bi thu, lanh dao, nguoi dung dau, dung dau, thu truong, giam doc, chanh van phong, chanh thanh tra, truong phong, truong ban, truong cong an, ' +
    'vien truong, hieu truong, cuc truong, bo truong, hieu pho, chi huy truong, truong, ct, pct, gd, pgd',
);
const ofBodies = phrases(
  'ubnd, uy ban nhan dan, uy ban, hdnd, hoi dong nhan dan, co quan, chinh quyen, van phong, thanh tra, ban tiep cong dan',
);
/** Offices of those who head nothing. */
const ofOfficials = phrases(
  'can bo, cong chuc, vien chuc, chuyen vien, nhan vien, dia chinh, tu phap, ho tich, ke toan, canh sat, quan su, thu ky, bao ve, lai xe',
);
/** What stands around an office and is no name. */
const around = phrases(
  'pho, phuong, xa, quan, huyen, thi tran, thi xa, thanh pho, tp, tinh, phong, ban, so, cuc, cua, tai, o, ten la, ten, la, ho ten, khong ro, chua ro, khong biet, chua biet, an danh, ' +
    'nguoi, mot, so, nhung, cac, va, ong, ba, anh, chi, co, chu, bac, dong chi, dc, nguyen',
);

/** The head of a body, as far as it tells whether he is written down. */
export interface Head {
  /** Of the body that the denunciation is about; null where it is not known. */
  unitName: string | null;
  /** All that he is called. */
  names: readonly string[];
}

/**
 * Whether a respondent who was written down without a name that tells one from another is the head of a body: by his office, by the first letter of
 * his name, or as the body itself, which its head answers for. It errs on the side of yes: whoever could be meant is kept out (Law on Denunciations
 * art. 8).
 */
export function meansTheHead({ name, office, isBody }: WrittenRespondent, { unitName, names }: Head): boolean {
  const own = bare(name);
  const unit = unitName === null ? [] : [bare(unitName), bare(unitName).replace(/^(?:phuong|xa|quan|huyen|thanh pho|tinh) /, '')];
  const left = without(own, [...unit, ...ofHeads, ...ofBodies, ...ofOfficials, ...around]);
  if (left.length === 1 && names.some((his) => bare(his).split(' ').at(-1)?.startsWith(left))) return true;
  if (left.includes(' ')) return false;
  const said = office === null ? own : `${bare(office)} ${own}`;
  if (holds(said, ofHeads)) return true;
  return !holds(said, ofOfficials) && (isBody || holds(said, [...unit, ...ofBodies]));
}

function bare(text: string): string {
  return bareWords(text.normalize('NFC'), { skipTags: true, barrier: '\0' })
    .filter(({ number }) => !number)
    .map((word) => word.text)
    .join(' ');
}

function holds(said: string, wanted: readonly string[]): boolean {
  return wanted.some((phrase) => phrase !== '' && ` ${said} `.includes(` ${phrase} `));
}

/** The longest phrases first, so that none is left in pieces. */
function without(said: string, phrasesToLeaveOut: readonly string[]): string {
  let left = ` ${said.replaceAll(' ', '  ')} `;
  for (const phrase of [...phrasesToLeaveOut].sort((one, other) => other.length - one.length))
    if (phrase !== '') left = left.replaceAll(` ${phrase.replaceAll(' ', '  ')} `, ' ');
  return left.replaceAll(/ +/g, ' ').trim();
}
