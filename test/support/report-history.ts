import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { plusDays } from '../../src/platform/text/legal-date.js';
import type { Amounts, Finding, Happening, Told, ToldPetition, ToldVisit } from './report-reference.js';

/** Random histories of petitions, visits and sessions at a few units, told for the reference and as SQL that writes them as the product does. */

export interface Place {
  unitId: string;
  officeId: string;
}

const firstDay = '2026-01-01';
const kinds = ['complaint', 'denunciation', 'recommendation', 'reflection'] as const;
const fields = [
  'policy',
  'land_housing',
  'officials_duty',
  'other_administrative',
  'corruption',
  'judicial',
  'party',
  'other',
  'môi trường',
  null,
];
const amountNames = ['money', 'land', 'organisations', 'persons', 'officials', 'cases'] as const;

const gap = fc.nat(35);
const unit = fc.nat(2);
const finding: fc.Arbitrary<Finding> = fc.record({
  kind: fc.constantFrom(...kinds),
  stage: fc.constantFrom('first' as const, 'second' as const, 'continuing' as const, null),
  field: fc.constantFrom(...fields),
  within: fc.boolean(),
});
const amounts: fc.Arbitrary<Amounts> = fc.record({
  money: fc.nat(90).map((millions) => millions * 500_000),
  land: fc.nat(400).map((quarters) => quarters / 4),
  organisations: fc.nat(3),
  persons: fc.nat(4),
  officials: fc.nat(2),
  cases: fc.nat(2),
});
const obligation = fc.record({
  type: fc.constantFrom('recover_for_state', 'restore_organisation', 'restore_person', 'sanction', 'investigation', 'other'),
  amounts,
  performances: fc.array(fc.record({ gap, amounts }), { maxLength: 2 }),
  fulfils: fc.boolean(),
});
const ending = fc.record({
  outcome: fc.constantFrom(
    ...([
      'none',
      'accepted',
      'accepted',
      'accepted',
      'answered',
      'refused',
      'guided',
      'referred',
      'returned',
      'filed_away',
      'withdrawn',
      'partly',
    ] as const),
  ),
  settled: fc.constantFrom(
    'none',
    'decided',
    'decided',
    'decided',
    'answered',
    'withdrawn',
    'partly',
    'terminated',
    'terminated_withdrawn',
  ),
  result: fc.constantFrom('right', 'wrong', 'partly_right', 'confirmed', 'changed_or_annulled'),
  answer: fc.constantFrom('resolved', 'not_resolved'),
  limit: fc.option(fc.integer({ min: -20, max: 20 })),
  obligations: fc.array(obligation, { maxLength: 2 }),
  inForce: fc.option(gap),
  gaps: fc.tuple(gap, gap),
});
const hop = fc.record({
  to: unit,
  how: fc.constantFrom('pending', 'received', 'received', 'back_before', 'back_after'),
  gaps: fc.tuple(gap, gap, gap),
  reply: fc.option(gap),
  urging: fc.option(gap),
  finding,
});
const petition = fc.record({
  unit,
  caseNo: fc.nat(3),
  arrived: fc.nat(200),
  channel: fc.constantFrom('in_person', 'post', 'online'),
  signatories: fc.integer({ min: 1, max: 3 }),
  anonymous: fc.boolean(),
  finding,
  prior: fc.array(fc.record({ decided: fc.option(fc.nat(300)), refused: fc.option(fc.nat(300)) }), { maxLength: 2 }),
  classified: fc.option(gap),
  imported: fc.constantFrom(null, null, null, null, null, 'guided', 'returned', 'filed_away', 'refused', 'terminated', 'closed'),
  hops: fc.array(hop, { maxLength: 2 }),
  court: fc.option(fc.nat(300), { freq: 6 }),
  parts: fc.option(fc.array(fc.record({ finding, hops: fc.array(hop, { maxLength: 1 }), ending }), { minLength: 2, maxLength: 3 }), {
    freq: 3,
  }),
  ending,
});
const visit = fc.record({
  unit,
  day: fc.nat(250),
  heldBy: fc.constantFrom(null, 'head', 'delegate', 'receiver'),
  persons: fc.integer({ min: 1, max: 12 }),
  refused: fc.boolean().map((refused) => refused),
  petition: fc.option(fc.nat(5)),
  matter: fc.nat(3),
});
const session = fc.record({
  unit,
  day: fc.nat(250),
  heldBy: fc.constantFrom('head', 'delegate', 'receiver'),
  state: fc.constantFrom('planned', 'open', 'closed', 'cancelled'),
  published: fc.option(fc.integer({ min: -20, max: 5 })),
});
const regulation = fc.record({
  unit,
  versions: fc.array(fc.record({ gap, action: fc.constantFrom('issued', 'amended', 'supplemented', 'replaced') }), {
    minLength: 1,
    maxLength: 3,
  }),
  issued: fc.nat(250),
  repealed: fc.option(gap),
});
const inspection = fc.record({
  unit,
  decision: fc.nat(2),
  state: fc.constantFrom('prepared', 'started', 'concluded', 'concluded', 'cancelled'),
  started: fc.nat(250),
  gap,
  findings: fc.array(fc.record({ withdrawn: fc.boolean(), accepted: fc.option(gap) }), { maxLength: 2 }),
});

