import { GuidanceAtVisits } from '../../petitions/visit-guidance.service.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { mustNotLieAhead, type NewPetition, PetitionsService } from '../../petitions/petitions.service.js';
import { Problem, withinField } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { limitInForce } from '../../rules/limits/limit.js';
import { answeredOnTheSpot, answerRule } from '../../rules/reception/reception-rules.js';
import { refusalNoticeRule } from '../../rules/reception/refusals.js';
import type { AppointmentOrder } from '../appointments/appointment.js';
import { AppointmentsService } from '../appointments/appointments.service.js';
import { QueueService } from '../queue/queue.service.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import type { Visit, VisitRow } from './visit.js';
import { endOf, mustBeInForce, mustBeOpen, mustFitResult, mustHaveRepresentatives } from './visit-checks.js';
import type { Outcome, Refusal, VisitPetition } from './visit-order.js';
import { VisitWords } from './visit-words.js';
import { VisitsService } from './visits.service.js';

/** What becomes of a visit: its result or its refusal, the petition it is about, the answer that is owed. */
@Injectable()
export class VisitOutcomes {
  constructor(
    private readonly guidance: GuidanceAtVisits,
    private readonly visits: VisitsService,
    private readonly words: VisitWords,
    private readonly queue: QueueService,
    private readonly appointments: AppointmentsService,
    private readonly petitions: PetitionsService,
    private readonly access: UnitResponsibility,
    private readonly calendars: CalendarService,
  ) {}

  /**
   * Ends a visit with its result: papers taken, a petition opened, guided, transferred, an appointment, explained. Unless it was told on the spot
   * what becomes of the matter, an answer is owed within ten working days (Law on Citizen Reception art. 28).
   */
  conclude(id: string, outcome: Outcome, expected: number | null, by: Official): Promise<Visit> {
    return this.visits.change(id, expected, by, async (tx, row) => {
      mustBeOpen(row);
      await this.end(tx, row, outcome, by);
    });
  }

  /**
   * Ends a visit by a refusal on a ground in law (Law on Citizen Reception art. 9; Decree 154/2026/NĐ-CP art. 4). What is told in writing and is not yet
   * issued is owed within three working days; {@link answer} says that it was.
   */
  refuse(id: string, refusal: Refusal, expected: number | null, by: Official): Promise<Visit> {
    return this.visits.change(id, expected, by, async (tx, row) => {
      mustBeOpen(row);
      await this.endRefused(tx, row, refusal);
    });
  }

  /** Tells what became of the matter. */
  answer(
    id: string,
    { answeredOn = today(), documentNumber, content }: { answeredOn?: LegalDate; documentNumber: string | null; content: string },
    expected: number | null,
    by: Official,
  ): Promise<Visit> {
    mustNotLieAhead(answeredOn, '/answeredOn');
    return this.visits.change(id, expected, by, async (tx, row) => {
      if (row.answerDueOn === null || row.answeredOn !== null)
        throw new Problem('action-not-allowed', {
          vi: row.answeredOn ? `Đã trả lời ngày ${asWritten(row.answeredOn)}.` : 'Lượt tiếp này không phải trả lời.',
          en: row.answeredOn ? `It was answered on ${row.answeredOn}.` : 'No answer is owed for this visit.',
        });
      if (answeredOn < row.visitedOn)
        throw Problem.field('validation-failed', '/answeredOn', 'before_start', {
          vi: `Không được trước ngày tiếp ${asWritten(row.visitedOn)}.`,
          en: `Must not be before the visit on ${row.visitedOn}.`,
        });
      await tx.query('update reception_visit set answered_on = $2, answer_document = $3, answer_content = $4 where id = $1', [
        id,
        answeredOn,
        documentNumber,
        await this.words.withoutDenouncer(row, content),
      ]);
    });
  }

