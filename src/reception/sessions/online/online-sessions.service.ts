import { Injectable } from '@nestjs/common';
import type { Official } from '../../../platform/access/official.js';
import { CalendarService } from '../../../structure/calendar/calendar.service.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { mustNotLieAhead } from '../../../petitions/petitions.service.js';
import { Problem } from '../../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../../platform/text/legal-date.js';
import { lastDayFor } from '../../../rules/reception/online.js';
import { UnitResponsibility } from '../../../structure/units/unit-responsibility.js';
import type { SessionRow } from '../session.js';
import { mustBe, SessionsService } from '../sessions.service.js';
import { mustBeOnline, notPrepared, type OnlinePreparation, type OnlineRow } from './online.js';
import { OnlineReadiness } from './online-readiness.service.js';

/** A test of the connection between the points. */
export interface ConnectionTest {
  testedOn: LegalDate;
  succeeded: boolean;
  note: string | null;
}

/** Sessions by video as they are prepared: for what, who takes part, when it was told, whether the connection stood (Decree 154/2026/NĐ-CP arts 16–24). */
@Injectable()
export class OnlineSessions {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsService,
    private readonly readiness: OnlineReadiness,
    private readonly access: UnitResponsibility,
    private readonly calendars: CalendarService,
  ) {}

  /** @throws Problem `not-found` also where nothing is prepared */
  async get(sessionId: string, by: Official): Promise<OnlineRow> {
    await this.sessions.get(sessionId, by);
    const row = await this.readiness.readinessOf(sessionId);
    if (!row) throw Problem.notFound('việc chuẩn bị buổi tiếp trực tuyến này', 'preparation of a session by video');
    return row;
  }

  /**
   * Says for what a session is held by video, who takes part at each point, and when it was told.
   * @throws Problem `action-not-allowed` for a session that is not by video or has begun; naming what is missing or told too late
   */
  prepare(sessionId: string, order: OnlinePreparation, by: Official): Promise<OnlineRow> {
    mustNotLieAhead(order.notifiedOn, '/notifiedOn');
    return this.transactions.run(async (tx) => {
      const session = await this.lock(sessionId, by);
      if (order.ground === 'practical_need' && !order.groundReason)
        throw Problem.field('validation-failed', '/groundReason', 'required', {
          vi: 'Nêu yêu cầu thực tiễn (khoản 5 Điều 20 Nghị định 154/2026/NĐ-CP).',
          en: 'Say what practice needs it for (Decree 154/2026/NĐ-CP art. 20(5)).',
        });
      this.mustBeAtEachPoint(session, order);
      this.mustBeToldInTime(session, order);
      await tx.query(
        `insert into reception_online as o (session_id, ground, ground_reason, participants, notified_on, late_reason)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (session_id) do update set ground = excluded.ground, ground_reason = excluded.ground_reason,
           participants = excluded.participants, notified_on = excluded.notified_on, late_reason = excluded.late_reason, version = o.version + 1`,
        [sessionId, order.ground, order.groundReason, JSON.stringify(order.participants), order.notifiedOn, order.lateReason],
      );
      return (await this.readiness.readinessOf(sessionId))!;
    });
  }

  /** Keeps the last test of the connection. @throws Problem as {@link prepare} */
  test(sessionId: string, { testedOn, succeeded, note }: ConnectionTest, by: Official): Promise<OnlineRow> {
    mustNotLieAhead(testedOn, '/testedOn');
    return this.transactions.run(async (tx) => {
      const session = await this.lock(sessionId, by);
      if (testedOn >= session.onDate)
        throw Problem.field('validation-failed', '/testedOn', 'not_before_session', {
          vi: `Kết nối thử phải trước ngày tiếp ${asWritten(session.onDate)}.`,
          en: `The test is before the day of the session, ${session.onDate}.`,
        });
      const [, tested] = await tx.query<[unknown, number]>(
        'update reception_online set tested_on = $2, test_succeeded = $3, test_note = $4, version = version + 1 where session_id = $1',
        [sessionId, testedOn, succeeded, note],
      );
      if (tested === 0) throw notPrepared();
      return (await this.readiness.readinessOf(sessionId))!;
    });
  }

  private async lock(sessionId: string, by: Official): Promise<SessionRow> {
    const session = await this.sessions.lock(sessionId, null, by);
    mustBe(session, ['planned'], 'prepare');
    mustBeOnline(session);
    return session;
  }

  /** Whoever receives and the body that advises sit at the central point; of each unit with a room somebody takes part (art. 22). */
  private mustBeAtEachPoint({ rooms, unitId }: SessionRow, { participants }: OnlinePreparation): void {
    for (const [index, participant] of participants.entries()) this.access.anyUnit(participant.unitId, `/participants/${index}/unitId`);
    if (!participants.some(({ point }) => point === 'central'))
      throw Problem.field('validation-failed', '/participants', 'central_point', {
        vi: 'Điểm cầu trung tâm phải có cơ quan hoặc bộ phận được giao tham mưu vụ việc (khoản 1 Điều 22 Nghị định 154/2026/NĐ-CP).',
        en: 'At the central point the body takes part that advises on the matter (Decree 154/2026/NĐ-CP art. 22(1)).',
      });
    const missing = rooms.filter(
      (room) => room.unitId !== unitId && !participants.some((one) => one.point === 'component' && one.unitId === room.unitId),
    );
    if (missing.length > 0)
      throw Problem.field('validation-failed', '/participants', 'component_point', {
        vi: `Chưa có người tham gia tại điểm cầu: ${missing.map(({ officeName }) => officeName).join('; ')}.`,
        en: `Nobody takes part at: ${missing.map(({ officeName }) => officeName).join('; ')}.`,
      });
  }

  private mustBeToldInTime({ onDate }: SessionRow, { notifiedOn, lateReason }: OnlinePreparation): void {
    const lastDay = lastDayFor('notice', onDate, this.calendars.calendar);
    if (!lastDay || notifiedOn <= lastDay || lateReason) return;
    throw Problem.field('validation-failed', '/notifiedOn', 'too_late', {
      vi: `Phải thông báo chậm nhất ngày ${asWritten(lastDay)} (5 ngày làm việc trước ngày tiếp, khoản 1 Điều 23 Nghị định 154/2026/NĐ-CP); nếu đã thông báo muộn, nêu lý do.`,
      en: `It is told by ${lastDay} at the latest (5 working days before, Decree 154/2026/NĐ-CP art. 23(1)); where it was told later, say why (lateReason).`,
    });
  }
}
