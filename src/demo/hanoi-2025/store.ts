import type { EntityManager } from 'typeorm';
import { randomUUID } from 'node:crypto';
import { asNumber } from '../../platform/database/running-numbers.js';
import { toStored } from '../../petitions/duplicates/duplicates.service.js';
import { fingerprintOf } from '../../petitions/duplicates/fingerprint.js';
import { findings } from '../../petitions/petitions.service.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { isLargeGroup } from '../../rules/reception/reception-rules.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { fold } from '../../platform/text/fold.js';
import type { PlannedPetition } from './petitions.js';
import type { PlannedVisit } from './visits.js';

/** As many rows go to the database at once. */
const atOnce = 1_000;

type Row = Record<string, unknown>;

/** Stores rows by the names of their columns; what is not named is the table's default. All rows name the same. */
async function store(tx: EntityManager, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  for (let at = 0; at < rows.length; at += atOnce)
    await tx.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      JSON.stringify(rows.slice(at, at + atOnce)),
    ]);
}

/** Visits with the offices and the sessions of the heads that they came to. */
export async function storeVisits(tx: EntityManager, visits: readonly PlannedVisit[], by: string): Promise<void> {
  const units = new Map(visits.map(({ place: { unit } }) => [unit.id, unit]));
  const offices = new Map([...units.keys()].map((id) => [id, randomUUID()]));
  await store(
    tx,
    'reception_office',
    [...units.values()].map(({ id, name, validFrom, validTo }) => ({
      ...{ id: offices.get(id), unit_id: id, name: 'Trụ sở tiếp công dân', address: `Trụ sở UBND ${name}`, opening_hours: [] },
      ...{ valid_from: validFrom, valid_to: validTo, version: 1, created_by: by, created_at: new Date(), updated_at: new Date() },
    })),
  );
  const sessions = new Map<string, { id: string; unit: Unit; on: LegalDate }>();
  for (const { byHead, place, on } of visits)
    if (byHead && !sessions.has(`${place.unit.id} ${on}`))
      sessions.set(`${place.unit.id} ${on}`, { id: randomUUID(), unit: place.unit, on });
  await store(
    tx,
    'reception_session',
    [...sessions.values()].map(({ id, unit, on }) => ({
      ...{ id, unit_id: unit.id, office_id: offices.get(unit.id), type: 'periodic', online: false, on_date: on, first_planned_on: on },
      ...{ starts_at: '08:00', ends_at: '17:00', head_name: `Chủ tịch ${unit.name}`, head_title: `Chủ tịch UBND ${unit.name}` },
      ...{ state: 'closed', held_by: 'head', opened_at: moment(on, 0), closed_at: moment(on, 540), minutes: 'Đã tiếp công dân theo lịch.' },
      ...{ public_booking: false, published_on: plusDays(on, -10), late: false, sequence: 0, version: 1, created_by: by },
      ...{ created_at: new Date(), updated_at: new Date() },
    })),
  );
  const inOrder = [...visits].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : one.minute - other.minute));
  const numbers = new Numbers();
  await store(
    tx,
    'reception_visit',
    inOrder.map(({ id, matterId, place: { unit }, byHead, on, minute, persons, kind, fieldCode, matter }) => {
      const year = Number(on.slice(0, 4));
      const sequence = numbers.next(unit.id, year);
      return {
        ...{ id, unit_id: unit.id, office_id: offices.get(unit.id), session_id: byHead ? sessions.get(`${unit.id} ${on}`)!.id : null },
        ...{ year, sequence, number: asNumber(unit.symbol, 'TCD', year, sequence), visited_on: on, arrived_at: moment(on, minute) },
        ...{
          started_at: moment(on, minute),
          ended_at: moment(on, minute + 25),
          receiver_name: 'Cán bộ tiếp công dân',
          kind,
          field_code: fieldCode,
        },
        ...{
          persons,
          representatives: persons >= 5 ? 3 : 0,
          large_group: isLargeGroup(persons, on),
          identity_secret: kind === 'denunciation',
        },
        ...{ search_names: '', matter, content: '', papers: [], matter_id: matterId, state: 'concluded', result: 'guided' },
        ...{ result_note: 'Đã giải thích, hướng dẫn công dân.', revision: 1, version: 1, created_by: by },
        ...{ created_at: new Date(), updated_at: new Date() },
      };
    }),
  );
  await store(
    tx,
    'running_number',
    numbers.last().map(({ unitId, year, last }) => ({ owner_id: unitId, name: 'visit', period: String(year), last_number: last })),
  );
}

