import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { dayOf, today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { keepSecrecy, keepSecrecyOfGathering } from '../../petitions/identity/hanging/keep-secrecy.js';
import { redact } from '../../petitions/identity/redaction.js';
import { WhoMayKnow } from '../../petitions/identity/who-may-know.service.js';
import { record } from '../../petitions/history.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { isLegalDate, type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { isLargeGroup } from '../../rules/reception/reception-rules.js';
import { representativeRule } from '../../rules/triage/representatives.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { placeOf } from '../../platform/sealing/places.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { asNumber, nextNumber } from '../../platform/database/running-numbers.js';
import { OfficesService } from '../offices/offices.service.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { momentGiven } from '../sessions/moments.js';
import type { Visitor } from '../visits/visit.js';
import type { EntryRow, EntryType, Incident, IncidentFacts, IncidentRow, InformedParty, MatterPetition, Series } from './incident.js';
import { entriesOf, incidentById, incidentList, lockIncident, petitionOfMatter, secrecyOfMatter, seriesOf } from './incidents.queries.js';

export interface IncidentFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  as?: 'recorded' | 'origin';
  open?: boolean;
  acknowledged?: boolean;
  from?: LegalDate;
  to?: LegalDate;
  petitionId?: string;
  /** Elsewhere than at the own office of the unit that the matter comes from. */
  elsewhere?: boolean;
  limit?: number;
  cursor?: string;
}

export interface EntryOrder {
  type: Exclude<EntryType, 'end'>;
  at: string | null;
  informed: InformedParty | null;
  who: string | null;
  persons: number | null;
  content: string;
}

