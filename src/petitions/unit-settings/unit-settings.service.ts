import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { type MessageChannel, MessageGateway } from '../../structure/messages/message-gateway.js';
import type { TriageMode } from '../transition.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';

export const latePublications = ['refuse', 'mark'] as const;
export type LatePublication = (typeof latePublications)[number];

/** How whoever registers without signing in confirms it: with the office, or by a code that is sent. */
export const bookingConfirmations = ['office', 'sms', 'email'] as const;
export type BookingConfirmation = (typeof bookingConfirmations)[number];

export const defaultSuperiorNewsDays = 30;

/** How a unit works; version 0 where it never said. */
export interface UnitSettings {
  unitId: string;
  triageMode: TriageMode;
  /** Whether a schedule that is published too late is refused, or marked and taken. */
  latePublication: LatePublication;
  /** Days without news after which a case at a superior or a court is stale. */
  superiorNewsDays: number;
  /** Working days after the day of an answer to an urging from which on the next level is told that there was none. */
  escalateAfterDays: number;
  bookingConfirmation: BookingConfirmation;
  /** Percent of the places of a session that may be held by bookings that nobody has confirmed. */
  unconfirmedShare: number;
  /** A central body of a vertical chain: its figures, and those of units below it, are in no report of the units above. */
  reportsApart: boolean;
  version: number;
}

/** Settings of a unit that its administrator keeps. */
@Injectable()
export class UnitSettingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly gateway: MessageGateway,
  ) {}

  async get(unitId: string): Promise<UnitSettings> {
    if (!this.units.structure.find(unitId)) throw Problem.notFound('đơn vị này', 'unit');
    const [row] = await this.transactions.manager.query<Omit<UnitSettings, 'unitId'>[]>(
      `select triage_mode as "triageMode", late_publication as "latePublication", superior_news_days as "superiorNewsDays",
         escalate_after_days as "escalateAfterDays", booking_confirmation as "bookingConfirmation", unconfirmed_share as "unconfirmedShare", reports_apart as "reportsApart", version from unit_setting where unit_id = $1`,
      [unitId],
    );
    return {
      unitId,
      triageMode: row?.triageMode ?? 'one_step',
      latePublication: row?.latePublication ?? 'refuse',
      superiorNewsDays: row?.superiorNewsDays ?? defaultSuperiorNewsDays,
      escalateAfterDays: row?.escalateAfterDays ?? 10,
      bookingConfirmation: row?.bookingConfirmation ?? 'office',
      unconfirmedShare: row?.unconfirmedShare ?? 50,
      reportsApart: row?.reportsApart ?? false,
      version: row?.version ?? 0,
    };
  }

  /** Units whose figures are in no report of the units above (Circular 06/2025/TT-TTCP art. 7(2)(a)). */
  async reportingApart(): Promise<ReadonlySet<string>> {
    const rows = await this.transactions.manager.query<{ id: string }[]>('select unit_id as id from unit_setting where reports_apart');
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * What is left out stays as it is.
   * @throws Problem `forbidden` for a unit that the caller does not administer; `validation-failed` for codes that nothing sends, and for a local authority that
   *   would keep its figures to itself
   */
  replace(
    unitId: string,
    {
      triageMode,
      latePublication,
      superiorNewsDays,
      escalateAfterDays,
      bookingConfirmation,
      unconfirmedShare,
      reportsApart,
    }: Pick<UnitSettings, 'triageMode'> & Partial<Omit<UnitSettings, 'unitId' | 'version'>>,
    expected: number | null,
    by: Official,
  ): Promise<UnitSettings> {
    return this.transactions.run(async (tx) => {
      const before = await this.get(unitId);
      if (!this.scope.administered(by).has(unitId)) throw notAdministered();
      mustMatch(before.version, expected);
      if (reportsApart && (await this.units.upToDate(tx)).get(unitId).kind !== 'other') throw reportsToItsProvince();
      const confirmation = bookingConfirmation ?? before.bookingConfirmation;
      if (confirmation !== 'office' && !this.gateway.sends(confirmation)) throw cannotSend(confirmation);
      await tx.query(
        `insert into unit_setting (unit_id, triage_mode, late_publication, superior_news_days, escalate_after_days, booking_confirmation, unconfirmed_share, reports_apart)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (unit_id) do update set triage_mode = excluded.triage_mode, late_publication = excluded.late_publication,
           superior_news_days = excluded.superior_news_days, escalate_after_days = excluded.escalate_after_days,
           booking_confirmation = excluded.booking_confirmation, unconfirmed_share = excluded.unconfirmed_share,
           reports_apart = excluded.reports_apart, version = unit_setting.version + 1, updated_at = now()`,
        [
          unitId,
          triageMode,
          latePublication ?? before.latePublication,
          superiorNewsDays ?? before.superiorNewsDays,
          escalateAfterDays ?? before.escalateAfterDays,
          confirmation,
          unconfirmedShare ?? before.unconfirmedShare,
          reportsApart ?? before.reportsApart,
        ],
      );
      return this.get(unitId);
    });
  }
}

function notAdministered(): Problem {
  return new Problem('forbidden', {
    vi: 'Bạn chỉ cấu hình đơn vị của mình và các đơn vị cấp dưới.',
    en: 'You keep the settings of your own unit and of those below it.',
  });
}

function reportsToItsProvince(): Problem {
  return Problem.field('validation-failed', '/reportsApart', 'reports_to_province', {
    vi: 'Chỉ cơ quan trung ương tổ chức theo ngành dọc (loại "cơ quan khác" trong danh mục đơn vị) mới báo cáo riêng; UBND, sở và các đơn vị của UBND phải được tổng hợp.',
    en: 'Only central bodies of a vertical chain (units of the kind "other") report apart; People’s Committees, departments and their units are added up.',
  });
}

function cannotSend(channel: MessageChannel): Problem {
  const name = { sms: 'tin nhắn', email: 'thư điện tử' }[channel];
  return Problem.field('validation-failed', '/bookingConfirmation', 'no_gateway', {
    vi: `Hệ thống chưa nối với cổng gửi ${name}; hãy để đơn vị tự xác nhận đăng ký.`,
    en: `No gateway sends "${channel}" here (TIEPDAN_MESSAGE_GATEWAY_URL); let the office confirm.`,
  });
}
