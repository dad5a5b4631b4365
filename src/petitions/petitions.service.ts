import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { defaultLimit, type Page, page } from '../platform/http/page.js';
import { Problem } from '../platform/problems/problem.js';
import { evaluate, type Evaluation } from '../rules/evaluation/evaluation.js';
import type { Filing, PriorHandling, Stage } from '../rules/evaluation/filing.js';
import { asWritten, type LegalDate } from '../platform/text/legal-date.js';
import { alertDays } from '../rules/limits/alert.js';
import { representativeRule } from '../rules/triage/representatives.js';
import type { Unit, UnitStructure } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { fold } from '../platform/text/fold.js';
import { toStored } from './duplicates/duplicates.service.js';
import { type Fingerprint, fingerprintOf } from './duplicates/fingerprint.js';
import { Keys } from '../platform/sealing/keys.service.js';
import { GuidanceAtVisits } from './visit-guidance.service.js';
import { placeOf } from '../platform/sealing/places.js';
import { earliest } from './earliest.js';
import { keepAsWritten, type WrittenOtherwise } from './identity/as-written.js';
import { mapTexts } from './identity/hanging/hide-words.js';
import { verifyRedacted, withoutDigests, withoutLinksAcross, withoutUnseen } from './identity/hanging/told-events.js';
import { Redaction } from './identity/redaction.js';
import { type OriginalText, sealParties, type StoredParty, tellingOf } from './identity/sealed-people.js';
import { WhoMayKnow } from './identity/who-may-know.service.js';
import type { Channel, EventRow, Party, PetitionDetailRow, PetitionListRow, RelatedRow, Relation } from './petition.js';
import { filePetition, knownPeople, petitionById, withPetitioner, petitionHistory, relatedPetitions } from './petition.queries.js';
import type { PetitionState } from './transition.js';
import { countStatement, type ListSetting, pageStatement, type PetitionFilter, sortOf, type Statement } from './petition-list.js';

/** A petition as it comes in. */
export interface NewPetition extends Omit<Filing, 'filedOn' | 'filedAtUnitId' | 'stage' | 'statedCompetentUnitId'> {
  channel: Channel;
  receivedOn: LegalDate;
  writtenOn: LegalDate | null;
  summary: string;
  content: string;
  fieldCode: string | null;
  parties: Party[];
  signatories: number | null;
  relatedTo: Relation[];
  /** Number in another system or an old ledger; unique in the unit. */
  externalReference?: string | null;
}

/** A row of a ledger: who filed it stands in it only where that is no secret. */
export interface LedgerRow extends PetitionListRow {
  identitySecret: boolean;
  petitioner: string | null;
  petitionerAddress: string | null;
  closedOn: string | null;
}

const rowsOfLedgerPage = 1000;

/** What of a new petition is stored otherwise where its author is secret. */
interface StoredForm {
  /** Null where the database gives it. */
  id: string | null;
  text: OriginalText & Partial<Pick<NewPetition, 'forwardedBy' | 'respondent'>>;
  /** What takes whoever is secret out of other words that are stored with it; null where nobody is. */
  redaction: Redaction | null;
  /** The words as they were written, sealed, where they named somebody. */
  original: { sealed: string; sealedKey: number } | null;
  /** Whom it is against, where that is stored otherwise than it was written. */
  otherwise: WrittenOtherwise | null;
  parties: StoredParty[];
}

/** A petition that was entered, with what it is compared by. */
export interface FiledPetition {
  petition: PetitionDetailRow;
  fingerprint: Fingerprint;
}

/** A petition with what the law says of it, ready to be entered. */
export interface JudgedPetition {
  petition: NewPetition;
  filing: Filing;
  evaluation: Evaluation;
  unit: Unit;
  caseId: string | null;
}

