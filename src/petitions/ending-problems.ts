import { Problem } from '../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../platform/text/legal-date.js';
import { type EndingOrder, endingRules, groundsInForce } from '../rules/resolution/ending-grounds.js';
import type { PetitionKind } from '../rules/petition-kind.js';
import { inVietnamese } from '../rules/source.js';

/** @throws Problem `rule-not-applicable` naming the field, with the grounds that the law of the day has for the kind */
export function mustBeAGround(order: EndingOrder, kind: PetitionKind, code: string, on: LegalDate, pointer: string): void {
  const allowed = groundsInForce(order, kind, on);
  if (allowed.some((ground) => ground.code === code)) return;
  const later = endingRules.find((rule) => rule.order === order && rule.kind === kind && rule.code === code && rule.from > on);
  const titles = allowed.map(({ title, sources }) => `${title.vi} (${sources[0] ? inVietnamese(sources[0]) : ''})`).join('; ');
  throw Problem.field('rule-not-applicable', pointer, later ? 'not_in_force' : 'not_a_ground', {
    vi: `${later ? `Pháp luật chỉ cho phép từ ngày ${asWritten(later.from)}.` : 'Không phải căn cứ theo quy định của pháp luật.'} Căn cứ vào ngày ${asWritten(on)}: ${titles || 'không có'}.`,
    en: `${later ? `The law knows it only since ${later.from}.` : 'No ground in law.'} On ${on}: ${allowed.map((ground) => ground.code).join(', ') || 'none'}.`,
  });
}
