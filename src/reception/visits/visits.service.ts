import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../auth/official.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { dayOf, today } from '../../calendar/today.js';
import { Transactions } from '../../database/transactions.js';
import { defaultLimit, type Page, page } from '../../http/page.js';
import { redact } from '../../petitions/identity/redaction.js';
import { mustNotLieAhead, type NewPetition, PetitionsService } from '../../petitions/petitions.service.js';
import { mustMatch, Problem, withinField } from '../../problems/problem.js';
import type { LegalDate } from '../../rules/legal-date.js';
import { alertDays, alertOf } from '../../rules/limits/alert.js';
import { limitInForce } from '../../rules/limits/limit.js';
import { answeredOnTheSpot, answerRule, isLargeGroup } from '../../rules/reception/reception-rules.js';
import { Keys } from '../../sealing/keys.service.js';
import { placeOf } from '../../sealing/places.js';
import { AccessScope } from '../../units/access-scope.js';
import { fold } from '../../units/fold.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import type { AppointmentOrder } from '../appointments/appointment.js';
import { AppointmentsService } from '../appointments/appointments.service.js';
import { asNumber, nextNumber } from '../counters.js';
import { OfficesService } from '../offices/offices.service.js';
import { QueueService } from '../queue/queue.service.js';
import { ReceptionAccess } from '../reception-access.js';
import { momentGiven } from '../sessions/moments.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { SealedVisit, Visit, VisitFacts, Visitor, VisitRevision, VisitRow } from './visit.js';
import {
  endOf,
  mustBeHeld,
  mustBeOpen,
  mustEndOnce,
  mustFitResult,
  mustHaveRepresentatives,
  mustRespectRepresentatives,
  representativesOf,
} from './visit-checks.js';
import type { NewVisit, Outcome, Refusal, VisitPetition } from './visit-order.js';
import { lockVisit, revisionsOf, visitById, type VisitFilter, visitPage, visitsNaming } from './visits.queries.js';

/** Where a visit belongs: the unit whose ledger it stands in, the office, the day. */
interface Setting {
  unitId: string;
  officeId: string;
  on: LegalDate;
}