/** Receiving petitions and finding them again. */
@Injectable()
export class PetitionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
    private readonly scope: AccessScope,
    private readonly keys: Keys,
    private readonly whoMayKnow: WhoMayKnow,
    private readonly visits: GuidanceAtVisits,
  ) {}

  /**
   * Enters a petition into the ledger of the caller's unit, with its number, competence, flags and first limits.
   * @throws Problem naming the field: a day in the future, an unknown unit or petition, a unit that did not exist then; `conflict` for a known
   *   external reference
   */
  async file(petition: NewPetition, by: Official): Promise<FiledPetition> {
    return this.transactions.run(async (tx) => {
      await this.units.upToDate(tx);
      await this.calendars.upToDate(tx);
      const judged = await this.judge(petition, by);
      await this.mustBeNew(petition, judged.unit);
      const { id, fingerprint } = await this.enter(judged, by);
      return { petition: await this.get(id, by), fingerprint };
    });
  }

  /**
   * What the law says of a petition that would be filed at the caller's unit; stores nothing.
   * @throws Problem as {@link file}
   */
  async judge(petition: NewPetition, by: Official): Promise<JudgedPetition> {
    mustNotLieAhead(petition.receivedOn, '/receivedOn');
    if (petition.writtenOn && petition.writtenOn > petition.receivedOn)
      throw Problem.field('validation-failed', '/writtenOn', 'after_receipt', {
        vi: 'Ngày viết đơn không được sau ngày nhận.',
        en: 'A petition is not written after it is received.',
      });
    const { structure } = this.units;
    const unit = this.scope.home(by);
    const related = await this.relatedTo(petition.relatedTo, by);
    const apart = related.findIndex(({ identitySecret }) => identitySecret !== (petition.kind === 'denunciation'));
    if (apart >= 0) throw namesWhoFiled(`/relatedTo/${apart}/petitionId`);
    await this.mustKnowPeople(petition.parties, by);
    mustRespectRepresentativeRule(petition);
    const filing: Filing = {
      ...petition,
      filedOn: petition.receivedOn,
      filedAtUnitId: unit.id,
      stage: null,
      priorHandling: [...petition.priorHandling, ...priorOf(related, structure)],
      guidedBeforeOn:
        guidedBeforeOn(petition.relatedTo, related) ?? (await this.guidedAtVisit(petition, unit.id, related[0]?.caseId ?? null)),
    };
    const evaluation = inPetitionTerms(() => evaluate(filing, structure, this.calendars.calendar));
    return { petition, filing, evaluation, unit, caseId: related[0]?.caseId ?? null };
  }

  /** When the petitioner was guided about the matter at a visit of the unit before. */
  private async guidedAtVisit(petition: NewPetition, unitId: string, caseId: string | null): Promise<LegalDate | null> {
    const nationalIds = petition.parties.filter(({ role }) => role === 'petitioner').map(({ nationalId }) => nationalId);
    return (await this.visits.earlier({ ...petition, unitId, caseId, nationalIds }))?.guidedOn ?? null;
  }

  /**
   * Enters a petition that was judged in the same transaction. Answers its id and what it is compared by.
   * @param ended how it ended long ago, for one that comes from an old ledger: then its limits were met on that day
   */
  async enter(
    { petition, filing, evaluation, unit, caseId }: JudgedPetition,
    by: Official,
    ended: { state: PetitionState; on: LegalDate } | null = null,
  ): Promise<{ id: string; fingerprint: Fingerprint }> {
    const { text, original, otherwise, parties, id, redaction } =
      petition.kind === 'denunciation' ? await this.seal(petition) : openForm(petition);
    const fingerprint = fingerprintOf({ ...petition, ...text }, this.keys.ring.comparisonKey);
    const entered = { ...newRow({ ...petition, ...text }, filing, evaluation, unit, caseId, by), id };
    const row = redaction ? { ...entered, flags: mapTexts(evaluation.flags, (text) => redaction.all(text)) } : entered;
    const [filed] = await this.transactions.rows<{ id: string }>(filePetition, [
      JSON.stringify(ended ? { ...row, ...endedColumns(ended) } : row),
      JSON.stringify(parties),
      JSON.stringify(petition.relatedTo),
      JSON.stringify(ended ? evaluation.limits.map((limit) => ({ ...limit, metOn: ended.on })) : evaluation.limits),
      JSON.stringify({
        stage: evaluation.stage,
        competentUnitId: evaluation.competentUnit?.id ?? null,
        flags: evaluation.flags.map(({ code }) => code),
      }),
      toJson(fingerprint),
      original && JSON.stringify(original),
    ]);
    if (otherwise) await keepAsWritten(this.transactions.manager, this.keys.ring, filed!.id, otherwise);
    return { id: filed!.id, fingerprint };
  }

  /** A denunciation as it is stored: its words name nobody, and whoever is behind it lies sealed, bound to the id that it gets. */
  private async seal({ summary, content, parties, respondent, forwardedBy }: NewPetition): Promise<StoredForm> {
    const { ring } = this.keys;
    // Known before it is stored, because what is sealed is bound to it; version 7 as those that the database makes.
    const id = randomUUIDv7();
    const respondents = [
      (respondent as { name?: string | null } | null)?.name,
      ...parties.filter(({ role }) => role === 'respondent').map(({ name }) => name),
    ];
    const redaction = await Redaction.of(
      tellingOf(parties),
      respondents.flatMap((name) => name ?? []),
    );
    await redaction.read([summary, content, forwardedBy ?? '', ...respondents.flatMap((name) => name ?? [])]);
    const ofAnother = <Facts>(facts: Facts): Facts => mapTexts(facts, (text) => redaction.ofAnother(text)) as Facts;
    // What is doubtful goes, too: as it was written it lies sealed.
    const text = {
      summary: redaction.all(summary),
      content: redaction.all(content),
      forwardedBy: forwardedBy && redaction.all(forwardedBy),
      respondent: ofAnother(respondent),
    };
    const original = text.summary === summary && text.content === content ? null : ring.seal({ summary, content }, placeOf.text(id));
    const shown = parties.map((party) => (party.role === 'respondent' ? ofAnother(party) : party));
    return {
      id,
      text,
      redaction,
      original: original && { sealed: original.sealed.toString('hex'), sealedKey: original.keyVersion },
      otherwise: {
        respondent:
          respondent && differs(respondent, text.respondent) ? { before: { respondent }, after: { respondent: text.respondent } } : null,
        parties: parties.flatMap((party, index) => writtenOtherwise(party, shown[index]!, index + 1)),
      },
      parties: sealParties(ring, id, shown),
    };
  }

  /** @throws Problem `not-found`, also for petitions that the caller may not know of */
  async get(id: string, by: Official): Promise<PetitionDetailRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<PetitionDetailRow>(petitionById, [id, roots, subtree]);
    if (!row) throw noSuchPetition();
    return row;
  }

  async list(
    filter: PetitionFilter,
    units: { unitId?: string; includeSubordinates?: boolean },
    by: Official,
  ): Promise<Page<PetitionListRow>> {
    const setting = this.settingOf(units, filter, by);
    const { manager } = this.transactions;
    const { values, ...statement } = pageStatement(filter, setting);
    const rows = await this.transactions.rows<PetitionListRow>(statement, values);
    const found = page(rows, filter.limit ?? defaultLimit, sortOf(filter).position, (row) => row);
    return filter.count ? { ...found, total: await count(manager, countStatement(filter, setting), filter.count) } : found;
  }

  /** Every petition that a filter finds, page by page, with who filed it where that is no secret; for ledgers. */
  async *ledger(
    filter: PetitionFilter,
    units: { unitId?: string | undefined; includeSubordinates?: boolean | undefined },
    by: Official,
  ): AsyncGenerator<LedgerRow> {
    const setting = this.settingOf(units, filter, by);
    for (let cursor: string | undefined; ;) {
      const { text, values } = pageStatement({ ...filter, limit: rowsOfLedgerPage, ...(cursor && { cursor }) }, setting);
      const rows = await this.transactions.rows<LedgerRow>({ text: withPetitioner(text) }, values);
      const { items, nextCursor } = page(rows, rowsOfLedgerPage, sortOf(filter).position, (row) => row);
      yield* items;
      if (!nextCursor) return;
      cursor = nextCursor;
    }
  }

  /** What happened to a petition, each event with whether the chain of hashes is intact up to it. */
  async history(id: string, by: Official): Promise<EventRow[]> {
    const { identitySecret } = await this.get(id, by);
    const events = await this.transactions.rows<EventRow & { redacted: boolean }>(petitionHistory, [id]);
    const { manager } = this.transactions;
    const ring = await this.keys.upToDate();
    const verified = await verifyRedacted(manager, ring, id, events);
    const told = await withoutUnseen(await withoutLinksAcross(manager, verified, identitySecret), (ids) => this.visibleOf(ids, by));
    return withoutDigests(told, identitySecret);
  }

  /** Which of some petitions the caller sees. */
  private async visibleOf(ids: string[], by: Official): Promise<ReadonlySet<unknown>> {
    const { roots, subtree } = this.scope.visible(by);
    return new Set((await this.transactions.rows<RelatedRow>(relatedPetitions, [ids, roots, subtree])).map(({ id }) => id));
  }

  private settingOf(
    units: { unitId?: string | undefined; includeSubordinates?: boolean | undefined },
    { competentUnitId }: PetitionFilter,
    by: Official,
  ): ListSetting {
    const below = units.includeSubordinates ?? false;
    return {
      visible: this.scope.visible(by),
      responsibleUnitIds: units.unitId ? this.unitsAsked(units.unitId, below) : null,
      competentUnitIds: competentUnitId ? this.unitsAsked(competentUnitId, below) : null,
      days: alertDays(today(), this.calendars.calendar),
    };
  }

  private unitsAsked(unitId: string, includeSubordinates: boolean): string[] {
    const { structure } = this.units;
    const unit = structure.find(unitId);
    if (!unit)
      throw Problem.field('validation-failed', '?unitId', 'unknown_unit', { vi: 'Không có đơn vị này.', en: 'There is no such unit.' });
    return (includeSubordinates ? structure.coveredBy(unit, today()) : structure.carriedOnBy(unit)).map(({ id }) => id);
  }

  /** @throws Problem `conflict` for an external reference that the unit's ledger has already */
  private async mustBeNew({ externalReference }: NewPetition, { id }: Unit): Promise<void> {
    if (!externalReference) return;
    const [known] = await this.transactions.manager.query<{ id: string; number: string }[]>(
      'select id, number from petition where ledger_unit_id = $1 and external_reference = $2',
      [id, externalReference],
    );
    if (!known) return;
    const detail = {
      vi: `Số tham chiếu này đã có trong sổ: ${known.number}.`,
      en: `This reference is in the ledger already: ${known.number}.`,
    };
    throw new Problem('conflict', detail, [{ pointer: '/externalReference', code: 'known', detail }], { petitionId: known.id });
  }

  /** @throws Problem naming a person who is in no petition of the caller's scope */
  private async mustKnowPeople(parties: readonly Party[], by: Official): Promise<void> {
    const wanted = parties.flatMap(({ personId }) => (personId ? [personId] : []));
    if (wanted.length === 0) return;
    const { roots, subtree } = this.scope.visible(by);
    const known = await this.transactions.rows<{ id: string }>(knownPeople, [wanted, roots, subtree]);
    const index = parties.findIndex(({ personId }) => personId && !known.some(({ id }) => id === personId));
    if (index >= 0)
      throw Problem.field('validation-failed', `/parties/${index}/personId`, 'unknown_person', {
        vi: 'Không có người này trong phạm vi của bạn.',
        en: 'There is no such person in your scope.',
      });
  }

  /**
   * Petitions that the caller may refer to, each with the last day of its resolution. What is directed against him is none of them, whether he sees
   * it or not: linked to something of his it would keep him out of that, and tell him so (Law on Denunciations art. 8).
   */
  async related(ids: string[], by: Official): Promise<RelatedRow[]> {
    const { roots, subtree } = this.scope.linkable(by);
    const related: RelatedRow[] = [];
    for (const row of await this.transactions.rows<RelatedRow>(relatedPetitions, [ids, roots, subtree]))
      if (!row.identitySecret || !(await this.whoMayKnow.isDenounced(row.id, by))) related.push(row);
    return related;
  }

  /** The petition with a ledger number, of those that the caller may refer to. */
  async idOf(number: string, by: Official): Promise<string | null> {
    const [found] = await this.transactions.manager.query<{ id: string }[]>('select id from petition where number = $1', [number]);
    return found && (await this.related([found.id], by)).length > 0 ? found.id : null;
  }

  private async relatedTo(relations: Relation[], by: Official): Promise<RelatedRow[]> {
    if (relations.length === 0) return [];
    const rows = await this.related(
      relations.map(({ petitionId }) => petitionId),
      by,
    );
    return relations.map(({ petitionId }, index) => {
      const row = rows.find(({ id }) => id === petitionId);
      if (row) return row;
      throw Problem.field('validation-failed', `/relatedTo/${index}/petitionId`, 'unknown_petition', {
        vi: 'Không tìm thấy đơn này trong phạm vi của bạn.',
        en: 'There is no such petition in your scope.',
      });
    });
  }
}

