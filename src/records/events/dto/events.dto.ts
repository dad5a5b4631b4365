import { Transform } from 'class-transformer';
import { Form, Id, OneOf, Text, Texts, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { largestLimit } from '../../../platform/http/page.js';
import { deliveryStates } from '../events.response.js';

export class EventsQuery {
  /** Position of the last event that you have; 0 for all. */
  @WholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER, optional: true, example: 0 })
  after?: number;

  /** `epoch` of the answer that the position is from. */
  @Id({ optional: true })
  epoch?: string;

  /** Only these types; repeated, or comma-separated. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @Texts({ max: 50, each: 80, optional: true, example: ['petition.received', 'petition.closed'] })
  types?: string[];

  @WholeNumber({ min: 1, max: 1000, optional: true })
  limit?: number;
}

const target = {
  code: 'url',
  vi: 'Phải là URL https (http chỉ cho mạng nội bộ được phép), dài nhất 2000 ký tự.',
  en: 'Must be an https URL (http for allowed intranet hosts only) of at most 2000 characters.',
};

export class SubscriptionDto {
  @Form(/^https?:\/\/[^\s]{1,1992}$/, { ...target, example: 'https://mot-cua.hanoi.gov.vn/hooks/tiep-dan' })
  url: string;

  /** Types of events; all where it is empty. */
  @Texts({ max: 50, each: 80, optional: true, example: ['petition.received', 'petition.closed'] })
  types?: string[];

  /** Also events of the units below. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class SubscriptionChangeDto {
  @Form(/^https?:\/\/[^\s]{1,1992}$/, { ...target, optional: true })
  url?: string;

  @Texts({ max: 50, each: 80, optional: true })
  types?: string[];

  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  /** False stops it; true lets one that was stopped go on. */
  @YesNo({ optional: true })
  active?: boolean;
}

export class DeliveriesQuery {
  @OneOf(deliveryStates, { optional: true })
  state?: (typeof deliveryStates)[number];

  @WholeNumber({ min: 1, max: largestLimit, optional: true })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class ReplayDto {
  /** Position after which everything is sent again. */
  @WholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER, example: 1200 })
  after: number;
}