/** Petitions with their cases, limits, petitioners and history; the database makes their stays of that. */
export async function storePetitions(tx: EntityManager, petitions: readonly PlannedPetition[], by: string): Promise<void> {
  const inOrder = [...petitions].sort((one, other) =>
    one.filing.filedOn < other.filing.filedOn ? -1 : one.filing.filedOn > other.filing.filedOn ? 1 : 0,
  );
  const cases = new Map<string, Row>();
  for (const { caseId, place, filing } of inOrder)
    if (!cases.has(caseId))
      cases.set(caseId, { id: caseId, opened_unit_id: place.unit.id, opened_on: filing.filedOn, version: 1, created_at: new Date() });
  await store(tx, 'petition_case', [...cases.values()]);
  const numbers = new Numbers();
  const rows: Row[] = [];
  const limits: Row[] = [];
  const events: Row[] = [];
  const parties: Row[] = [];
  for (const petition of inOrder) {
    const {
      id,
      place: { unit },
      filing,
    } = petition;
    const year = Number(filing.filedOn.slice(0, 4));
    const sequence = numbers.next(unit.id, year);
    const number = `${unit.symbol}-${year}-${String(sequence).padStart(6, '0')}`;
    rows.push(petitionRow(petition, { number, year, sequence }, by));
    const history = historyOf(petition, number);
    for (const { type, on, facts } of history)
      events.push({ petition_id: id, type, occurred_on: on, recorded_at: new Date(), account_id: by, unit_id: unit.id, facts });
    for (const {
      ruleId,
      ruleVersion,
      startsOn,
      dueOn,
      backlogOn,
      amount,
      unit: daysUnit,
      calendarStatus,
      sources,
      metOn,
    } of petition.limits)
      limits.push({
        ...{
          id: randomUUID(),
          petition_id: id,
          unit_id: unit.id,
          rule_id: ruleId,
          rule_version: ruleVersion,
          starts_on: startsOn,
          due_on: dueOn,
        },
        ...{
          backlog_on: backlogOn,
          amount,
          unit: daysUnit,
          calendar_status: calendarStatus,
          sources,
          met_on: metOn,
          created_at: new Date(),
        },
        ...{ extensions_days: [], suspended_days: 0 },
      });
    if (petition.petitioner)
      parties.push({ id: randomUUID(), petition_id: id, position: 1, role: 'petitioner', type: 'person', name: petition.petitioner });
  }
  await store(tx, 'petition', rows);
  await store(tx, 'petition_party', parties);
  await store(tx, 'petition_limit', limits);
  await store(tx, 'petition_event', events);
  await store(
    tx,
    'ledger_counter',
    numbers.last().map(({ unitId, year, last }) => ({ unit_id: unitId, year, last_number: last })),
  );
}

/** What duplicates are found by. */
export async function storeFingerprints(tx: EntityManager, petitions: readonly PlannedPetition[], comparisonKey: string): Promise<void> {
  const matches: Row[] = [];
  const keys: Row[] = [];
  for (const { id, filing, summary, content, petitioner } of petitions) {
    const parties = petitioner ? [{ role: 'petitioner' as const, name: petitioner, nationalId: null, address: null, birthYear: null }] : [];
    const { signature, ...stored } = toStored(fingerprintOf({ ...filing, summary, content, parties }, comparisonKey));
    matches.push({
      petition_id: id,
      signature: `\\x${signature.toString('hex')}`,
      person_keys: stored.personKeys,
      subject_key: stored.subjectKey,
      keys: stored.keys,
    });
    for (const key of stored.keys) keys.push({ key, petition_id: id });
  }
  await store(tx, 'petition_match', matches);
  await store(tx, 'petition_match_key', keys);
}