/** @throws Problem when the day is after today in Viet Nam */
export function mustNotLieAhead(date: LegalDate, pointer: string): void {
  const now = today();
  if (date > now)
    throw Problem.field('validation-failed', pointer, 'in_the_future', {
      vi: `Ngày ${asWritten(date)} chưa đến; hôm nay là ${asWritten(now)}.`,
      en: `${date} lies ahead; today is ${now}.`,
    });
}

/** A denunciation and a petition that names who filed it are not related (Law on Denunciations arts 8, 56). */
export function namesWhoFiled(pointer: string): Problem {
  return Problem.field('validation-failed', pointer, 'names_who_filed', {
    vi: 'Đơn tố cáo không liên kết với đơn có tên người gửi: bí mật danh tính người tố cáo sẽ bị lộ (Điều 56 Luật Tố cáo).',
    en: 'A denunciation is not related to a petition that names who filed it: the denouncer would be known by it (Law on Denunciations art. 56).',
  });
}

export function noSuchPetition(): Problem {
  return Problem.notFound('đơn này', 'petition');
}

/** Earlier petitions that lay with a competent authority are what the law looks at; a mere guidance settles nothing. */
export function priorOf(related: RelatedRow[], structure: UnitStructure): PriorHandling[] {
  return related
    .filter(({ withinCompetence }) => withinCompetence)
    .map((row) => ({
      unitId: structure.filedWith(
        structure.get(row.responsibleUnitId),
        row.receivedOn,
        row.competentUnitId ? structure.get(row.competentUnitId) : null,
      ).id,
      stage: row.stage ?? ('first' satisfies Stage),
      receivedOn: row.responsibleSince,
      acceptedOn: row.acceptedOn,
      decidedOn: row.decidedOn,
      decisionReceivedOn: row.decisionReceivedOn,
      refusedOn: row.refusedOn,
      petitionId: row.id,
      resolutionDueOn: row.resolutionDueOn,
    }));
}

