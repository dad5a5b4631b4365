import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import {
  againstAcceptance,
  againstGuidance,
  againstLongerLimit,
  againstResolution,
  againstTransfer,
  type EarlierGuidance,
  type EarlierWithdrawal,
  type Objection,
} from '../rules/steps/objections.js';
import { inVietnamese } from '../rules/source.js';
import { receiptOf } from './petition-filing.js';
import type { PetitionRow } from './petition.js';
import { earlierGuidance, earlierWithdrawal, whetherNamed, whetherVerified } from './petition.queries.js';
import type { PetitionAction } from './transition.js';
import { GuidanceAtVisits } from './visit-guidance.service.js';

/** What the law says against a step of a petition: refused with the article, or taken by a leader with a reason that the history keeps. */
@Injectable()
export class StepObjections {
  constructor(
    private readonly transactions: Transactions,
    private readonly visits: GuidanceAtVisits,
  ) {}

  /** @param result what is decided, where that is known */
  async to(action: PetitionAction, petition: PetitionRow, on: LegalDate, result: string | null = null): Promise<Objection[]> {
    if (action === 'accept')
      return againstAcceptance({
        ...petition,
        acceptedOn: on,
        anonymous: petition.anonymous && !(await this.isNamed(petition)),
        withdrawn: await this.earlierWithdrawal(petition),
      });
    if (action === 'extend')
      return petition.complexityReasoned && petition.complexity !== 'normal' ? [] : againstLongerLimit(petition.kind, on);
    if (action === 'guide') return againstGuidance(await this.earlierGuidance(petition), petition.eligibility['new_facts'] === true);
    if (action === 'transfer') return againstTransfer({ ...petition, ...receiptOf(petition) });
    if (action === 'decide' || action === 'conclude')
      return againstResolution({ ...petition, result, verified: await this.isVerified(petition) });
    return [];
  }

  /** The last guidance that the same person had about the same matter, at this stage. */
  async earlierGuidance(petition: GuidedMatter): Promise<EarlierGuidance | null> {
    const { id, receivedOn, stage, kind } = petition;
    if (kind === 'denunciation') return null;
    type Found = { [field in keyof EarlierGuidance]: EarlierGuidance[field] | null } & { nationalIds: string[] };
    const [found] = await this.transactions.rows<Found>(earlierGuidance, [id, receivedOn, stage]);
    const { nationalIds, ...guidance } = found!;
    return guidance.guidedOn === null ? this.guidanceAtVisit(petition, nationalIds) : (guidance as EarlierGuidance);
  }

  /** Of a petition whose author is secret nobody is asked about. */
  private async guidanceAtVisit(petition: GuidedMatter, nationalIds: string[]): Promise<EarlierGuidance | null> {
    if (petition.identitySecret || (petition.stage ?? 'first') !== 'first') return null;
    return this.visits.earlier({ ...petition, unitId: petition.responsibleUnitId, nationalIds });
  }

  private async earlierWithdrawal({ id, kind }: PetitionRow): Promise<EarlierWithdrawal | null> {
    if (kind !== 'complaint') return null;
    const [found] = await this.transactions.rows<EarlierWithdrawal>(earlierWithdrawal, [id]);
    return found ?? null;
  }

  /** When it was, for an evaluation; null where there are new facts. */
  async guidedBeforeOn(petition: GuidedMatter & Pick<PetitionRow, 'eligibility'>): Promise<LegalDate | null> {
    return petition.eligibility['new_facts'] ? null : ((await this.earlierGuidance(petition))?.guidedOn ?? null);
  }

  private async isNamed({ id }: PetitionRow): Promise<boolean> {
    const [row] = await this.transactions.rows<{ named: boolean }>(whetherNamed, [id]);
    return row?.named ?? false;
  }

  private async isVerified({ id }: PetitionRow): Promise<boolean> {
    const [row] = await this.transactions.rows<{ verified: boolean }>(whetherVerified, [id]);
    return row?.verified ?? false;
  }
}

/** What of a petition tells whether the matter was guided before. */
export type GuidedMatter = Pick<
  PetitionRow,
  'id' | 'receivedOn' | 'stage' | 'kind' | 'identitySecret' | 'responsibleUnitId' | 'summary' | 'content' | 'caseId'
>;

/**
 * Lets a step go on that nothing in law stands against, or that a leader takes all the same.
 * @returns what the history keeps of it
 * @throws Problem `action-not-allowed` with what stands against it and the articles; `forbidden` where somebody else than a leader overrides
 */
export function mustStand(
  objections: readonly Objection[],
  overrideReason: string | null | undefined,
  { state }: Pick<PetitionRow, 'state'>,
  by: Official,
): { overridden?: string[]; overrideReason?: string } {
  if (objections.length === 0) return {};
  const mayBeOverridden = objections.every(({ overridable }) => overridable);
  if (!overrideReason || !mayBeOverridden) throw refusedByLaw(objections, mayBeOverridden, state);
  if (!by.roles.includes('leader'))
    throw Problem.field('forbidden', '/overrideReason', 'leader_alone', {
      vi: 'Chỉ lãnh đạo đơn vị được quyết định thực hiện bước này trái với cảnh báo; cán bộ trình lãnh đạo.',
      en: 'Only a leader decides to take this step against what stands against it.',
    });
  return { overridden: objections.map(({ code }) => code), overrideReason };
}

function refusedByLaw(objections: readonly Objection[], mayBeOverridden: boolean, state: string): Problem {
  const articles = objections.flatMap(({ sources }) => sources).map(inVietnamese);
  const said = (language: 'vi' | 'en') => objections.map(({ explanation }) => explanation[language]).join(' ');
  return new Problem(
    'action-not-allowed',
    {
      vi: `${said('vi')} Căn cứ: ${articles.join('; ')}.${mayBeOverridden ? ' Lãnh đạo có thể quyết định khác, nêu rõ lý do để lưu vào lịch sử đơn.' : ''}`,
      en: `${said('en')}${mayBeOverridden ? ' A leader may decide otherwise with a reason (overrideReason), which the history keeps.' : ''}`,
    },
    [],
    { state, objections: objections.map(({ code, overridable, sources }) => ({ code, overridable, sources })) },
  );
}