export const histories = fc.record({
  petitions: fc.array(petition, { minLength: 1, maxLength: 6 }),
  visits: fc.array(visit, { maxLength: 6 }),
  sessions: fc.array(session, { maxLength: 3 }),
  regulations: fc.array(regulation, { maxLength: 2 }),
  inspections: fc.array(inspection, { maxLength: 3 }),
  merge: fc.option(fc.tuple(fc.nat(3), fc.nat(3)), { freq: 4 }),
});
export type History = typeof histories extends fc.Arbitrary<infer Value> ? Value : never;

/** Days of a period that the histories lie around. */
export const periods = fc.tuple(fc.nat(250), fc.nat(200)).map(([start, length]) => ({
  from: plusDays(firstDay, start),
  to: plusDays(firstDay, start + length),
}));

/** Tells a history for the reference, and writes the statements that make it. */
export function tell(history: History, places: readonly Place[]): { told: Told; sql: string } {
  return new Telling(places).tell(history);
}

class Telling {
  private readonly sql: string[] = [];
  private readonly told: Told = {
    petitions: [],
    replies: [],
    urgings: [],
    courts: [],
    visits: [],
    sessions: [],
    regulations: [],
    inspections: [],
    successions: [],
  };
  private order = 0;
  private number = 0;

  constructor(private readonly places: readonly Place[]) {}

  tell({ petitions, visits, sessions, regulations, inspections, merge }: History): { told: Told; sql: string } {
    const cases = Array.from({ length: 4 }, () => randomUUID());
    for (const id of cases)
      this.write(`insert into petition_case (id, opened_unit_id, opened_on) values (${q(id)}, ${q(this.unit(0))}, ${q(firstDay)})`);
    const entered = petitions.map((one) => ({ ...one, told: this.enter(one, cases[one.caseNo]!, null) }));
    for (const { told, court } of entered) {
      if (court === null) continue;
      const issuedOn = day(court);
      this.told.courts.push({ petitionId: told.id, issuedOn });
      this.write(
        `insert into superior_outcome (petition_id, agency_type, agency, number, issued_on, gist, effect) values (${q(told.id)}, 'court', 'Toà án', '1', ${q(issuedOn)}, 'Bản án', 'upheld')`,
      );
    }
    for (const one of entered) this.live(one);
    this.told.visits.push(...visits.map((one, index) => this.visited(one, index)).sort((one, other) => one.order - other.order));
    for (const one of sessions) this.held(one);
    for (const one of regulations) this.regulated(one);
    for (const one of inspections) this.inspected(one);
    if (merge) this.merge(cases[merge[0]]!, cases[merge[1]]!);
    return { told: this.told, sql: this.sql.join(';\n') };
  }

