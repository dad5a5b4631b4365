import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { asWritten, isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { dayOf } from '../../platform/text/today.js';
import { letHoldsGo } from './holds.js';
import { momentGiven } from './moments.js';
import { OnlineReadiness } from './online/online-readiness.service.js';
import { presiderOf, placeTaken } from './places.service.js';
import {
  type Holder,
  type PublishedSession,
  type SessionChange,
  type SessionRow,
  type SessionState,
  type SessionType,
  sessionStateNames,
  sessionStepNames,
  type SessionStep,
} from './session.js';
import { changesOf, lockSession, publishedSessions, sessionById, sessionList } from './sessions.queries.js';

export interface SessionFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  from?: LegalDate;
  to?: LegalDate;
  type?: SessionType;
  state?: SessionState;
  officeId?: string;
  limit?: number;
  cursor?: string;
}

/** Who holds a session: the head, or somebody else with the reason. */
export interface Opening {
  openedAt?: string | null;
  heldBy?: 'head' | 'delegate' | null;
  delegateName?: string | null;
  delegateTitle?: string | null;
  reason?: string | null;
}

export interface Closing {
  closedAt?: string | null;
  minutes?: string | null;
  conclusion?: string | null;
  noCitizenMinutes?: string | null;
  /** Of a session by video: where its recording is kept. */
  recording?: string | null;
}

/** Sessions as they are held: opened, minuted, concluded, closed. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: UnitResponsibility,
    private readonly scope: AccessScope,
    private readonly online: OnlineReadiness,
  ) {}

  /**
   * What was published of these units, for everybody.
   * @param after day, hour and id of the row to start after, or nulls
   */
  published(units: Unit[], from: LegalDate, to: LegalDate, after: unknown[], limit: number): Promise<PublishedSession[]> {
    const ids = units.map(({ id }) => id);
    return this.transactions.rows<PublishedSession & Record<string, unknown>>(publishedSessions, [ids, from, to, ...after, limit]);
  }

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<SessionRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<SessionRow>(sessionById, [id, roots, subtree]);
    if (!row) throw noSuchSession();
    return row;
  }

  /** In the order of their days. */
  async list(
    { unitId, includeSubordinates = false, limit = defaultLimit, cursor, ...filter }: SessionFilter,
    by: Official,
  ): Promise<Page<SessionRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<SessionRow>(sessionList, [
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      filter.from ?? null,
      filter.to ?? null,
      filter.type ?? null,
      filter.state ?? null,
      filter.officeId ?? null,
      ...after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ onDate, id }) => [onDate, id],
      (row) => row,
    );
  }

  async changes(id: string, by: Official): Promise<SessionChange[]> {
    await this.get(id, by);
    return this.transactions.rows<SessionChange & Record<string, unknown>>(changesOf, [id]);
  }

  /**
   * Opens a session on its day.
   * @throws Problem naming a moment on another day, or a delegate without name and reason
   */
  open(
    id: string,
    { openedAt, heldBy, delegateName, delegateTitle, reason }: Opening,
    expected: number | null,
    by: Official,
  ): Promise<SessionRow> {
    return this.transactions.run(async (tx) => {
      const session = await this.lock(id, expected, by);
      mustBe(session, ['planned'], 'open');
      await this.online.mustBeReady(session);
      const at = momentGiven(openedAt, '/openedAt');
      if (dayOf(at.getTime()) !== session.onDate)
        throw Problem.field('validation-failed', '/openedAt', 'other_day', {
          vi: `Buổi tiếp được xếp vào ngày ${asWritten(session.onDate)}; nếu tổ chức ngày khác, hãy hoãn trước.`,
          en: `The session is planned for ${session.onDate}; postpone it first if it is held on another day.`,
        });
      const holder = holderOf(session, heldBy);
      const delegate = holder === 'delegate' ? delegateOf(session, { delegateName, delegateTitle, reason }) : [null, null, null];
      await tx
        .query(
          `update reception_session set state = 'open', opened_at = $2, held_by = $3, delegate_name = $4, delegate_title = $5,
             delegation_reason = $6, presider = $7, version = version + 1, updated_at = now() where id = $1`,
          [id, at, holder, ...delegate, presiderOf(session.unitId, session.type, delegate[0] ?? null)],
        )
        .catch(placeTaken);
      return this.lockAny(id);
    });
  }

  /**
   * Closes a session. A day of the head without visitors counts when that was minuted; with visitors it is minuted what was said.
   * @throws Problem `action-not-allowed` while somebody is being received; naming the minutes that are missing
   */
  close(id: string, closing: Closing, expected: number | null, by: Official): Promise<SessionRow> {
    return this.transactions.run(async (tx) => {
      const session = await this.lock(id, expected, by);
      mustBe(session, ['open'], 'close');
      const at = momentGiven(closing.closedAt, '/closedAt');
      if (at < session.openedAt!)
        throw Problem.field('validation-failed', '/closedAt', 'before_start', {
          vi: 'Không được trước khi bắt đầu buổi tiếp.',
          en: 'Must not be before the session was opened.',
        });
      await this.mustHaveReceivedAll(tx, id);
      mustBeMinuted(session, closing);
      await this.online.mustBeRecorded(session, closing.recording ?? null);
      await tx.query(
        `update reception_session set state = 'closed', closed_at = $2, minutes = $3, conclusion = $4, no_citizen_minutes = $5,
           version = version + 1, updated_at = now() where id = $1`,
        [id, at, closing.minutes ?? null, closing.conclusion ?? null, session.visits === 0 ? (closing.noCitizenMinutes ?? null) : null],
      );
      if (session.online && closing.recording)
        await tx.query('update reception_online set recording = $2, version = version + 1 where session_id = $1', [id, closing.recording]);
      // Whoever registered and did not come.
      await letHoldsGo(tx, id);
      await tx.query(
        `update reception_appointment set state = 'no_show', held_until = null, confirmation_hash = null, version = version + 1 where session_id = $1 and state in ('booked', 'confirmed')`,
        [id],
      );
      return this.lockAny(id);
    });
  }

  /** Holds a session that the caller runs. @throws Problem `not-found`, `not-responsible`, `precondition-failed` */
  async lock(id: string, expected: number | null, by: Official): Promise<SessionRow> {
    const session = await this.lockAny(id);
    this.access.mustActFor(by, session.unitId);
    mustMatch(session.version, expected);
    return session;
  }

  /** Holds a session, whoever runs it. @throws Problem `not-found` */
  async lockAny(id: string): Promise<SessionRow> {
    const [row] = await this.transactions.rows<SessionRow>(lockSession, [id]);
    if (!row) throw noSuchSession();
    return row;
  }

  private async mustHaveReceivedAll(tx: EntityManager, id: string): Promise<void> {
    const [visit] = await tx.query<{ number: string }[]>(
      `select number from reception_visit where session_id = $1 and state = 'in_reception' order by sequence limit 1`,
      [id],
    );
    if (visit)
      throw new Problem(
        'action-not-allowed',
        { vi: `Lượt tiếp ${visit.number} chưa kết thúc.`, en: `The visit ${visit.number} is not ended.` },
        [],
        { visit: visit.number },
      );
  }
}