/** Gatherings of large groups: where, how many, who was informed when, what was done, how it ended; and the same matter again. */
@Injectable()
export class IncidentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficesService,
    private readonly petitions: PetitionsService,
    private readonly access: UnitResponsibility,
    private readonly scope: AccessScope,
    private readonly keys: Keys,
    private readonly whoMayKnow: WhoMayKnow,
  ) {}

  /**
   * Reports a gathering. The unit that the matter comes from is told at once: it stands in its list, and in the events of both.
   * @throws Problem for fewer people than a large group, more representatives than the law lets, a unit, petition or office that there is not;
   *   `forbidden` for whoever the matter is directed against; `validation-failed` where what is secret would meet a petition that names who filed it
   */
  report(facts: IncidentFacts, by: Official): Promise<Incident> {
    return this.transactions.run(async (tx) => {
      const unit = this.scope.home(by);
      const startedAt = momentGiven(facts.startedAt, '/startedAt');
      const onDate = dayOf(startedAt.getTime());
      mustBeLargeGroup(facts, onDate);
      if (facts.officeId) await this.offices.ownOffice(facts.officeId, by);
      const origin = await this.originOf(facts, by);
      const earlier = await this.earlierOf(facts.repeatsIncidentId, by);
      const known = earlier && (await this.petitionOf(earlier.matterId, by));
      mustBeOfThatPetition(facts.petitionId, known);
      const petitionId = facts.petitionId ?? (known?.told ? known.id : null);
      const about = petitionId ?? known?.id ?? null;
      if (about) await this.mustNotBeDenounced(about, by);
      const id = randomUUIDv7();
      const year = onDate.slice(0, 4);
      const sequence = await nextNumber(this.transactions, unit.id, 'incident', year);
      const secret = facts.kind === 'denunciation';
      const told = async (text: string): Promise<string> => (secret ? redact(text, facts.representatives) : text);
      const { sealed, keyVersion } = this.keys.ring.seal(
        { representatives: facts.representatives, matter: facts.matter },
        placeOf.incident(id),
      );
      await tx.query(
        `insert into reception_incident (id, unit_id, office_id, year, sequence, number, place_type, place, on_date, started_at, persons, most_persons, kind, matter,
           sealed, sealed_key, representatives, petition_id, matter_id, origin_unit_id, created_by, identity_secret)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
        [
          id,
          unit.id,
          facts.officeId,
          Number(year),
          sequence,
          asNumber(unit.symbol, 'DDN', year, sequence),
          facts.placeType,
          await told(facts.place),
          onDate,
          startedAt,
          facts.persons,
          facts.kind,
          await told(facts.matter),
          sealed,
          keyVersion,
          facts.representatives.length,
          petitionId,
          earlier?.matterId ?? id,
          origin,
          by.accountId,
          secret,
        ],
      );
      for (const { party, who, at, content } of facts.informed)
        await this.enter(
          tx,
          id,
          { type: 'informed', informed: party, who: who && (await told(who)), at, persons: null, content: await told(content ?? '') },
          startedAt,
          by,
        );
      if (about) {
        const gathering = { incidentId: id, persons: facts.persons, placeType: facts.placeType };
        await record(tx, about, { type: 'gathering_reported', occurredOn: onDate, facts: gathering }, by);
      }
      await this.keepSecrecy(tx, earlier?.matterId ?? id, facts.petitionId ? '/petitionId' : '/repeatsIncidentId');
      if (about) await keepSecrecy(tx, this.keys.ring, about);
      return this.get(id, by);
    });
  }

  /** What happened, when: who was informed, progress, numbers, measures, coordination. Entries are added and never changed. */
  add(id: string, entry: EntryOrder, by: Official): Promise<EntryRow[]> {
    return this.transactions.run(async (tx) => {
      const row = await this.lock(id, by);
      this.mustTakePart(row, by);
      mustBeOpen(row);
      if ((entry.type === 'informed') !== (entry.informed !== null))
        throw Problem.field('validation-failed', '/informed', entry.informed ? 'not_allowed' : 'required', {
          vi: 'Nêu bên được thông báo với loại "informed", và chỉ với loại này.',
          en: 'Name who was informed with the type "informed", and with no other.',
        });
      if (entry.type === 'numbers' && entry.persons === null)
        throw Problem.field('validation-failed', '/persons', 'required', { vi: 'Nêu số người.', en: 'Say how many there are.' });
      await this.enter(tx, id, entry, row.startedAt, by);
      if (entry.persons !== null)
        await tx.query(
          'update reception_incident set persons = $2, most_persons = greatest(most_persons, $2), version = version + 1 where id = $1',
          [id, entry.persons],
        );
      return this.entries(id, by);
    });
  }

  /** The people went home. */
  end(
    id: string,
    { endedAt, outcome }: { endedAt: string | null; outcome: string },
    expected: number | null,
    by: Official,
  ): Promise<Incident> {
    return this.transactions.run(async (tx) => {
      const row = await this.lock(id, by);
      this.access.mustActFor(by, row.unitId);
      mustMatch(row.version, expected);
      mustBeOpen(row);
      const at = momentGiven(endedAt, '/endedAt');
      mustNotBeBefore(at, row.startedAt, '/endedAt');
      await tx.query('update reception_incident set ended_at = $2, outcome = $3, version = version + 1 where id = $1', [id, at, outcome]);
      await this.enter(
        tx,
        id,
        { type: 'end', at: at.toISOString(), informed: null, who: null, persons: null, content: outcome },
        row.startedAt,
        by,
      );
      return this.get(id, by);
    });
  }

  /** The unit that the matter comes from says that it knows. */
  acknowledge(id: string, expected: number | null, by: Official): Promise<Incident> {
    return this.transactions.run(async (tx) => {
      const row = await this.lock(id, by);
      if (row.originUnitId === null)
        throw new Problem('action-not-allowed', { vi: 'Chưa xác định đơn vị gốc.', en: 'No unit of origin is known.' });
      this.access.mustActFor(by, row.originUnitId);
      mustMatch(row.version, expected);
      if (row.acknowledgedAt) throw new Problem('action-not-allowed', { vi: 'Đã xác nhận trước đó.', en: 'It was acknowledged before.' });
      await tx.query('update reception_incident set acknowledged_at = now(), acknowledged_by = $2, version = version + 1 where id = $1', [
        id,
        by.accountId,
      ]);
      return this.get(id, by);
    });
  }

  /**
   * Says later which petition it is about and which unit it comes from; the own gatherings about the matter that are linked to nothing follow. It is said
   * once: with another petition, who is secret now could be shown.
   * @throws Problem `action-not-allowed` where the matter is linked; `forbidden` for whoever it is directed against; `validation-failed` where what is
   *   secret would meet a petition that names who filed it
   */
  link(
    id: string,
    { petitionId, originUnitId }: { petitionId: string | null; originUnitId: string | null },
    expected: number | null,
    by: Official,
  ): Promise<Incident> {
    return this.transactions.run(async (tx) => {
      const row = await this.lock(id, by);
      this.access.mustActFor(by, row.unitId);
      mustMatch(row.version, expected);
      if (petitionId) {
        const known = await this.petitionOf(row.matterId, by);
        if (row.petitionId || (known && !(known.told && known.id === petitionId))) throw linkedAlready(known);
      }
      const origin = await this.originOf({ petitionId, originUnitId: originUnitId ?? row.originUnitId }, by);
      await tx.query(
        `update reception_incident set origin_unit_id = $2::uuid, acknowledged_at = case when origin_unit_id = $2::uuid then acknowledged_at end,
           acknowledged_by = case when origin_unit_id = $2::uuid then acknowledged_by end, version = version + 1 where id = $1`,
        [id, origin],
      );
      if (petitionId) {
        await this.mustNotBeDenounced(petitionId, by);
        await tx.query(
          'update reception_incident set petition_id = $2 where matter_id = $1 and petition_id is null and unit_id = any ($3::uuid[])',
          [row.matterId, petitionId, this.scope.actingUnits(by)],
        );
        await this.keepSecrecy(tx, row.matterId, '/petitionId');
        const told = { incidentId: id, persons: row.mostPersons, placeType: row.placeType };
        await record(tx, petitionId, { type: 'gathering_reported', occurredOn: row.onDate, facts: told }, by);
        await keepSecrecy(tx, this.keys.ring, petitionId);
      }
      return this.get(id, by);
    });
  }

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<Incident> {
    return this.shown(await this.row(id, by));
  }

  async entries(id: string, by: Official): Promise<EntryRow[]> {
    await this.row(id, by);
    return this.transactions.rows<EntryRow & Record<string, unknown>>(entriesOf, [id]);
  }

  /** Gatherings that were recorded by units, or that come from them; newest first. */
  async list(
    { unitId, includeSubordinates = false, limit = defaultLimit, cursor, ...filter }: IncidentFilter,
    by: Official,
  ): Promise<Page<Incident>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const { roots, subtree } = this.scope.visible(by);
    const rows = await this.transactions.rows<IncidentRow & Record<string, unknown>>(incidentList, [
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      filter.as ?? null,
      filter.open ?? null,
      filter.acknowledged ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.petitionId ?? null,
      ...after,
      limit + 1,
      filter.elsewhere ?? null,
      roots,
      subtree,
    ]);
    return page(
      rows,
      limit,
      ({ onDate, id }) => [onDate, id],
      (row) => this.shown(row),
    );
  }

  /** Repeated gatherings over one matter. */
  async series(
    {
      unitId,
      includeSubordinates = false,
      to = today(),
      from = plusDays(to, -365),
      least = 2,
    }: { unitId?: string; includeSubordinates?: boolean; from?: LegalDate; to?: LegalDate; least?: number },
    by: Official,
  ): Promise<Series[]> {
    const { roots, subtree } = this.scope.visible(by);
    return this.transactions.rows<Series & Record<string, unknown>>(seriesOf, [
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      from,
      to,
      least,
      mostSeries,
      roots,
      subtree,
    ]);
  }

  private async row(id: string, by: Official): Promise<IncidentRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<IncidentRow & Record<string, unknown>>(incidentById, [id, roots, subtree]);
    if (!row) throw Problem.notFound('vụ việc đông người này', 'gathering');
    return row;
  }

  /** For a step: the matter first, so that nobody else links it meanwhile. @throws Problem `not-found`; `forbidden` for whoever it is directed against */
  private async lock(id: string, by: Official): Promise<IncidentRow> {
    const { roots, subtree } = this.scope.visible(by);
    const { matterId } = await this.row(id, by);
    await this.lockMatter(matterId);
    const petition = await this.petitionOf(matterId, by);
    if (petition) await this.mustNotBeDenounced(petition.id, by);
    const [row] = await this.transactions.rows<IncidentRow & Record<string, unknown>>(lockIncident, [id, roots, subtree]);
    return row!;
  }

  private lockMatter(matterId: string): Promise<unknown> {
    return this.transactions.manager.query('select from reception_incident where id = $1 for update', [matterId]);
  }

  /** The petition that a matter is about, whoever linked it. */
  private async petitionOf(matterId: string, by: Official): Promise<MatterPetition | null> {
    const { roots, subtree } = this.scope.visible(by);
    const [petition] = await this.transactions.rows<MatterPetition & Record<string, unknown>>(petitionOfMatter, [matterId, roots, subtree]);
    return petition ?? null;
  }

  private async mustNotBeDenounced(petitionId: string, by: Official): Promise<void> {
    const facts = await this.whoMayKnow.facts(petitionId, by);
    if (facts) await this.whoMayKnow.mustNotBeDenounced(facts, by);
  }

  /** After a gathering was reported or linked: with one to denounce, or about a denunciation, all of the matter are secret. */
  private async keepSecrecy(tx: EntityManager, matterId: string, field: '/petitionId' | '/repeatsIncidentId'): Promise<void> {
    const [matter] = await this.transactions.rows<{ secret: boolean; open: boolean }>(secrecyOfMatter, [matterId]);
    if (matter!.secret && matter!.open) throw aboutAnOpenPetition(field);
    await keepSecrecyOfGathering(tx, this.keys.ring, matterId);
  }

  /** Both the unit where people gather and the one that the matter comes from write down what they do. */
  private mustTakePart({ unitId, originUnitId }: IncidentRow, by: Official): void {
    if (originUnitId && this.scope.actsFor(by, originUnitId)) return;
    this.access.mustActFor(by, unitId);
  }

  private async originOf(
    { petitionId, originUnitId }: Pick<IncidentFacts, 'petitionId' | 'originUnitId'>,
    by: Official,
  ): Promise<string | null> {
    if (originUnitId) this.access.anyUnit(originUnitId, '/originUnitId');
    if (!petitionId) return originUnitId;
    const [petition] = await this.petitions.related([petitionId], by);
    if (!petition)
      throw Problem.field('validation-failed', '/petitionId', 'unknown_petition', {
        vi: 'Không tìm thấy đơn này trong phạm vi của bạn.',
        en: 'There is no such petition in your scope.',
      });
    // The unit that has to resolve the matter, where nobody says another one.
    return originUnitId ?? petition.competentUnitId ?? petition.responsibleUnitId;
  }

  /** Whoever reports above may say which gathering below it continues, without reading that one. */
  private async earlierOf(id: string | null, by: Official): Promise<IncidentRow | null> {
    if (!id) return null;
    const { roots, subtree } = this.scope.linkable(by);
    const [row] = await this.transactions.rows<IncidentRow & Record<string, unknown>>(incidentById, [id, roots, subtree]);
    if (row) await this.lockMatter(row.matterId);
    if (row) return row;
    throw Problem.field('validation-failed', '/repeatsIncidentId', 'unknown_incident', {
      vi: 'Không tìm thấy vụ việc này trong phạm vi của bạn.',
      en: 'There is no such gathering in your scope.',
    });
  }

  private async enter(
    tx: EntityManager,
    id: string,
    { type, at, informed, who, persons, content }: Omit<EntryOrder, 'type'> & { type: EntryType },
    startedAt: Date,
    by: Official,
  ): Promise<void> {
    const moment = momentGiven(at, '/at');
    mustNotBeBefore(moment, startedAt, '/at');
    await tx.query(
      'insert into reception_incident_entry (incident_id, type, at, informed, who, persons, content, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [id, type, moment, informed, who, persons, content, by.accountId],
    );
  }

  private opened({ id, sealed, sealedKey }: IncidentRow): Visitor[] {
    if (!sealed) return [];
    return this.keys.ring.open<{ representatives: Visitor[] }>({ sealed, keyVersion: sealedKey! }, placeOf.incident(id)).representatives;
  }

  private shown(row: IncidentRow): Incident {
    return { ...row, representatives: row.identitySecret ? [] : this.opened(row) };
  }
}

const mostSeries = 200;

function mustBeLargeGroup({ persons, representatives }: IncidentFacts, on: LegalDate): void {
  if (!isLargeGroup(persons, on))
    throw Problem.field('validation-failed', '/persons', 'too_few', {
      vi: 'Đoàn đông người có từ 5 người trở lên.',
      en: 'A large group has five people or more.',
    });
  const rule = representativeRule(persons);
  if (rule && representatives.length > rule.most)
    throw Problem.field('validation-failed', '/representatives', 'too_many_representatives', {
      vi: `Đoàn ${persons} người được cử nhiều nhất ${rule.most} người đại diện.`,
      en: `A group of ${persons} has at most ${rule.most} representatives.`,
    });
}

/** One matter is about one petition; to whoever is not told which one, no guess is answered. */
function mustBeOfThatPetition(petitionId: string | null, known: MatterPetition | null): void {
  if (!petitionId || !known || (known.told && known.id === petitionId)) return;
  throw Problem.field('validation-failed', '/petitionId', 'other_petition', {
    vi: known.told ? `Vụ việc trước gắn với đơn ${known.number}.` : 'Vụ việc trước đã gắn với đơn; không nêu đơn ở đây.',
    en: known.told
      ? `The earlier gathering is about the petition ${known.number}.`
      : 'The earlier gathering is linked already: name no petition here.',
  });
}

function linkedAlready(known: MatterPetition | null): Problem {
  return new Problem('action-not-allowed', {
    vi: known?.told ? `Vụ việc đã gắn với đơn ${known.number}.` : 'Vụ việc đã gắn với đơn.',
    en: known?.told ? `The gathering is linked to the petition ${known.number}.` : 'The gathering is linked to a petition.',
  });
}

function aboutAnOpenPetition(field: string): Problem {
  return Problem.field('validation-failed', field, 'petition_is_open', {
    vi: 'Đoàn đông người tố cáo không gắn với đơn có tên người gửi: hãy phân loại lại đơn là tố cáo, hoặc lập đơn tố cáo riêng.',
    en: 'A gathering to denounce is not about a petition that names who filed it: classify that one as a denunciation, or open one of its own.',
  });
}

function mustBeOpen({ endedAt }: IncidentRow): void {
  if (endedAt === null) return;
  throw new Problem('action-not-allowed', { vi: 'Vụ việc đã kết thúc.', en: 'The gathering has ended.' });
}

function mustNotBeBefore(at: Date, startedAt: Date, pointer: string): void {
  if (at >= startedAt) return;
  throw Problem.field('validation-failed', pointer, 'before_start', {
    vi: 'Không được trước khi vụ việc bắt đầu.',
    en: 'Must not be before the gathering began.',
  });
}