  private merge(into: string, from: string): void {
    if (into === from) return;
    this.write(`update petition set case_id = ${q(into)} where case_id = ${q(from)}`);
    for (const petition of this.told.petitions) if (petition.caseId === from) petition.caseId = into;
  }

  private enter(
    one: Pick<History['petitions'][number], 'unit' | 'arrived' | 'channel' | 'signatories' | 'anonymous' | 'finding' | 'prior'>,
    caseId: string,
    parent: { id: string; number: number; unitId: string } | null,
  ): ToldPetition {
    const { kind, stage, field, within } = one.finding;
    const id = randomUUID();
    const prior = one.prior.map(({ decided, refused }) => ({
      unitId: this.unit(0),
      decidedOn: decided === null ? null : day(decided),
      refusedOn: refused === null ? null : day(refused),
    }));
    const unitId = parent?.unitId ?? this.unit(one.unit);
    const no = ++this.number;
    const on = day(one.arrived);
    this.write(
      `insert into petition (id, number, ledger_unit_id, ledger_year, ledger_number, parent_id, part_no, case_id, kind, channel, state, stage, received_on, summary, content,
         field_code, signatories, remote_area, complexity, multiple_places, prior_handling, received_unit_id, responsible_unit_id, responsible_since,
         involved_unit_ids, within_competence, flags, flag_codes, recommended_outcome, last_step_on, anonymous, identity_secret)
       values (${q(id)}, ${q(`RND-${id}`)}, ${q(unitId)}, 1900, ${no}, ${q(parent?.id ?? null)}, ${parent?.number ?? 'null'}, ${q(caseId)}, ${q(kind)}, ${q(one.channel)}, 'received',
         ${q(stage)}, ${q(on)}, 'x', 'x', ${q(field)}, ${one.signatories}, false, 'normal', false, ${q(JSON.stringify(prior))}, ${q(unitId)}, ${q(unitId)}, ${q(on)},
         array[${q(unitId)}]::uuid[], ${within}, '[]', '{}', 'guidance', ${q(on)}, ${one.anonymous}, true)`,
    );
    const told: ToldPetition = {
      id,
      caseId,
      caseIdThen: caseId,
      parentId: parent?.id ?? null,
      channel: one.channel,
      signatories: one.signatories,
      anonymous: one.anonymous,
      prior,
      inForceOn: null,
      happenings: [],
      obligations: [],
    };
    this.told.petitions.push(told);
    return told;
  }

  private live(one: History['petitions'][number] & { told: ToldPetition }): void {
    const { told } = one;
    let now = one.arrived;
    const happened = (type: string, more: Partial<Happening> = {}, facts: object = {}) =>
      this.happen(told, type, now, one.finding, more, facts);
    happened('received', { atUnit: this.unit(one.unit) });
    if (one.imported) {
      now += one.ending.gaps[0];
      happened('imported', { importedState: one.imported, ...this.limit(one, now) }, { state: one.imported });
      return;
    }
    if (one.classified !== null) {
      now += one.classified;
      happened('classified');
    }
    const at = this.pass(told, one.hops, { unit: one.unit, now, since: one.arrived, finding: one.finding });
    if (!at) return;
    now = at.now;
    if (!one.parts) {
      this.end(told, one.ending, at);
      return;
    }
    one.finding = at.finding;
    happened('split');
    const children = one.parts.map((part, index) => {
      const parent = { id: told.id, number: index + 1, unitId: this.unit(at.unit) };
      const child = this.enter({ ...one, finding: part.finding, prior: [] }, index === 0 ? told.caseId : this.newCase(), parent);
      this.happen(child, 'split_off', now, part.finding, { atUnit: parent.unitId }, {});
      // A part lies where its petition lay, since that came to this unit.
      Object.assign(child.happenings[0]!, { on: at.since, splitOn: day(now) });
      return { ...part, child };
    });
    for (const { child, finding, hops, ending } of children) {
      const passed = this.pass(child, hops, { unit: at.unit, now, since: now, finding });
      if (passed) this.end(child, ending, passed);
    }
  }

