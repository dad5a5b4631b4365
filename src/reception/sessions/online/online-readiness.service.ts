import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../../structure/calendar/calendar.service.js';
import type { NamedQuery } from '../../../platform/database/transactions.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { Problem } from '../../../platform/problems/problem.js';
import { lastDayFor } from '../../../rules/reception/online.js';
import type { SessionRow } from '../session.js';
import { recordingsOf } from '../sessions.queries.js';
import type { OnlineRow } from './online.js';
import { asWritten } from '../../../platform/text/legal-date.js';

/** Values: session. */
export const onlineOf: NamedQuery = {
  name: 'reception-online',
  text: `select o.session_id as "sessionId", o.ground, o.ground_reason as "groundReason", o.participants, o.notified_on as "notifiedOn",
    o.late_reason as "lateReason", o.tested_on as "testedOn", o.test_succeeded as "testSucceeded", o.test_note as "testNote", o.recording, o.version
  from reception_online o where o.session_id = $1`,
};

/** Whether a session by video can begin, and whether it can end (Decree 154/2026/NĐ-CP arts 23, 24). */
@Injectable()
export class OnlineReadiness {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
  ) {}

  async readinessOf(sessionId: string): Promise<OnlineRow | null> {
    const [row] = await this.transactions.rows<OnlineRow & Record<string, unknown>>(onlineOf, [sessionId]);
    return row ?? null;
  }

  /** @throws Problem `action-not-allowed` where it was not prepared, or the connection not tested in time */
  async mustBeReady({ id, online, onDate }: SessionRow): Promise<void> {
    const lastDay = online ? lastDayFor('test', onDate, this.calendars.calendar) : null;
    if (!lastDay) return;
    const prepared = await this.readinessOf(id);
    if (!prepared)
      throw new Problem('action-not-allowed', {
        vi: 'Buổi tiếp trực tuyến phải có căn cứ, thành phần tham gia và thông báo trước (PUT …/online; Điều 20, 22, 23 Nghị định 154/2026/NĐ-CP).',
        en: 'A session by video needs its ground, who takes part and the notice first (PUT …/online; Decree 154/2026/NĐ-CP arts 20, 22, 23).',
      });
    if (!prepared.testSucceeded || prepared.testedOn! > lastDay)
      throw new Problem('action-not-allowed', {
        vi: `Phải kết nối thử thành công chậm nhất ngày ${asWritten(lastDay)} (POST …/online/connection-tests; khoản 1 Điều 23 Nghị định 154/2026/NĐ-CP).`,
        en: `A test of the connection must have succeeded by ${lastDay} (POST …/online/connection-tests; Decree 154/2026/NĐ-CP art. 23(1)).`,
      });
  }

  /**
   * Whether a denunciation is received by video: a complex one, whose author does not ask for secrecy (art. 20(4)).
   * @throws Problem naming `/kind` or `/secrecyNotAsked`
   */
  async mustTakeDenunciations({ id, onDate }: SessionRow, secrecyNotAsked: boolean): Promise<void> {
    if (!lastDayFor('test', onDate, this.calendars.calendar)) return;
    if ((await this.readinessOf(id))?.ground !== 'complex_denunciation')
      throw Problem.field('validation-failed', '/kind', 'not_online', {
        vi: 'Buổi tiếp trực tuyến này không được lập để tiếp người tố cáo (khoản 4 Điều 20 Nghị định 154/2026/NĐ-CP); hãy tiếp trực tiếp.',
        en: 'This session by video was not set up for denunciations (Decree 154/2026/NĐ-CP art. 20(4)); receive in person.',
      });
    if (!secrecyNotAsked)
      throw Problem.field('validation-failed', '/secrecyNotAsked', 'required', {
        vi: 'Chỉ tiếp trực tuyến người tố cáo không yêu cầu giữ bí mật danh tính (khoản 4 Điều 20 Nghị định 154/2026/NĐ-CP).',
        en: 'Whoever denounces is received by video only where he asks for no secrecy (Decree 154/2026/NĐ-CP art. 20(4)).',
      });
  }

  /** @throws Problem naming `/recording` where no file of the recording is attached and nobody says where it is */
  async mustBeRecorded({ id, online, onDate, visits }: SessionRow, recording: string | null): Promise<void> {
    if (!online || visits === 0 || recording || !lastDayFor('test', onDate, this.calendars.calendar)) return;
    if ((await this.transactions.rows(recordingsOf, [id, null])).length > 0) return;
    throw Problem.field('validation-failed', '/recording', 'required', {
      vi: 'Buổi tiếp trực tuyến phải được ghi âm, ghi hình: đính kèm bản ghi (POST …/online/recordings) hoặc nêu nơi lưu dữ liệu (khoản 1 Điều 24 Nghị định 154/2026/NĐ-CP).',
      en: 'A session by video is recorded: attach the recording (POST …/online/recordings) or say where it is kept (Decree 154/2026/NĐ-CP art. 24(1)).',
    });
  }
}