function petitionRow(petition: PlannedPetition, ledger: { number: string; year: number; sequence: number }, by: string): Row {
  const {
    id,
    caseId,
    place: { unit },
    filing,
    evaluation,
    course,
    petitioner,
    anonymous,
  } = petition;
  const last = historyOf(petition, '').at(-1)!;
  return {
    ...{ id, case_id: caseId, number: ledger.number, ledger_unit_id: unit.id, ledger_year: ledger.year, ledger_number: ledger.sequence },
    ...{
      kind: filing.kind,
      subject: filing.kind === 'complaint' ? filing.subject : null,
      channel: petition.channel,
      stage: evaluation.stage,
    },
    ...{
      received_on: filing.filedOn,
      written_on: filing.filedOn,
      summary: petition.summary,
      content: petition.content,
      field_code: petition.fieldCode,
    },
    ...{
      respondent: filing.respondent,
      matter_unit_id: filing.matterUnitId,
      signatories: 1,
      remote_area: false,
      complexity: 'normal',
      multiple_places: false,
    },
    ...{
      also_sent_to_unit_ids: [],
      prior_handling: [],
      received_unit_id: unit.id,
      responsible_unit_id: unit.id,
      responsible_since: filing.filedOn,
    },
    ...{ involved_unit_ids: [unit.id], ...findings(evaluation), search_names: petitioner ? fold(petitioner) : '', anonymous },
    ...{
      identity_secret: filing.kind === 'denunciation',
      state: last.state,
      last_step_on: last.on,
      closed_on: last.state === 'closed' ? last.on : null,
    },
    ...{
      accepted_on: course.outcome === 'accepted' ? course.processedOn : null,
      decided_on: course.settled?.by === 'withdrawn' ? null : (course.settled?.on ?? null),
    },
    ...{ eligibility: {}, version: 1, created_by: by, created_at: new Date(), updated_at: new Date() },
  };
}

/** What happened, with the state after it: received, processed, resolved, closed. */
function historyOf({ filing, course }: PlannedPetition, number: string): { type: string; on: LegalDate; facts: Row; state: string }[] {
  const { outcome, processedOn, settled } = course;
  const received = { type: 'received', on: filing.filedOn, facts: { number }, state: 'received' };
  const processed = { type: outcome, on: processedOn, facts: {}, state: outcome };
  if (outcome === 'answered') return [received, processed, { type: 'closed', on: plusDays(processedOn, 5), facts: {}, state: 'closed' }];
  if (!settled) return [received, processed];
  const { on, by, result } = settled;
  const ended =
    by === 'withdrawn' ? { type: 'withdrawn', on, facts: {}, state: 'terminated' } : { type: by, on, facts: { result }, state: by };
  return [received, processed, ended, { type: 'closed', on: plusDays(on, 10), facts: {}, state: 'closed' }];
}

/** Running numbers by unit and year. */
class Numbers {
  private readonly counts = new Map<string, { unitId: string; year: number; last: number }>();

  next(unitId: string, year: number): number {
    const key = `${unitId} ${year}`;
    const counter = this.counts.get(key) ?? { unitId, year, last: 0 };
    this.counts.set(key, counter);
    return ++counter.last;
  }

  last(): { unitId: string; year: number; last: number }[] {
    return [...this.counts.values()];
  }
}

/** A moment of a day in Viet Nam, so many minutes after 08:00. */
function moment(on: LegalDate, minute: number): string {
  const of = 480 + minute;
  return `${on}T${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}:00+07:00`;
}