  private newCase(): string {
    const id = randomUUID();
    this.write(`insert into petition_case (id, opened_unit_id, opened_on) values (${q(id)}, ${q(this.unit(0))}, ${q(firstDay)})`);
    return id;
  }

  /** Transfers one after the other; null where the petition is on its way at the end. */
  private pass(
    told: ToldPetition,
    hops: History['petitions'][number]['hops'],
    start: { unit: number; now: number; since: number; finding: Finding },
  ): (Lying & { since: string }) | null {
    let at = { ...start, since: day(start.since) };
    for (const hop of hops) {
      if (hop.to === at.unit) continue;
      const [fromUnitId, toUnitId] = [this.unit(at.unit), this.unit(hop.to)];
      let now = at.now + hop.gaps[0];
      const id = randomUUID();
      const sent = now;
      this.write(
        `insert into transfer (id, petition_id, from_unit_id, to_unit_id, reason, sender_since, sent_on, reply_due_on) values (${q(id)}, ${q(told.id)}, ${q(fromUnitId)},
           ${q(toUnitId)}, 'x', ${q(day(at.now))}, ${q(day(sent))}, ${q(day(sent + 10))})`,
      );
      this.happen(told, 'transferred', now, at.finding, {}, { toUnitId });
      if (hop.urging !== null) this.urge(told, fromUnitId, sent + hop.urging);
      if (hop.how === 'pending') return null;
      now += hop.gaps[1];
      if (hop.how === 'back_before') {
        this.write(`update transfer set state = 'returned', returned_on = ${q(day(now))}, return_reason = 'x' where id = ${q(id)}`);
        this.happen(told, 'transfer_returned', now, at.finding, { atUnit: fromUnitId }, { transferId: id, toUnitId: fromUnitId });
        at = { ...at, now, since: day(now) };
        continue;
      }
      this.write(`update transfer set state = 'received', received_on = ${q(day(now))} where id = ${q(id)}`);
      const finding = { ...hop.finding, kind: at.finding.kind };
      this.happen(told, 'transfer_received', now, finding, { atUnit: toUnitId }, { transferId: id, fromUnitId });
      if (hop.reply !== null) {
        const on = day(now + hop.reply);
        this.write(`update transfer set replied_on = ${q(on)}, reply = '{}', state = 'replied' where id = ${q(id)}`);
        this.told.replies.push({ petitionId: told.id, fromUnitId, on, kind: at.finding.kind });
      }
      if (hop.how === 'back_after' && hop.reply === null) {
        now += hop.gaps[2];
        this.write(`update transfer set state = 'returned', returned_on = ${q(day(now))}, return_reason = 'x' where id = ${q(id)}`);
        this.happen(told, 'transfer_returned', now, at.finding, { atUnit: fromUnitId }, { transferId: id, toUnitId: fromUnitId });
        at = { ...at, now, since: day(now) };
        continue;
      }
      // The receiver may classify it otherwise.
      this.happen(told, 'classified', now, hop.finding, {}, {});
      at = { unit: hop.to, now, finding: hop.finding, since: day(now) };
    }
    return at;
  }

