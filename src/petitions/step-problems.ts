import { limitRules } from '../rules/limits/limit.js';
import { kindNames } from '../rules/petition-kind.js';
import { inWords } from '../platform/access/official.js';
import { Problem } from '../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../platform/text/legal-date.js';
import type { PetitionRow } from './petition.js';
import { type Transition, stateNames } from './transition.js';

/* Why a step of a petition's life cannot be taken, told in the words of the office. */

export function notResponsible(unitName: string): Problem {
  return new Problem('not-responsible', {
    vi: `Đơn đang thuộc trách nhiệm của ${unitName}; chỉ đơn vị đó được xử lý.`,
    en: `${unitName} is responsible for this petition; only that unit may act on it.`,
  });
}

export function roleMissing({ roles, ofTriage, action }: Transition, { triageMode }: PetitionRow): Problem {
  if (ofTriage && triageMode === 'two_step')
    return new Problem('forbidden', {
      vi: 'Đơn vị xử lý đơn theo hai bước: cán bộ đề xuất (…/proposals), lãnh đạo duyệt.',
      en: 'This unit works in two steps: a clerk proposes (…/proposals), the leader approves.',
    });
  if (action === 'propose' && triageMode === 'one_step')
    return new Problem('action-not-allowed', {
      vi: 'Đơn vị xử lý đơn theo một bước; không cần đề xuất.',
      en: 'This unit works in one step; nothing is proposed.',
    });
  return new Problem('forbidden', {
    vi: `Bước này cần một trong các vai trò: ${inWords(roles)}.`,
    en: `This step needs one of the roles: ${roles.join(', ')}.`,
  });
}

/** @throws Problem `rule-not-applicable` where the law did not know the step on its day */
export function mustBeLawful(
  { action, label, lawfulFrom, sources = [] }: Transition,
  { kind }: PetitionRow,
  on: LegalDate,
  dayField: string,
): void {
  const from = lawfulFrom?.[kind];
  if (!from || on >= from) return;
  const instruments = sources.map(({ instrument, article }) => (article ? `${instrument} (${article})` : instrument)).join(', ');
  throw Problem.field('rule-not-applicable', `/${dayField}`, 'not_in_force', {
    vi: `Pháp luật chỉ cho phép bước "${label.vi}" đối với đơn ${kindNames[kind]} từ ngày ${asWritten(from)} (${instruments}).`,
    en: `The law knows "${action}" for a ${kind} only since ${from} (${instruments}).`,
  });
}

export function stillOwed({ owed, state }: PetitionRow): Problem {
  return new Problem(
    'action-not-allowed',
    {
      vi: `Chưa thể kết thúc: còn việc chưa thực hiện (${owed.map(titleOfLimit).join('; ')}). Ghi nhận việc gửi, công khai, xử lý (…/dispatches) và kết quả thi hành (…/obligations).`,
      en: `Cannot be closed: still to be done are ${owed.join(', ')}. Record sending, publication and handling (…/dispatches) and what was carried out (…/obligations).`,
    },
    [],
    { state, owed },
  );
}

export function outOfOrder(
  { action, label, needs }: Transition,
  { state, withinCompetence, kind }: PetitionRow,
  open: Transition[],
): Problem {
  const allowed = open.map((transition) => transition.action);
  const names = allowed.join(', ');
  const competence = needs === 'within_competence' && !withinCompetence;
  return new Problem(
    'action-not-allowed',
    {
      vi: `Không thể thực hiện bước "${label.vi}" với đơn ${kindNames[kind]} ở trạng thái "${stateNames[state].vi}"${competence ? ' không thuộc thẩm quyền của đơn vị' : ''}. Các bước được phép: ${open.map((transition) => transition.label.vi).join(', ') || 'không còn bước nào'}.`,
      en: `"${action}" is not possible for a ${kind} in the state "${state}"${competence ? ' outside the unit’s competence' : ''}. Allowed now: ${names || 'nothing'}.`,
    },
    [],
    { state, allowedActions: allowed },
  );
}

/** The name of a limit; the code where the law knows none by it any more. */
function titleOfLimit(ruleId: string): string {
  return limitRules.findLast(({ id }) => id === ruleId)?.title.vi.toLowerCase() ?? ruleId;
}
