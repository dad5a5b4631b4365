import type { Bilingual } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../evaluation/filing.js';
import { isWithin, type LegalDate } from '../../platform/text/legal-date.js';
import { complaintsLaw, denunciationsLaw, inTime, law, processingCircular, receptionLaw, type Source } from '../source.js';
import type { LimitTopic } from './limit-topics.js';

/** What a question about a petition is answered with. */
export const reviewResults = ['right', 'wrong', 'not_applicable'] as const;
export type ReviewResult = (typeof reviewResults)[number];

/** A question of the sheet that is filled in for each sampled petition. */
export interface ReviewQuestion {
  code: string;
  question: Bilingual;
  /** It is asked of petitions of these kinds. */
  kinds: readonly PetitionKind[];
  /** Limits by which the system says itself what it knows. */
  limits: readonly LimitTopic[];
  sources: Source[];
}

export interface ReviewSheetVersion {
  version: string;
  from: LegalDate;
  to?: LegalDate;
  /** False: made from the law, not decided by anybody. */
  verified: boolean;
  questions: readonly ReviewQuestion[];
}

const all: readonly PetitionKind[] = ['complaint', 'denunciation', 'recommendation', 'reflection'];
const settled: readonly PetitionKind[] = ['complaint', 'denunciation'];
const complaints = (article: string): Source => law(complaintsLaw, article);
const denunciations = (article: string): Source => law(denunciationsLaw, article);
const circular = law(processingCircular);

/** What a head answers for in each petition: the way from the entry to the enforcement. */
const questions2021: readonly ReviewQuestion[] = [
  question('R1', all, 'Vào sổ đầy đủ, phân loại đúng', 'Entered completely, classified right', [circular]),
  question(
    'R2',
    all,
    'Xác định đúng thẩm quyền; chuyển, hướng dẫn đúng nơi',
    'The competent authority found; transferred or guided to the right place',
    [circular],
  ),
  question(
    'R3',
    all,
    'Xử lý, chuyển đơn đúng hạn',
    'Processed and transferred in time',
    [circular, law(receptionLaw, '28')],
    ['processing'],
  ),
  question(
    'R4',
    settled,
    'Thụ lý, thông báo đúng hạn',
    'Accepted, and told so, in time',
    [complaints('27'), denunciations('24')],
    ['acceptance'],
  ),
  question('R5', settled, 'Xác minh đúng trình tự, đủ chứng cứ', 'Verified in due order, with the evidence that it takes', [
    complaints('29'),
    denunciations('31'),
  ]),
  question('R6', ['complaint'], 'Đối thoại đúng quy định', 'Dialogue held as the law asks', [complaints('30'), complaints('39')]),
  question(
    'R7',
    all,
    'Giải quyết, kết luận, trả lời đúng hạn',
    'Settled, concluded or answered in time',
    [complaints('28'), complaints('37'), denunciations('30')],
    ['resolution', 'answer'],
  ),
  question(
    'R8',
    all,
    'Quyết định, kết luận, trả lời đúng thẩm quyền, căn cứ, hình thức',
    'Decision, conclusion or answer by the right authority, with its grounds, in due form',
    [complaints('31'), complaints('40'), denunciations('35')],
  ),
  question(
    'R9',
    settled,
    'Gửi, công khai đúng hạn',
    'Sent and published in time',
    [complaints('32'), complaints('41'), denunciations('40')],
    ['sending'],
  ),
  question('R10', settled, 'Tổ chức thi hành đúng hạn', 'Carried out in time', [complaints('46'), denunciations('44')], ['enforcement']),
  question('R11', ['denunciation'], 'Bảo mật, bảo vệ người tố cáo', 'The denouncer kept secret and protected', [
    denunciations('8'),
    denunciations('56'),
  ]),
  question('R12', all, 'Hồ sơ đầy đủ, đã cập nhật phần mềm', 'The file complete, and the same in the software', [circular]),
];

export const reviewSheets: readonly ReviewSheetVersion[] = inTime<ReviewSheetVersion>([
  { version: '2021', from: '2021-11-15', verified: false, questions: questions2021 },
]);

/** The sheet in force on a day. */
export function reviewSheetOn(day: LegalDate): ReviewSheetVersion | undefined {
  return reviewSheets.find(({ from, to }) => isWithin(day, from, to ?? null));
}

/** What is asked of a petition of a kind. */
export function questionsFor(version: string, kind: PetitionKind): readonly ReviewQuestion[] {
  const sheet = reviewSheets.find((one) => one.version === version);
  return sheet?.questions.filter(({ kinds }) => kinds.includes(kind)) ?? [];
}

function question(
  code: string,
  kinds: readonly PetitionKind[],
  vi: string,
  en: string,
  sources: Source[],
  limits: readonly LimitTopic[] = [],
): ReviewQuestion {
  return { code, kinds, question: { vi, en }, sources, limits };
}