  private end(told: ToldPetition, ending: History['petitions'][number]['ending'], at: Lying): void {
    const { outcome, settled } = ending;
    let now = at.now + ending.gaps[0];
    const happened = (type: string, more: Partial<Happening> = {}, facts: object = {}) =>
      this.happen(told, type, now, at.finding, more, facts);
    if (outcome === 'none') return;
    if (outcome === 'partly') {
      happened('withdrawn', { goesOn: true }, { goesOn: true });
      return;
    }
    if (outcome !== 'accepted') {
      const result = outcome === 'answered' ? ending.answer : null;
      happened(
        outcome,
        { result, ...this.limit({ told, ending }, now) },
        { ...(result && { result }), ...(outcome === 'withdrawn' && { goesOn: false }) },
      );
      return;
    }
    happened('accepted');
    now += ending.gaps[1];
    const due = settled === 'none' || settled === 'partly' ? {} : this.limit({ told, ending }, now);
    if (settled === 'decided') this.decide(told, ending, at, now, due);
    if (settled === 'answered') happened('answered', { result: ending.answer, ...due }, { result: ending.answer });
    if (settled === 'withdrawn') happened('withdrawn', due, { goesOn: false });
    if (settled === 'partly') happened('withdrawn', { goesOn: true }, { goesOn: true });
    if (settled === 'terminated') happened('terminated', { ground: 'other', ...due }, { ground: 'other' });
    if (settled === 'terminated_withdrawn') happened('terminated', { ground: 'withdrawn', ...due }, { ground: 'withdrawn' });
  }

  private decide(
    told: ToldPetition,
    ending: History['petitions'][number]['ending'],
    at: Lying,
    now: number,
    due: Partial<Happening>,
  ): void {
    const { result, obligations, inForce } = ending;
    const type = at.finding.kind === 'complaint' ? 'decided' : 'concluded';
    this.happen(told, type, now, at.finding, { result, ...due }, { result });
    if (inForce !== null) {
      told.inForceOn = day(now + inForce);
      this.write(`update petition set in_force_on = ${q(told.inForceOn)} where id = ${q(told.id)}`);
    }
    for (const one of obligations) {
      const id = randomUUID();
      let on = now;
      const performances = one.performances.map((performance) => ({ ...performance.amounts, on: day((on += performance.gap)) }));
      const fulfilledOn = one.fulfils ? day(on) : null;
      const values = (of: Amounts) => amountNames.map((name) => of[name]).join(', ');
      this.write(
        `insert into obligation (id, petition_id, type, description, responsible, due_on, fulfilled_on, ${amountNames.join(', ')})
         values (${q(id)}, ${q(told.id)}, ${q(one.type)}, 'x', 'x', ${q(day(now + 60))}, ${q(fulfilledOn)}, ${values(one.amounts)})`,
      );
      for (const performance of performances)
        this.write(
          `insert into performance (obligation_id, performed_on, ${amountNames.join(', ')}) values (${q(id)}, ${q(performance.on)}, ${values(performance)})`,
        );
      told.obligations.push({ ...one.amounts, type: one.type, fulfilledOn, performances });
    }
  }

  /** The last day of the resolution, around the day on which it ends. */
  private limit(
    { told, ending }: { told: ToldPetition; ending: History['petitions'][number]['ending'] },
    now: number,
  ): { dueOn: string | null } {
    if (ending.limit === null) return { dueOn: null };
    const dueOn = day(now + ending.limit);
    this.write(
      `insert into petition_limit (petition_id, unit_id, rule_id, rule_version, starts_on, due_on, backlog_on, amount, unit, calendar_status, sources, met_on)
       values (${q(told.id)}, ${q(this.unit(0))}, 'complaint.resolution.first', '2011', '2025-01-01', ${q(dueOn)}, '2030-01-01', 30, 'calendar_days', 'official', '[]', ${q(dueOn)})`,
    );
    return { dueOn };
  }

  private urge(told: ToldPetition, fromUnitId: string, on: number): void {
    this.told.urgings.push({ petitionId: told.id, fromUnitId, on: day(on) });
    this.write(
      `insert into urging (petition_id, from_unit_id, to_unit_id, content, urged_on, answer_by) values (${q(told.id)}, ${q(fromUnitId)}, ${q(fromUnitId)}, 'x', ${q(day(on))}, ${q(day(on + 5))})`,
    );
  }