/** @throws Problem `action-not-allowed` naming the states in which it can be done */
export function mustBe({ state }: Pick<SessionRow, 'state'>, allowed: readonly SessionState[], step: SessionStep): void {
  if (allowed.includes(state)) return;
  throw new Problem(
    'action-not-allowed',
    {
      vi: `Không thể ${sessionStepNames[step]} khi buổi tiếp ở trạng thái "${sessionStateNames[state]}"; chỉ khi: ${allowed.map((one) => sessionStateNames[one]).join(', ')}.`,
      en: `"${step}" is not possible for a session in the state "${state}"; only in: ${allowed.join(', ')}.`,
    },
    [],
    { state },
  );
}

export function noSuchSession(): Problem {
  return Problem.notFound('buổi tiếp công dân này', 'reception session');
}

function holderOf({ type, delegateName }: SessionRow, asked: Opening['heldBy']): Holder {
  if (type === 'regular') return 'receiver';
  return asked ?? (delegateName === null ? 'head' : 'delegate');
}

function delegateOf(session: SessionRow, { delegateName, delegateTitle, reason }: Opening): [string, string | null, string] {
  const name = delegateName ?? session.delegateName;
  const why = reason ?? session.delegationReason;
  if (!name || !why)
    throw Problem.field('validation-failed', name ? '/reason' : '/delegateName', 'required', {
      vi: 'Uỷ quyền tiếp: nêu người được uỷ quyền và lý do.',
      en: 'A delegated session: name who holds it and why.',
    });
  return [name, delegateTitle ?? session.delegateTitle, why];
}

function mustBeMinuted({ type, visits }: SessionRow, { minutes, noCitizenMinutes }: Closing): void {
  if (type === 'regular') return;
  if (visits === 0 && !noCitizenMinutes)
    throw Problem.field('validation-failed', '/noCitizenMinutes', 'required', {
      vi: 'Không có công dân đến: lập biên bản (noCitizenMinutes).',
      en: 'Nobody came: minute it (noCitizenMinutes).',
    });
  if (visits > 0 && !minutes)
    throw Problem.field('validation-failed', '/minutes', 'required', {
      vi: 'Buổi tiếp của người đứng đầu phải có biên bản.',
      en: 'A session of the head is minuted.',
    });
}