/** When the same person was guided about the matter before: a petition that the new one repeats ended so. */
function guidedBeforeOn(relations: readonly Relation[], related: readonly RelatedRow[]): LegalDate | null {
  const repeated = relations.filter(({ relation }) => relation === 'repeats' || relation === 'duplicate_of');
  const days = related.filter(({ id }) => repeated.some(({ petitionId }) => petitionId === id)).flatMap(({ guidedOn }) => guidedOn ?? []);
  return days.sort().at(-1) ?? null;
}

/** A petition calls the filing date and place by other names than an evaluation. */
export function inPetitionTerms(work: () => Evaluation): Evaluation {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const renamed = error.errors.map((fault) => ({
      ...fault,
      pointer: fault.pointer.replace(/^\/(filedOn|filedAtUnitId)$/, '/receivedOn'),
    }));
    throw new Problem(error.code, error.detail, renamed, error.members);
  }
}

/** @throws Problem when more people speak for a group than the law lets (Law on Complaints art. 8) */
function mustRespectRepresentativeRule({ parties, signatories }: NewPetition): void {
  const count = (role: Party['role']) => parties.filter((party) => party.role === role).length;
  const rule = representativeRule(signatories ?? count('petitioner'));
  const representatives = count('representative');
  if (!rule || representatives <= rule.most) return;
  throw Problem.field('validation-failed', '/parties', 'too_many_representatives', {
    vi: `Với số người này được cử nhiều nhất ${rule.most} người đại diện.`,
    en: `A group of this size has at most ${rule.most} representatives.`,
  });
}

