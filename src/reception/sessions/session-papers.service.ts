import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { type DocumentOrder, DocumentsService } from '../../petitions/documents/documents.service.js';
import type { TemplateValues } from '../../petitions/documents/fill-template.js';
import type { PaperCode } from '../../petitions/papers.js';
import { Problem } from '../../platform/problems/problem.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { hourOf } from './moments.js';
import type { SessionChange, SessionRow } from './session.js';
import { SessionsService } from './sessions.service.js';
import { TasksService } from './tasks.service.js';
import { asWritten } from '../../platform/text/legal-date.js';

/** Papers that a session makes. */
export const sessionPapers = [
  'no_citizen_minutes',
  'schedule_change_notice',
  'reception_conclusion_notice',
] as const satisfies readonly PaperCode[];
export type SessionPaper = (typeof sessionPapers)[number];

/**
 * The minutes that nobody came, the notice of a day that changed, and what the head concluded with the tasks that he gave (Decree 154/2026/NĐ-CP
 * art. 25(2)), made from what was planned and held.
 */
@Injectable()
export class SessionPapersService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly tasks: TasksService,
    private readonly documents: DocumentsService,
    private readonly units: UnitDirectory,
    private readonly access: UnitResponsibility,
  ) {}

  /** @throws Problem naming `/paper` where the session has nothing that it would be about */
  async make(
    sessionId: string,
    order: Omit<DocumentOrder, 'paper' | 'petitionId' | 'context'> & { paper: SessionPaper },
    by: Official,
  ): ReturnType<DocumentsService['make']> {
    const session = await this.sessions.get(sessionId, by);
    this.access.mustActFor(by, session.unitId);
    const change = (await this.sessions.changes(sessionId, by)).findLast(({ type }) => told[type] !== undefined);
    const fits: Record<SessionPaper, boolean> = {
      no_citizen_minutes: session.noCitizenMinutes !== null,
      schedule_change_notice: change !== undefined,
      reception_conclusion_notice: session.conclusion !== null,
    };
    if (!fits[order.paper])
      throw Problem.field('validation-failed', '/paper', 'nothing_to_write', {
        vi: 'Buổi tiếp không có nội dung để lập văn bản này.',
        en: 'The session has nothing that this paper would be about.',
      });
    const gist = order.gist ?? `${gists[order.paper]} ngày ${asWritten(session.onDate)}`;
    const context = { ...contextOf(session, change), tasks: await this.tasksOf(session, by) };
    return this.documents.make({ ...order, petitionId: null, gist, context }, by);
  }

  private async tasksOf({ id }: SessionRow, by: Official): Promise<Record<string, string>[]> {
    return (await this.tasks.ofSession(id, by)).map(({ unitId, description, dueOn }, index) => ({
      index: String(index + 1),
      unitName: officeName(this.units.structure.get(unitId)).vi,
      description,
      dueOn: asWritten(dueOn),
    }));
  }
}

const gists: Record<SessionPaper, string> = {
  no_citizen_minutes: 'Không có công dân đến',
  schedule_change_notice: 'Thay đổi lịch',
  reception_conclusion_notice: 'Kết luận việc tiếp công dân',
};

function contextOf(session: SessionRow, change: SessionChange | undefined): TemplateValues {
  const before = (change?.before['onDate'] as string | undefined) ?? session.onDate;
  return {
    visitOn: asWritten(session.onDate),
    receptionPlace: `${session.officeName}, ${session.address}`,
    receiverName: session.delegateName ?? session.headName ?? '',
    time: session.openedAt ? hourOf(session.openedAt) : session.startsAt,
    endTime: session.closedAt ? hourOf(session.closedAt) : session.endsAt,
    headName: session.headName ?? '',
    headTitle: session.headTitle ?? '',
    receiverTitle: (session.delegateName ? session.delegateTitle : session.headTitle) ?? '',
    ...(session.conclusion && { conclusion: session.conclusion }),
    formerDay: asWritten(before),
    ...(change && { reason: change.reason, changeDescription: told[change.type]!(session) }),
  };
}

/** What a notice says of a change; nothing of one that citizens need not be told. */
const told: Partial<Record<SessionChange['type'], (session: SessionRow) => string>> = {
  postponed: ({ onDate, startsAt, endsAt }) => `buổi tiếp công dân chuyển sang ngày ${asWritten(onDate)}, từ ${startsAt} đến ${endsAt}`,
  cancelled: () => 'không tổ chức buổi tiếp công dân này',
  delegated: ({ delegateName, delegateTitle }) => `${[delegateTitle, delegateName].filter(Boolean).join(' ')} tiếp công dân thay`,
  changed: ({ startsAt, endsAt }) => `buổi tiếp công dân diễn ra từ ${startsAt} đến ${endsAt} cùng ngày`,
};