  /** Says which petition a visit is about: it and all other visits about the matter. */
  link(id: string, petitionId: string, expected: number | null, by: Official): Promise<Visit> {
    return this.visits.change(id, expected, by, async (tx, row) => {
      if (row.petitionId)
        throw new Problem('action-not-allowed', {
          vi: `Lượt tiếp đã gắn với đơn ${row.petitionNumber}.`,
          en: `The visit is linked to the petition ${row.petitionNumber}.`,
        });
      await this.setPetition(tx, row.matterId, await this.mustKnow(petitionId, by));
    });
  }

  /** @throws Problem naming `/petitionId` for one that the caller may not refer to */
  async mustKnow(petitionId: string, by: Official): Promise<string> {
    const [known] = await this.petitions.related([petitionId], by);
    if (known) return petitionId;
    throw Problem.field('validation-failed', '/petitionId', 'unknown_petition', {
      vi: 'Không tìm thấy đơn này trong phạm vi của bạn.',
      en: 'There is no such petition in your scope.',
    });
  }

  /** {@link conclude} in the transaction of the caller. */
  async end(tx: EntityManager, row: VisitRow, outcome: Outcome, by: Official): Promise<void> {
    const endedAt = endOf(row, outcome.endedAt);
    mustFitResult(row, outcome);
    this.mustHaveVisitors(row);
    if (outcome.toUnitId) this.access.anyUnit(outcome.toUnitId, '/toUnitId');
    if (outcome.petition) await this.setPetition(tx, row.matterId, await this.openPetition(row, outcome.petition, by));
    else if (outcome.petitionId) await this.setPetition(tx, row.matterId, await this.mustKnow(outcome.petitionId, by));
    const appointmentId = outcome.appointment ? await this.appoint(row, outcome.appointment, by) : null;
    const limit = limitInForce({ ruleId: answerRule, startsOn: row.visitedOn }, this.calendars.calendar);
    const told = answeredOnTheSpot.includes(outcome.result);
    await tx.query(
      `update reception_visit set state = 'concluded', ended_at = $2, result = $3, result_note = $4, to_unit_id = $5, appointment_id = $6,
         answer_due_on = $7, answer_backlog_on = $8, answered_on = $9 where id = $1`,
      [
        row.id,
        endedAt,
        outcome.result,
        await this.words.withoutDenouncer(row, outcome.note),
        outcome.toUnitId,
        appointmentId,
        limit?.dueOn ?? null,
        limit?.backlogOn ?? null,
        told ? row.visitedOn : null,
      ],
    );
    if (outcome.result === 'guided') await this.rememberGuidance(row);
    if (row.ticketId) await this.queue.finish(tx, row.ticketId, endedAt);
  }

  /** Whoever was guided here is known again when he files about the matter; of a visit whose author is secret nothing is kept. */
  async rememberGuidance(row: VisitRow): Promise<void> {
    if (row.identitySecret) return;
    const { visitors, matter, content } = this.words.open(row);
    const nationalIds = visitors.filter(({ capacity }) => capacity === 'self').map(({ nationalId }) => nationalId);
    await this.guidance.remember({ visitId: row.id, kind: row.kind, nationalIds, matter, content });
  }

  /** {@link refuse} in the transaction of the caller. */
  async endRefused(tx: EntityManager, row: VisitRow, { ground, reason, basis, documentNumber, endedAt }: Refusal): Promise<void> {
    const { told, needsBasis } = mustBeInForce(row, ground);
    if (needsBasis && !basis)
      throw Problem.field('validation-failed', '/basis', 'required', {
        vi: 'Căn cứ từ chối này phải dựa vào văn bản trả lời của cơ quan nhà nước có thẩm quyền: nêu số, ngày và cơ quan ban hành.',
        en: 'This ground rests on an answer in writing of the competent body: say its number, day and issuer.',
      });
    const notice = told === 'in_writing' && !documentNumber ? this.noticeOf(row) : null;
    const end = endOf(row, endedAt);
    await tx.query(
      `update reception_visit set state = 'refused', ended_at = $2, refusal_ground = $3, refusal_reason = $4, refusal_basis = $5,
         answer_document = $6, answer_due_on = $7, answer_backlog_on = $8, answered_on = case when $7::date is null then visited_on end where id = $1`,
      [
        row.id,
        end,
        ground,
        await this.words.withoutDenouncer(row, reason),
        await this.words.withoutDenouncer(row, basis),
        documentNumber,
        notice?.dueOn ?? null,
        notice?.backlogOn ?? null,
      ],
    );
    if (row.ticketId) await this.queue.finish(tx, row.ticketId, end);
  }