  /** Writes the petition as the step leaves it, and then the event, as the services do. */
  private happen(told: ToldPetition, type: string, now: number, finding: Finding, more: Partial<Happening>, facts: object): void {
    const { kind, stage, field, within } = finding;
    const on = day(now);
    this.write(
      `update petition set kind = ${q(kind)}, stage = ${q(stage)}, field_code = ${q(field)}, within_competence = ${within} where id = ${q(told.id)}`,
    );
    this.write(
      `insert into petition_event (petition_id, type, occurred_on, unit_id, facts) values (${q(told.id)}, ${q(type)}, ${q(on)}, ${q(this.unit(0))}, ${q(JSON.stringify(facts))})`,
    );
    told.happenings.push({ type, on, order: ++this.order, finding, ...more });
  }

  private visited(one: History['visits'][number], index: number): ToldVisit {
    const { unitId, officeId } = this.places[one.unit]!;
    const on = day(one.day);
    const petition = one.petition === null ? null : (this.told.petitions[one.petition] ?? null);
    const matterId = `00000000-0000-4000-8000-00000000000${one.matter}`;
    const sessionId = one.heldBy && this.insertSession({ ...one, heldBy: one.heldBy, state: 'closed', published: -5 });
    const largeGroup = one.persons >= 5;
    const startedAt = `${on}T${String(8 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}:00+07:00`;
    const refused = one.refused && index % 3 === 0;
    this.write(
      `insert into reception_visit (unit_id, office_id, session_id, year, sequence, number, visited_on, arrived_at, started_at, receiver_name, kind, persons, representatives,
         large_group, identity_secret, matter, petition_id, matter_id, state, result, refusal_ground)
       values (${q(unitId)}, ${q(officeId)}, ${q(sessionId)}, 1900, ${++this.number}, ${q(`RND-${randomUUID()}`)}, ${q(on)}, ${q(startedAt)}, ${q(startedAt)}, 'x', 'complaint',
         ${one.persons}, 0, ${largeGroup}, false, 'x', ${q(petition?.id ?? null)}, ${q(matterId)}, ${refused ? `'refused', null, 'incapable'` : `'concluded', 'explained', null`})`,
    );
    // Later on the same day: as it was written.
    const order = one.day * 1000 + index;
    return { unitId, on, order, heldBy: one.heldBy, persons: one.persons, largeGroup, refused, petitionId: petition?.id ?? null, matterId };
  }

  private held(one: History['sessions'][number]): void {
    this.insertSession(one);
  }

  private insertSession({
    unit: at,
    day: onDay,
    heldBy,
    state,
    published,
  }: Omit<History['sessions'][number], 'heldBy' | 'state'> & { heldBy: string; state: string }): string {
    const { unitId, officeId } = this.places[at]!;
    const id = randomUUID();
    const publishedOn = published === null ? null : day(onDay + published);
    this.write(
      `insert into reception_session (id, unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at, state, held_by, published_on) values (${q(id)}, ${q(unitId)}, ${q(officeId)},
         'regular', ${q(day(onDay))}, ${q(day(onDay))}, '08:00', '11:00', ${q(state)}, ${q(heldBy)}, ${q(publishedOn)})`,
    );
    this.told.sessions.push({ unitId, on: day(onDay), heldBy, state, publishedOn });
    return id;
  }