/** The ledger of visits: who came about what, and what became of it. Numbers have no gaps, and a correction keeps what was there before. */
@Injectable()
export class VisitsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficesService,
    private readonly sessions: SessionsService,
    private readonly queue: QueueService,
    private readonly appointments: AppointmentsService,
    private readonly petitions: PetitionsService,
    private readonly access: ReceptionAccess,
    private readonly scope: AccessScope,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
    private readonly keys: Keys,
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
      const petitionId = visit.petitionId ? await this.mustKnow(visit.petitionId, by) : (earlier?.petitionId ?? null);
      const id = randomUUIDv7();
      const year = Number(setting.on.slice(0, 4));
      const sequence = await nextNumber(this.transactions, setting.unitId, 'visit', String(year));
      const stored = this.seal(id, visit);
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
      const row = await this.lock(id, by);
      const { refusal, outcome } = visit;
      if (refusal) await withinField('/refusal', () => this.endRefused(tx, row, refusal), Object.keys(refusal));
      else if (outcome) await withinField('/outcome', () => this.end(tx, row, outcome, by), Object.keys(outcome));
      return this.get(id, by);
    });
  }

  /**
   * Ends a visit with its result: papers taken, a petition opened, guided, transferred, an appointment, explained. Unless it was told on the spot
   * what becomes of the matter, an answer is owed within ten working days (Law on Citizen Reception art. 28).
   */
  conclude(id: string, outcome: Outcome, expected: number | null, by: Official): Promise<Visit> {
    return this.change(id, expected, by, async (tx, row) => {
      mustBeOpen(row);
      await this.end(tx, row, outcome, by);
    });
  }

  /** Ends a visit by a refusal on a ground in law (Law on Citizen Reception art. 9). */
  refuse(id: string, refusal: Refusal, expected: number | null, by: Official): Promise<Visit> {
    return this.change(id, expected, by, async (tx, row) => {
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
    return this.change(id, expected, by, async (tx, row) => {
      if (row.answerDueOn === null || row.answeredOn !== null)
        throw new Problem('action-not-allowed', {
          vi: row.answeredOn ? `Đã trả lời ngày ${row.answeredOn}.` : 'Lượt tiếp này không phải trả lời.',
          en: row.answeredOn ? `It was answered on ${row.answeredOn}.` : 'No answer is owed for this visit.',
        });
      if (answeredOn < row.visitedOn)
        throw Problem.field('validation-failed', '/answeredOn', 'before_start', {
          vi: `Không được trước ngày tiếp ${row.visitedOn}.`,
          en: `Must not be before the visit on ${row.visitedOn}.`,
        });
      await tx.query('update reception_visit set answered_on = $2, answer_document = $3, answer_content = $4 where id = $1', [
        id,
        answeredOn,
        documentNumber,
        this.withoutDenouncer(row, content),
      ]);
    });
  }

  /** Corrects what was written down; what was there before is kept, with the reason. */
  correct(id: string, facts: VisitFacts, reason: string, expected: number | null, by: Official): Promise<Visit> {
    return this.change(id, expected, by, async (tx, row) => {
      mustRespectRepresentatives(facts);
      const before = { ...row, sealed: undefined, sealedKey: undefined };
      const content = Object.fromEntries(revisedNames.map((name) => [name, before[name]]));
      await tx.query(
        `insert into reception_visit_revision (visit_id, revision, content, sealed, sealed_key, reason, replaced_by) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, row.revision, JSON.stringify(content), row.sealed, row.sealedKey, reason, by.accountId],
      );
      // A matter that turns out to be a denunciation is one from now on, and what was corrected before names nobody either.
      const stored = this.seal(id, facts);
      await tx.query(
        `update reception_visit set ${factColumns.map((name, at) => `${name} = $${at + 2}`).join(', ')}, revision = revision + 1 where id = $1`,
        [id, ...factValues(facts, stored, row.visitedOn)],
      );
      if (stored.secret) await this.hideRevisions(tx, id, [...this.openedBy(row).visitors, ...facts.visitors]);
    });
  }

  /** Says which petition a visit is about: it and all other visits about the matter. */
  link(id: string, petitionId: string, expected: number | null, by: Official): Promise<Visit> {
    return this.change(id, expected, by, async (tx, row) => {
      if (row.petitionId)
        throw new Problem('action-not-allowed', {
          vi: `Lượt tiếp đã gắn với đơn ${row.petitionNumber}.`,
          en: `The visit is linked to the petition ${row.petitionNumber}.`,
        });
      await this.setPetition(tx, row.matterId, await this.mustKnow(petitionId, by));
    });
  }

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<Visit> {
    return this.shown([await this.row(id, by)])[0]!;
  }

  async list(
    { unitId, includeSubordinates = false, ...filter }: VisitFilter & { unitId?: string; includeSubordinates?: boolean },
    by: Official,
  ): Promise<Page<Visit>> {
    const rows = await this.rows(visitPage(filter, this.scope.unitsAsked(by, unitId, includeSubordinates), this.days));
    return page(
      this.shown(rows),
      filter.limit ?? defaultLimit,
      ({ visitedOn, id }) => [visitedOn, id],
      (row) => row,
    );
  }

  /**
   * What the ledgers of the caller's scope hold about a person: visits with that national id, or where one of the two has none with that name and
   * birth year or address. Whoever denounced is not found by this.
   */
  async heldAbout(person: Pick<Visitor, 'name' | 'nationalId' | 'birthYear' | 'address'>, by: Official): Promise<Visit[]> {
    const units = this.scope.unitsAsked(by, undefined, true);
    const rows = await this.transactions.rows<VisitRow & Record<string, unknown>>(visitsNaming, [units, fold(person.name)]);
    return this.shown(rows).filter(({ visitors }) => visitors.some((visitor) => isSame(visitor, person)));
  }

  /** The ledger of units in the order of its numbers, page by page. */
  async *ledger(filter: Omit<VisitFilter, 'cursor' | 'limit'>, units: readonly string[]): AsyncGenerator<Visit> {
    for (let cursor: string | undefined; ;) {
      const asked = { ...filter, limit: rowsOfLedgerPage, ...(cursor && { cursor }) };
      const rows = await this.rows<{ year: number; sequence: number }>(visitPage(asked, units, this.days, 'ledger'));
      const { items, nextCursor } = page(
        rows,
        rowsOfLedgerPage,
        (row) => [row.unitId, row.year, row.sequence],
        (row) => row,
      );
      yield* this.shown(items);
      if (!nextCursor) return;
      cursor = nextCursor;
    }
  }

  async revisions(id: string, by: Official): Promise<VisitRevision[]> {
    await this.row(id, by);
    return this.transactions.rows<VisitRevision & Record<string, unknown>>(revisionsOf, [id]);
  }

  /** Who came and what was said, opened; for whoever may know it. */
  opened(row: VisitRow): SealedVisit {
    return this.openedBy(row);
  }

  /** The row with what is sealed in it. @throws Problem `not-found` */
  async row(id: string, by: Official): Promise<VisitRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<VisitRow & Record<string, unknown>>(visitById, [id, roots, subtree]);
    if (!row) throw noSuchVisit();
    return row;
  }

  private rows<More extends object = object>(query: { name?: string; text: string; values: unknown[] }): Promise<(VisitRow & More)[]> {
    return this.transactions.rows<VisitRow & More & Record<string, unknown>>(query, query.values);
  }

  private get days(): ReturnType<typeof alertDays> {
    return alertDays(today(), this.calendars.calendar);
  }

  private async settingOf({ officeId, sessionId }: NewVisit, on: LegalDate, by: Official): Promise<Setting> {
    const office = await this.offices.find(officeId).catch(() => {
      throw Problem.field('validation-failed', '/officeId', 'unknown_office', {
        vi: 'Không có nơi tiếp công dân này.',
        en: 'There is no such office.',
      });
    });
    if (!sessionId) {
      this.access.mustActFor(by, office.unitId);
      this.access.mustExist(this.units.structure.get(office.unitId), on, '/startedAt');
      return { unitId: office.unitId, officeId, on };
    }
    const session = await this.sessions.lockAny(sessionId).catch(() => null);
    if (!session || !(session.officeId === officeId || session.rooms.some((room) => room.officeId === officeId)))
      throw Problem.field('validation-failed', '/sessionId', 'other_session', {
        vi: 'Không có buổi tiếp này ở đây.',
        en: 'There is no such session at this office.',
      });
    // An online session has one ledger, into which every unit with a room in it writes.
    const takesPart = session.online && session.rooms.some(({ unitId }) => this.scope.actsFor(by, unitId));
    if (!takesPart) this.access.mustActFor(by, session.unitId);
    mustBeHeld(session, on);
    return { unitId: session.unitId, officeId, on };
  }

  /** The earlier visit that this one repeats; null for a new matter. */
  private async earlierOf({ repeatsVisitId, petitionId }: NewVisit, by: Official): Promise<VisitRow | null> {
    if (!repeatsVisitId) return null;
    const earlier = await this.row(repeatsVisitId, by).catch(() => null);
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

  /** @throws Problem naming `/petitionId` for one that the caller may not refer to */
  private async mustKnow(petitionId: string, by: Official): Promise<string> {
    const [known] = await this.petitions.related([petitionId], by);
    if (known) return petitionId;
    throw Problem.field('validation-failed', '/petitionId', 'unknown_petition', {
      vi: 'Không tìm thấy đơn này trong phạm vi của bạn.',
      en: 'There is no such petition in your scope.',
    });
  }

  private change(
    id: string,
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, row: VisitRow) => Promise<void>,
  ): Promise<Visit> {
    return this.transactions.run(async (tx) => {
      await this.calendars.upToDate(tx);
      const row = await this.lock(id, by);
      mustMatch(row.version, expected);
      await work(tx, row);
      await tx.query('update reception_visit set version = version + 1, updated_at = now() where id = $1', [id]);
      return this.get(id, by);
    });
  }

  private async lock(id: string, by: Official): Promise<VisitRow> {
    const row = await this.row(id, by);
    // Whoever wrote a row into the ledger of an online session ends it, too.
    if (row.createdBy !== by.accountId) this.access.mustActFor(by, row.unitId);
    const { roots, subtree } = this.scope.visible(by);
    const [locked] = await this.transactions.rows<VisitRow & Record<string, unknown>>(lockVisit, [id, roots, subtree]);
    return locked!;
  }

  private async end(tx: EntityManager, row: VisitRow, outcome: Outcome, by: Official): Promise<void> {
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
        this.withoutDenouncer(row, outcome.note),
        outcome.toUnitId,
        appointmentId,
        limit?.dueOn ?? null,
        limit?.backlogOn ?? null,
        told ? row.visitedOn : null,
      ],
    );
    if (row.ticketId) await this.queue.finish(tx, row.ticketId, endedAt);
  }

  /** Whoever is received says who he is, and a large group speaks through whom it names. */
  private mustHaveVisitors(row: VisitRow): void {
    if (this.openedBy(row).visitors.length === 0)
      throw Problem.field('validation-failed', '/visitors', 'required', {
        vi: 'Nêu người đến (PUT lượt tiếp) trước khi kết thúc.',
        en: 'Say who came (PUT the visit) before it ends.',
      });
    mustHaveRepresentatives(row);
  }

  private async endRefused(tx: EntityManager, row: VisitRow, { ground, reason, documentNumber, endedAt }: Refusal): Promise<void> {
    if (ground === 'finally_settled' && !documentNumber)
      throw Problem.field('validation-failed', '/documentNumber', 'required', {
        vi: 'Từ chối theo khoản 3 Điều 9 phải có thông báo bằng văn bản.',
        en: 'A refusal on this ground is told by a notice in writing (art. 9(3)).',
      });
    const end = endOf(row, endedAt);
    await tx.query(
      `update reception_visit set state = 'refused', ended_at = $2, refusal_ground = $3, refusal_reason = $4, answer_document = $5, answered_on = visited_on
       where id = $1`,
      [row.id, end, ground, this.withoutDenouncer(row, reason), documentNumber],
    );
    if (row.ticketId) await this.queue.finish(tx, row.ticketId, end);
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
    const { visitors, matter, content } = this.openedBy(row);
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
    const { visitors, matter } = this.openedBy(row);
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

  /** Earlier revisions of what has become a denunciation name nobody. */
  private async hideRevisions(tx: EntityManager, id: string, visitors: readonly Visitor[]): Promise<void> {
    const rows = await tx.query<{ revision: number; content: Record<string, unknown> }[]>(
      'select revision, content from reception_visit_revision where visit_id = $1',
      [id],
    );
    for (const { revision, content } of rows) {
      const clean = Object.fromEntries(
        Object.entries(content).map(([name, value]) => [name, typeof value === 'string' ? redact(value, visitors) : value]),
      );
      await tx.query('update reception_visit_revision set content = $3 where visit_id = $1 and revision = $2', [
        id,
        revision,
        JSON.stringify(clean),
      ]);
    }
  }

  private seal(id: string, { kind, visitors, matter, content }: VisitFacts): StoredWords {
    const secret = kind === 'denunciation';
    const { sealed, keyVersion } = this.keys.ring.seal({ visitors, matter, content } satisfies SealedVisit, placeOf.visit(id));
    return {
      sealed,
      keyVersion,
      secret,
      matter: secret ? redact(matter, visitors) : matter,
      content: secret ? redact(content, visitors) : content,
      searchNames: secret ? '' : fold(visitors.map(({ name }) => name).join(' ')),
    };
  }

  /** What officials write of a denunciation names nobody either. */
  private withoutDenouncer(row: VisitRow, text: string | null): string | null {
    return text !== null && row.identitySecret ? redact(text, this.openedBy(row).visitors) : text;
  }

  private openedBy({ id, sealed, sealedKey, matter, content }: VisitRow): SealedVisit {
    if (!sealed) return { visitors: [], matter, content };
    return this.keys.ring.open<SealedVisit>({ sealed, keyVersion: sealedKey! }, placeOf.visit(id));
  }

  private shown(rows: readonly VisitRow[]): Visit[] {
    const { days } = this;
    return rows.map((row) => {
      const owed = row.answeredOn === null ? { dueOn: row.answerDueOn, backlogOn: row.answerBacklogOn } : { dueOn: null, backlogOn: null };
      return { ...row, visitors: row.identitySecret ? [] : this.openedBy(row).visitors, alert: alertOf(owed, days) };
    });
  }
}

const rowsOfLedgerPage = 1000;

function isSame(visitor: Visitor, person: Pick<Visitor, 'name' | 'nationalId' | 'birthYear' | 'address'>): boolean {
  if (visitor.nationalId && person.nationalId) return visitor.nationalId === person.nationalId;
  if (fold(visitor.name) !== fold(person.name)) return false;
  const alike = (one: string | number | null, other: string | number | null) => one !== null && one === other;
  return (
    alike(visitor.birthYear, person.birthYear) || alike(visitor.address && fold(visitor.address), person.address && fold(person.address))
  );
}

/** What of a visit is stored otherwise than it was said. */
interface StoredWords {
  sealed: Buffer;
  keyVersion: number;
  secret: boolean;
  matter: string;
  content: string;
  searchNames: string;
}

const roleOf = {
  self: 'petitioner',
  representative: 'representative',
  authorised: 'representative',
  lawyer: 'lawyer',
  companion: null,
} as const;

const factColumns = [
  'kind',
  'field_code',
  'persons',
  'representatives',
  'large_group',
  'sealed',
  'sealed_key',
  'identity_secret',
  'search_names',
  'matter',
  'content',
  'earlier_resolver',
  'papers',
  'receiver_name',
];

/** What a revision keeps open; who came lies sealed beside it. */
const revisedNames = ['kind', 'fieldCode', 'persons', 'matter', 'content', 'earlierResolver', 'papers', 'receiverName'] as const;

function factValues(facts: VisitFacts, stored: StoredWords, on: LegalDate): unknown[] {
  return [
    facts.kind,
    facts.fieldCode,
    facts.persons,
    representativesOf(facts.visitors),
    isLargeGroup(facts.persons, on),
    stored.sealed,
    stored.keyVersion,
    stored.secret,
    stored.searchNames,
    stored.matter,
    stored.content,
    facts.earlierResolver,
    JSON.stringify(facts.papers),
    facts.receiverName,
  ];
}

export function noSuchVisit(): Problem {
  return Problem.notFound('lượt tiếp này', 'visit');
}