function toJson(fingerprint: Fingerprint): string {
  const stored = toStored(fingerprint);
  return JSON.stringify({ ...stored, signature: stored.signature.toString('hex') });
}

function newRow(
  petition: NewPetition,
  filing: Filing,
  evaluation: Evaluation,
  unit: Unit,
  caseId: string | null,
  by: Official,
): Record<string, unknown> {
  const duplicate = petition.relatedTo.some(({ relation }) => relation === 'duplicate_of');
  return {
    unit_id: unit.id,
    symbol: unit.symbol,
    case_id: caseId,
    kind: petition.kind,
    subject: petition.kind === 'complaint' ? petition.subject : null,
    channel: petition.channel,
    stage: evaluation.stage,
    state: 'received' satisfies PetitionState,
    last_step_on: petition.receivedOn,
    received_on: petition.receivedOn,
    written_on: petition.writtenOn,
    summary: petition.summary,
    content: petition.content,
    field_code: petition.fieldCode,
    respondent: petition.respondent,
    matter_unit_id: petition.matterUnitId,
    signatories: petition.signatories ?? Math.max(1, petition.parties.filter(({ role }) => role === 'petitioner').length),
    remote_area: petition.remoteArea,
    complexity: petition.complexity,
    multiple_places: petition.multiplePlaces,
    decision_known_on: petition.decisionKnownOn,
    obstacle_days: petition.obstacleDays ?? 0,
    forwarded_by: petition.forwardedBy,
    also_sent_to_unit_ids: petition.alsoSentToUnitIds,
    prior_handling: filing.priorHandling,
    // A duplicate joins the case and is not resolved twice (law.md 1.6 `duplicate`).
    ...findings(evaluation),
    ...(duplicate && { recommended_outcome: 'filing_away' }),
    next_due_on: earliest(evaluation.limits.map(({ dueOn }) => dueOn)),
    next_backlog_on: earliest(evaluation.limits.map(({ backlogOn }) => backlogOn)),
    created_by: by.accountId,
    anonymous: !petition.parties.some(({ role }) => role === 'petitioner'),
    identity_secret: petition.kind === 'denunciation',
    external_reference: petition.externalReference ?? null,
    search_names: petition.kind === 'denunciation' ? '' : fold(petition.parties.map(({ name }) => name).join(' ')),
  };
}