  private regulated({ unit: at, versions, issued, repealed }: History['regulations'][number]): void {
    const unitId = this.unit(at);
    const id = randomUUID();
    let now = issued - 1;
    const dated = versions.map(({ gap: after, action }) => ({ action, on: day((now += after + 1)) }));
    const repealedOn = repealed === null ? null : day(now + repealed);
    this.write(
      `insert into regulation (id, unit_id, type, title, repealed_on, repeal_number) values (${q(id)}, ${q(unitId)}, 'other', 'x', ${q(repealedOn)}, ${q(repealedOn && '1')})`,
    );
    for (const [index, { action, on }] of dated.entries())
      this.write(
        `insert into regulation_version (regulation_id, sequence, action, number, issued_on, in_force_from, in_force_to, signer_title)
         values (${q(id)}, ${index + 1}, ${q(action)}, '1', ${q(on)}, ${q(on)}, ${q(on)}, 'x')`,
      );
    this.told.regulations.push(...dated.map(({ action, on }) => ({ unitId, on, action })));
    if (repealedOn) this.told.regulations.push({ unitId, on: repealedOn, action: 'repealed' });
  }

  private inspected({ unit: at, decision, state, started, gap: after, findings }: History['inspections'][number]): void {
    const [unitId, inspectedId] = [this.unit(at), this.unit((at + 1) % 3)];
    const id = randomUUID();
    const startedOn = state === 'started' || state === 'concluded' ? day(started) : null;
    const concludedOn = state === 'concluded' ? day(started + after) : null;
    const number = `${decision}/QĐ`;
    const documentId = concludedOn && randomUUID();
    if (documentId) {
      this.write(`insert into blob (sha256, size, media_type) values (${q('0'.repeat(64))}, 1, 'text/plain') on conflict do nothing`);
      this.write(
        `insert into document (id, unit_id, year, sequence, number, paper, gist, issued_on, signer_title, signer_name, sha256)
         values (${q(documentId)}, ${q(unitId)}, 1900, ${++this.number}, 'x', 'x', 'x', ${q(concludedOn)}, 'x', 'x', ${q('0'.repeat(64))})`,
      );
    }
    this.write(
      `insert into inspection (id, unit_id, inspected_unit_id, type, state, decision_number, decided_on, subject, period_from, period_to, starts_on, ends_on, started_on,
         concluded_on, assessment, document_id, inspected_head)
       values (${q(id)}, ${q(unitId)}, ${q(inspectedId)}, 'responsibility', ${q(state)}, ${q(number)}, ${q(firstDay)}, 'x', ${q(firstDay)}, ${q(firstDay)}, ${q(day(started))},
         ${q(day(started + 100))}, ${q(startedOn)}, ${q(concludedOn)}, ${q(concludedOn && 'x')}, ${q(documentId)}, 'x')`,
    );
    const told = findings.map(({ withdrawn, accepted }, index) => {
      const acceptedOn = withdrawn || accepted === null ? null : day(started + after + accepted);
      const findingId = randomUUID();
      this.write(
        `insert into inspection_finding (id, inspection_id, number, description, severity, recommendation, due_on, state, withdrawn_reason)
         values (${q(findingId)}, ${q(id)}, ${index + 1}, 'x', 'minor', 'x', ${q(day(started + 100))}, ${q(withdrawn ? 'withdrawn' : acceptedOn ? 'accepted' : 'open')}, ${q(withdrawn ? 'x' : null)})`,
      );
      if (acceptedOn)
        this.write(
          `insert into inspection_finding_entry (finding_id, number, type, text, created_at) values (${q(findingId)}, 1, 'acceptance', 'x', ${q(`${acceptedOn}T09:00:00+07:00`)})`,
        );
      return { withdrawn, acceptedOn };
    });
    this.told.inspections.push({ unitId, decision: `${number} ${firstDay}`, state, startedOn, concludedOn, findings: told });
  }

  private unit(index: number): string {
    return this.places[index]!.unitId;
  }

  private write(statement: string): void {
    this.sql.push(statement);
  }
}

interface Lying {
  unit: number;
  now: number;
  finding: Finding;
}

function day(offset: number): string {
  return plusDays(firstDay, offset);
}

/** A literal; nothing here comes from outside. */
function q(value: string | null): string {
  return value === null ? 'null' : `'${value.replaceAll("'", "''")}'`;
}
