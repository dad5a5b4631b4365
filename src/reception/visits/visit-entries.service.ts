import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { dayOf } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { WhoMayKnow } from '../../petitions/identity/who-may-know.service.js';
import { orNull, Problem, withinField } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { asNumber, nextNumber } from '../../platform/database/running-numbers.js';
import { OfficesService } from '../offices/offices.service.js';
import { QueueService } from '../queue/queue.service.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { momentGiven } from '../sessions/moments.js';
import { OnlineReadiness } from '../sessions/online/online-readiness.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { Visit, VisitCorrection, VisitRow } from './visit.js';
import { mustBeHeld, mustEndOnce, mustRespectRepresentatives } from './visit-checks.js';
import { factColumns, factValues, revisedNames } from './visit-columns.js';
import type { NewVisit } from './visit-order.js';
import { VisitOutcomes } from './visit-outcomes.service.js';
import { VisitWords } from './visit-words.js';
import { VisitsService } from './visits.service.js';

/** Where a visit belongs: the unit whose ledger it stands in, the office, the day. */
interface Setting {
  unitId: string;
  officeId: string;
  on: LegalDate;
}

/** What is written into the ledger of visits. Numbers have no gaps, and a correction keeps what was there before. */
@Injectable()
export class VisitEntries {
  constructor(
    private readonly transactions: Transactions,
    private readonly visits: VisitsService,
    private readonly outcomes: VisitOutcomes,
    private readonly words: VisitWords,
    private readonly offices: OfficesService,
    private readonly sessions: SessionsService,
    private readonly online: OnlineReadiness,
    private readonly queue: QueueService,
    private readonly access: UnitResponsibility,
    private readonly scope: AccessScope,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
    private readonly whoMayKnow: WhoMayKnow,
  ) {}

  /**
   * Enters a visit into the ledger; with its outcome where it is over, and with the petition that it opens, in one go.
   * @throws Problem naming what is wrong; `not-responsible` at another unit's office
   */
  enter(visit: NewVisit, by: Official): Promise<Visit> {
    return this.transactions.run(async (tx) => {
      await this.units.upToDate(tx);
      await this.calendars.upToDate(tx);
      const startedAt = momentGiven(visit.startedAt, '/startedAt');
      const setting = await this.settingOf(visit, dayOf(startedAt.getTime()), by);
      mustRespectRepresentatives(visit);
      mustEndOnce(visit);
      const ticket = visit.ticketId ? await this.queue.serve(tx, visit.ticketId, setting.officeId, startedAt, by) : null;
      const earlier = await this.earlierOf(visit, by);
      const petitionId = visit.petitionId ? await this.outcomes.mustKnow(visit.petitionId, by) : (earlier?.petitionId ?? null);
      const id = randomUUIDv7();
      const year = Number(setting.on.slice(0, 4));
      const sequence = await nextNumber(this.transactions, setting.unitId, 'visit', String(year));
      const stored = await this.words.seal(id, visit);
      await tx.query(
        `insert into reception_visit (id, unit_id, office_id, session_id, ticket_id, year, sequence, number, visited_on, arrived_at, started_at, matter_id,
           petition_id, state, ${factColumns.join(', ')}, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'in_reception', ${factColumns.map((_name, at) => `$${at + 14}`).join(', ')}, $${factColumns.length + 14})`,
        [
          id,
          setting.unitId,
          setting.officeId,
          visit.sessionId,
          visit.ticketId,
          year,
          sequence,
          asNumber(this.units.structure.get(setting.unitId).symbol, 'TCD', year, sequence),
          setting.on,
          ticket?.issuedAt ?? startedAt,
          startedAt,
          earlier?.matterId ?? id,
          petitionId,
          ...factValues(visit, stored, setting.on),
          by.accountId,
        ],
      );
      if (visit.secrecyNotAsked) await tx.query('update reception_visit set secrecy_not_asked = true where id = $1', [id]);
      const row = await this.visits.lock(id, by);
      const { refusal, outcome } = visit;
      if (refusal) await withinField('/refusal', () => this.outcomes.endRefused(tx, row, refusal), Object.keys(refusal));
      else if (outcome) await withinField('/outcome', () => this.outcomes.end(tx, row, outcome, by), Object.keys(outcome));
      await this.visits.keepSecrecy(tx, id, '/petitionId');
      return this.visits.get(id, by);
    });
  }