/** What of a party tells who it is and is stored otherwise than it was written. */
function writtenOtherwise(party: Party, shown: Party, position: number): WrittenOtherwise['parties'] {
  const of = ({ name, address, office }: Party) => ({ name, address: address ?? null, office: office ?? null });
  return differs(of(party), of(shown)) ? [{ position, before: of(party), after: of(shown) }] : [];
}

/** Whether they would be stored otherwise. */
function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function openForm({ summary, content, parties }: NewPetition): StoredForm {
  return { id: null, text: { summary, content }, redaction: null, original: null, otherwise: null, parties };
}

function endedColumns({ state, on }: { state: PetitionState; on: LegalDate }): Record<string, unknown> {
  return { state, last_step_on: on, next_due_on: null, next_backlog_on: null, ...(state === 'closed' && { closed_on: on }) };
}

/** The columns that follow from an evaluation. */
export function findings(evaluation: Evaluation): Record<string, unknown> {
  return {
    competent_unit_id: evaluation.competentUnit?.id ?? null,
    within_competence: evaluation.withinCompetence,
    flags: evaluation.flags,
    flag_codes: evaluation.flags.map(({ code }) => code),
    levels_skipped: evaluation.flags.find(({ code }) => code === 'over_level')?.levelsSkipped ?? null,
    recommended_outcome: evaluation.recommendedOutcome,
  };
}

async function count(manager: EntityManager, { text, values }: Statement, how: 'exact' | 'estimated'): Promise<number> {
  if (how === 'exact') {
    const [row] = await manager.query<{ total: number }[]>(text, values);
    return row?.total ?? 0;
  }
  const [row] = await manager.query<{ 'QUERY PLAN': { Plan: { Plans?: { 'Plan Rows': number }[]; 'Plan Rows': number } }[] }[]>(
    `explain (format json) ${text.replace('select count(*) as total', 'select 1')}`,
    values,
  );
  return row?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}
