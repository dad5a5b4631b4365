import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { share } from '../share.js';

/** The steps of a unit into the software, in their order. */
export const milestones = {
  training: { vi: 'Tập huấn', en: 'Training' },
  accounts: { vi: 'Cấp tài khoản', en: 'Accounts' },
  opening_figures: { vi: 'Nhập số liệu đầu kỳ', en: 'Opening figures' },
  start: { vi: 'Bắt đầu sử dụng', en: 'Start' },
  full_use: { vi: 'Sử dụng đầy đủ', en: 'Full use' },
} satisfies Record<string, Bilingual>;
export type Milestone = keyof typeof milestones;
export const milestoneNames = Object.keys(milestones) as Milestone[];

/** How far a unit is: the last step that is done; `none` before the first. */
export const stages = ['none', ...milestoneNames] as const;
export type Stage = (typeof stages)[number];

export interface MilestoneRow {
  milestone: Milestone;
  plannedOn: LegalDate | null;
  doneOn: LegalDate | null;
  note: string | null;
  version: number;
}

export interface Rollout {
  unitId: string;
  stage: Stage;
  /** The next steps that were planned by a day that has passed. */
  late: Milestone[];
  milestones: MilestoneRow[];
}

export type RolloutFigures = { units: number; late: number } & Record<Stage, number>;

/** How a unit uses the software, measured from what it entered and who signed in. */
export interface UsageFigures {
  petitions: number;
  petitionsInTime: number;
  visits: number;
  visitsInTime: number;
  accounts: number;
  activeAccounts: number;
}

/** How many of the petitions have a field filled in. */
export const measuredFields = ['fieldCode', 'writtenOn', 'petitioner', 'address', 'nationalId', 'phone', 'attachment'] as const;
export type MeasuredField = (typeof measuredFields)[number];

export interface Usage extends UsageFigures {
  completeness: Record<MeasuredField, number>;
  lastEntryAt: Date | null;
  lastUseAt: Date | null;
}

/** What full use means, until a decision says otherwise: shares in per cent over the period. */
export const fullUse = { inTime: 90, completeness: 90, fields: ['fieldCode', 'petitioner', 'address'] as MeasuredField[], verified: false };

/** Whether what was measured is full use: something was entered, nearly all of it in time, the fields that count nearly always filled in. */
export function isFullUse({ petitions, petitionsInTime, visits, visitsInTime, completeness }: Usage): boolean {
  const inTime = share(petitionsInTime + visitsInTime, petitions + visits);
  if (inTime === null || inTime < fullUse.inTime) return false;
  return petitions === 0 || fullUse.fields.every((field) => share(completeness[field], petitions)! >= fullUse.completeness);
}

/** The last step that is done. A step counts whatever was left out before it: a unit that has started has started. */
export function stageOf(rows: readonly Pick<MilestoneRow, 'milestone' | 'doneOn'>[]): Stage {
  const done = new Set(rows.filter(({ doneOn }) => doneOn !== null).map(({ milestone }) => milestone));
  return milestoneNames.findLast((name) => done.has(name)) ?? 'none';
}