  /**
   * Corrects what was written down; what was there before is kept, with the reason. What is hidden stays as it is where it is not sent, or comes back
   * as it was shown.
   * @throws Problem `forbidden` where a visit to denounce becomes another kind by anybody but who received it or may know who came (Law on Denunciations
   *   art. 56); `not-found`, `not-responsible`, `precondition-failed`, `validation-failed`
   */
  correct(id: string, corrected: VisitCorrection, reason: string, expected: number | null, by: Official): Promise<Visit> {
    const work = async (tx: EntityManager, row: VisitRow): Promise<void> => {
      if (row.kind === 'denunciation' && corrected.kind !== 'denunciation') await this.whoMayKnow.mustBeAllowedToOpen(tx, row, reason, by);
      const facts = this.words.corrected(row, corrected);
      mustRespectRepresentatives(facts);
      const before = { ...row, sealed: undefined, sealedKey: undefined };
      const content = Object.fromEntries(revisedNames.map((name) => [name, before[name]]));
      await tx.query(
        `insert into reception_visit_revision (visit_id, revision, content, sealed, sealed_key, reason, replaced_by) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, row.revision, JSON.stringify(content), row.sealed, row.sealedKey, reason, by.accountId],
      );
      // A matter that turns out to be a denunciation is one from now on, and what was written of it before names nobody either (`keepSecrecy`).
      const stored = await this.words.seal(id, facts, row.identitySecret);
      await tx.query(
        `update reception_visit set ${factColumns.map((name, at) => `${name} = $${at + 2}`).join(', ')}, revision = revision + 1 where id = $1`,
        [id, ...factValues(facts, stored, row.visitedOn)],
      );
      if (row.result === 'guided') await this.outcomes.rememberGuidance(await this.visits.lock(id, by));
    };
    return this.visits.change(id, expected, by, work, '/kind');
  }

  private async settingOf({ officeId, sessionId, kind, secrecyNotAsked }: NewVisit, on: LegalDate, by: Official): Promise<Setting> {
    const office = await this.offices.find(officeId).catch(orNull);
    if (!office)
      throw Problem.field('validation-failed', '/officeId', 'unknown_office', {
        vi: 'Không có nơi tiếp công dân này.',
        en: 'There is no such office.',
      });
    if (!sessionId) {
      this.access.mustActFor(by, office.unitId);
      this.access.mustExist(this.units.structure.get(office.unitId), on, '/startedAt');
      return { unitId: office.unitId, officeId, on };
    }
    const session = await this.sessions.lockAny(sessionId).catch(orNull);
    if (!session || !(session.officeId === officeId || session.rooms.some((room) => room.officeId === officeId)))
      throw Problem.field('validation-failed', '/sessionId', 'other_session', {
        vi: 'Không có buổi tiếp này ở đây.',
        en: 'There is no such session at this office.',
      });
    // An online session has one ledger, into which every unit with a room in it writes.
    const takesPart = session.online && session.rooms.some(({ unitId }) => this.scope.actsFor(by, unitId));
    if (!takesPart) this.access.mustActFor(by, session.unitId);
    mustBeHeld(session, on);
    if (session.online && kind === 'denunciation') await this.online.mustTakeDenunciations(session, secrecyNotAsked);
    return { unitId: session.unitId, officeId, on };
  }

  /** The earlier visit that this one repeats; null for a new matter. */
  private async earlierOf({ repeatsVisitId, petitionId }: NewVisit, by: Official): Promise<VisitRow | null> {
    if (!repeatsVisitId) return null;
    const earlier = await this.visits.row(repeatsVisitId, by).catch(orNull);
    if (!earlier)
      throw Problem.field('validation-failed', '/repeatsVisitId', 'unknown_visit', {
        vi: 'Không tìm thấy lượt tiếp này trong phạm vi của bạn.',
        en: 'There is no such visit in your scope.',
      });
    if (petitionId && earlier.petitionId && earlier.petitionId !== petitionId)
      throw Problem.field('validation-failed', '/repeatsVisitId', 'other_petition', {
        vi: `Lượt tiếp trước gắn với đơn ${earlier.petitionNumber}.`,
        en: `The earlier visit is about the petition ${earlier.petitionNumber}.`,
      });
    return earlier;
  }
}