  /** Until when the notice in writing of a refusal is owed. @throws Problem where the law of the day wants it at once */
  private noticeOf({ visitedOn }: VisitRow): { dueOn: LegalDate; backlogOn: LegalDate } {
    const limit = limitInForce({ ruleId: refusalNoticeRule, startsOn: visitedOn }, this.calendars.calendar);
    if (limit) return limit;
    throw Problem.field('validation-failed', '/documentNumber', 'required', {
      vi: 'Từ chối theo khoản 3 Điều 9 phải có thông báo bằng văn bản.',
      en: 'A refusal on this ground is told by a notice in writing (art. 9(3)).',
    });
  }

  /** Whoever is received says who he is, and a large group speaks through whom it names. */
  private mustHaveVisitors(row: VisitRow): void {
    if (this.words.open(row).visitors.length === 0)
      throw Problem.field('validation-failed', '/visitors', 'required', {
        vi: 'Nêu người đến (PUT lượt tiếp) trước khi kết thúc.',
        en: 'Say who came (PUT the visit) before it ends.',
      });
    mustHaveRepresentatives(row);
  }

  private async openPetition(row: VisitRow, petition: VisitPetition, by: Official): Promise<string> {
    if (row.petitionId)
      throw Problem.field('validation-failed', '/petition', 'linked_already', {
        vi: `Lượt tiếp đã gắn với đơn ${row.petitionNumber}.`,
        en: `The visit is about the petition ${row.petitionNumber} already.`,
      });
    if (!by.roles.includes('clerk'))
      throw new Problem('forbidden', {
        vi: 'Chỉ cán bộ tiếp nhận (clerk) mở đơn mới.',
        en: 'Only a clerk opens a petition.',
      });
    const { visitors, matter, content } = this.words.open(row);
    const order: NewPetition = {
      ...petition,
      kind: row.kind,
      channel: 'in_person',
      receivedOn: row.visitedOn,
      summary: matter,
      content: petition.content ?? (content || matter),
      fieldCode: row.fieldCode,
      signatories: row.persons,
      parties: visitors.flatMap(({ capacity, ...visitor }) => {
        const role = roleOf[capacity];
        return role ? [{ ...visitor, role, type: 'person' as const, office: null, authorisation: null, personId: null }] : [];
      }),
    };
    const { petition: filed } = await withinField('/petition', () => this.petitions.file(order, by));
    return filed.id;
  }

  private async appoint(row: VisitRow, { sessionId, slotAt }: { sessionId: string; slotAt: string }, by: Official): Promise<string> {
    const { visitors, matter } = this.words.open(row);
    const visitor = visitors.find(({ phone }) => phone !== null);
    if (!visitor)
      throw Problem.field('validation-failed', '/appointment', 'phone_required', {
        vi: 'Cần số điện thoại của người được hẹn.',
        en: 'The telephone number of whoever is appointed is needed.',
      });
    const { name, phone, nationalId, address } = visitor;
    const order: AppointmentOrder = { name, phone: phone!, nationalId, address, slotAt, kind: row.kind, persons: row.persons, matter };
    return (await withinField('/appointment', () => this.appointments.book(sessionId, order, by))).id;
  }

  private async setPetition(tx: EntityManager, matterId: string, petitionId: string): Promise<void> {
    await tx.query('update reception_visit set petition_id = $2 where matter_id = $1 and petition_id is null', [matterId, petitionId]);
  }
}

/** What a visitor is to the petition that the visit opens. */
const roleOf = {
  self: 'petitioner',
  representative: 'representative',
  authorised: 'representative',
  lawyer: 'lawyer',
  companion: null,
} as const;
