import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { mustMatch, Problem } from '../platform/problems/problem.js';
import { mustFind } from '../rules/competence/competence.js';
import { evaluate, type Evaluation, type Outcome } from '../rules/evaluation/evaluation.js';
import type { Filing, PriorHandling, Stage } from '../rules/evaluation/filing.js';
import { asWritten, type LegalDate } from '../platform/text/legal-date.js';
import type { Objection } from '../rules/steps/objections.js';
import { type Limit, limitInForce } from '../rules/limits/limit.js';
import { metByTheirOwnAct } from '../rules/limits/limits-by-event.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { record } from './history.js';
import { mayTake, openTransitions, transitionOf } from './lifecycle.js';
import { limitsStartedBy } from './limits-started.js';
import { meetOpenLimits, refreshNextDue, startLimits, voidOpenLimits } from './limits.js';
import type { PetitionDetailRow, PetitionRow } from './petition.js';
import { Keys } from '../platform/sealing/keys.service.js';
import { renewFingerprint } from './duplicates/duplicates.service.js';
import type { Comparable } from './duplicates/fingerprint.js';
import { compareAnew } from './identity/seal-open-identities.js';
import { familyOf } from './identity/hanging/hanging-on.js';
import { keepSecrecy } from './identity/hanging/keep-secrecy.js';
import { hidePeople, readPeople, showPeople } from './identity/sealed-people.js';
import { WhoMayKnow } from './identity/who-may-know.service.js';
import { lockPetition, lockPetitionById } from './petition.queries.js';
import type { PetitionAction, PetitionState, Transition } from './transition.js';
import { evaluateAtReceiver, filingOf } from './petition-filing.js';
import { mustStand, StepObjections } from './step-objections.service.js';
import { mustBeLawful, notResponsible, outOfOrder, roleMissing, stillOwed } from './step-problems.js';
import { findings, inPetitionTerms, mustNotLieAhead, noSuchPetition, PetitionsService } from './petitions.service.js';

/** One step as it is asked for. */
export interface Step {
  /** Legal day of the step; today when it is left out. */
  on?: LegalDate | null;
  /** Name of that day's field, for answers about it. */
  dayField: string;
  /** Column of the petition that keeps that day, where one does. */
  dayColumn?: string | undefined;
  reason?: string | null;
  /** What the history keeps of it. */
  facts?: Record<string, unknown>;
  /** Columns of the petition that it sets. */
  columns?: Record<string, unknown>;
  /** Why a leader takes the step although the law or the checklist stands against it. */
  overrideReason?: string | null | undefined;
  /** The step is recorded, but the petition goes on as before: a withdrawal under coercion, or of a part. */
  goesOn?: boolean;
}

/** A step that was taken: the petition as it was before, and the legal day of the step. */
export interface TakenStep {
  petition: PetitionRow;
  on: LegalDate;
}

/** What a clerk may correct or state when classifying; what is left out stays. */
export type Classification = Partial<
  Pick<
    Filing,
    | 'kind'
    | 'subject'
    | 'respondent'
    | 'matterUnitId'
    | 'priorHandling'
    | 'forwardedBy'
    | 'alsoSentToUnitIds'
    | 'remoteArea'
    | 'complexity'
    | 'multiplePlaces'
    | 'decisionKnownOn'
    | 'obstacleDays'
  >
> & { stage?: Stage | null; competentUnitId?: string | null; fieldCode?: string | null; reason?: string | null; on?: LegalDate | null };

/** An action that the caller may take now. */
export interface OpenAction {
  action: PetitionAction;
  method: Transition['method'];
  path: string;
  fields: Transition['fields'];
  /** What the law or the checklist says against it now. */
  objections: Objection[];
}

/** A petition passing to a unit. */
export interface HandOver {
  unitId: string;
  since: LegalDate;
  state: PetitionState;
  on: LegalDate;
}

/** Steps by which a denunciation leaves the one whom it is directed against. */
const passesOn: ReadonlySet<PetitionAction> = new Set(['transfer', 'refer']);

/** States in which the outcome of triage is still open. */
const untriaged: readonly PetitionState[] = ['received', 'classified', 'proposed'];

/** The steps of a petition's life: each writes state, history and limits in one transaction, or is refused. */
@Injectable()
export class PetitionActionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
    private readonly scope: AccessScope,
    private readonly keys: Keys,
    private readonly whoMayKnow: WhoMayKnow,
    private readonly objections: StepObjections,
  ) {}

  /** What this caller may do now, with the fields each step takes and what the law says against it. */
  async open(id: string, by: Official): Promise<{ state: PetitionState; actions: OpenAction[] }> {
    const petition = await this.petitions.get(id, by);
    if (!this.scope.actsFor(by, petition.responsibleUnitId)) return { state: petition.state, actions: [] };
    const denounced = petition.identitySecret && (await this.whoMayKnow.isDenounced(id, by));
    const open = openTransitions(petition).filter(
      (transition) => mayTake(transition, by, petition.triageMode) && (!denounced || passesOn.has(transition.action)),
    );
    const actions: OpenAction[] = [];
    for (const { action, method, path, fields } of open)
      actions.push({ action, method, path, fields, objections: await this.objections.to(action, petition, today()) });
    return { state: petition.state, actions };
  }

  /**
   * Takes a step. Every step but classification meets the limits that were open, except that of a reply, and starts those of its event.
   * @param expected version that the caller read; null where it does not matter
   * @throws Problem `not-found`; `forbidden` or `not-responsible`; `precondition-failed`; `action-not-allowed` with what is allowed;
   *   `validation-failed` for a day ahead or before the last step
   */
  take(id: string, action: PetitionAction, step: Step, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      await this.step(tx, id, action, step, expected, by);
      return this.petitions.get(id, by);
    });
  }

  /** {@link take} within a transaction of another module, which adds its own rows. */
  async step(tx: EntityManager, id: string, action: PetitionAction, step: Step, expected: number | null, by: Official): Promise<TakenStep> {
    const transition = transitionOf(action);
    const petition = await this.lock(id, by, { passingOn: passesOn.has(action) });
    this.mustAllow(transition, petition, expected, by);
    const on = this.dayOf(step, petition);
    mustBeLawful(transition, petition, on, step.dayField);
    const result = typeof step.facts?.['result'] === 'string' ? step.facts['result'] : null;
    const overridden = mustStand(await this.objections.to(action, petition, on, result), step.overrideReason, petition, by);
    const moves = !step.goesOn && transition.to !== 'unchanged' && transition.to !== 'by_outcome';
    if (transition.meets === 'open' && !step.goesOn) await meetOpenLimits(tx, id, on, metByTheirOwnAct);
    if (!step.goesOn) await startLimits(tx, id, petition.responsibleUnitId, await this.limitsStarted(tx, transition, petition, on), on);
    await this.store(tx, petition, {
      ...step.columns,
      ...(step.dayColumn && { [step.dayColumn]: on }),
      ...(moves && { state: transition.to }),
      last_step_on: on,
    });
    await refreshNextDue(tx, id);
    const facts = { ...step.facts, ...overridden };
    await record(tx, id, { type: transition.event, occurredOn: on, reason: step.reason, facts }, by);
    return { petition, on };
  }

  /** Guides the petitioner to a unit, the competent one where none is named, and keeps where to in the history. */
  guide(
    id: string,
    { toUnitId, ...step }: Step & { toUnitId?: string | null },
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const structure = await this.units.upToDate(tx);
      const petition = await this.petitions.get(id, by);
      const guidedTo = toUnitId ? mustFind(structure, toUnitId, '/toUnitId').id : petition.competentUnitId;
      return this.take(id, 'guide', { ...step, facts: { ...step.facts, toUnitId: guidedTo } }, expected, by);
    });
  }

  /** Classifies a petition, or corrects its classification: competence, stage, flags and first limits are found anew. */
  classify(
    id: string,
    { on, reason, fieldCode, ...stated }: Classification,
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const transition = transitionOf('classify');
      const petition = await this.lock(id, by);
      this.mustAllow(transition, petition, expected, by);
      const day = this.dayOf({ on, dayField: 'classifiedOn' }, petition);
      const filing = { ...filingOf(petition, stated), guidedBeforeOn: await this.objections.guidedBeforeOn(petition) };
      if (petition.kind === 'denunciation' && filing.kind !== 'denunciation') {
        const createdBy = (await this.whoMayKnow.facts(id, by))?.createdBy ?? null;
        await this.whoMayKnow.mustBeAllowedToOpen(tx, { id, petitionId: id, createdBy }, reason, by);
      }
      const evaluation = inPetitionTerms(() => evaluate(filing, this.units.structure, this.calendars.calendar));
      await this.storeEvaluation(tx, petition, filing, evaluation, {
        state: transition.to,
        last_step_on: day,
        ...(fieldCode !== undefined && { field_code: fieldCode }),
      });
      await record(
        tx,
        id,
        {
          type: transition.event,
          occurredOn: day,
          reason,
          facts: {
            kind: filing.kind,
            stage: evaluation.stage,
            competentUnitId: evaluation.competentUnit?.id ?? null,
            flags: evaluation.flags.map(({ code }) => code),
          },
        },
        by,
      );
      // The reason was written while nobody was secret: it hangs on the denunciation as all before it does.
      if (filing.kind === 'denunciation' && petition.kind !== 'denunciation') await keepSecrecy(tx, this.keys.ring, id);
      return this.petitions.get(id, by);
    });
  }

  /**
   * Makes a unit responsible, where the petition is triaged anew: competence and first limits are those of that unit.
   * The flags of the filing stay, because they tell where it was filed.
   * @param order who, since when its clock runs, in which state, on which day
   */
  async handOver(tx: EntityManager, petition: PetitionRow, { unitId, since, state, on }: HandOver): Promise<void> {
    const moved = { ...petition, responsibleUnitId: unitId, responsibleSince: since, statedStage: null, statedCompetentUnitId: null };
    const filing = filingOf(moved, {});
    const evaluation = evaluateAtReceiver(filing, await this.units.upToDate(tx), await this.calendars.upToDate(tx));
    await this.storeEvaluation(tx, moved, filing, evaluation, {
      state,
      responsible_unit_id: unitId,
      responsible_since: since,
      last_step_on: on,
    });
  }

  /**
   * Finds stage, competence, outcome and first limits anew, because what is known of earlier petitions changed; only before triage has an
   * outcome, after which they are history.
   */
  async judgeAnew(
    tx: EntityManager,
    petition: PetitionRow,
    priorHandling: PriorHandling[],
    outcome: Outcome | null,
    on: LegalDate,
  ): Promise<void> {
    if (!untriaged.includes(petition.state)) {
      await this.store(tx, petition, { prior_handling: priorHandling });
      return;
    }
    const filing = { ...filingOf(petition, { priorHandling }), guidedBeforeOn: await this.objections.guidedBeforeOn(petition) };
    const evaluation = evaluateAtReceiver(filing, await this.units.upToDate(tx), await this.calendars.upToDate(tx));
    await this.storeEvaluation(tx, petition, filing, evaluation, { last_step_on: on });
    if (outcome) await this.store(tx, petition, { recommended_outcome: outcome });
  }

  /**
   * The petition, held until the end of the transaction, for somebody who works on it.
   * @param options.passingOn whether it only goes on to somebody else, which whom a denunciation is directed against may see to as well
   * @throws Problem `not-found`; `forbidden` for whom a denunciation is directed against
   */
  async lock(id: string, by: Official, { passingOn = false }: { passingOn?: boolean } = {}): Promise<PetitionRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [petition] = await this.transactions.rows<PetitionRow>(lockPetition, [id, roots, subtree]);
    if (!petition) throw noSuchPetition();
    if (!passingOn) await this.whoMayKnow.mustNotBeDenounced(petition, by);
    return petition;
  }

  /** {@link lock} for what follows from elsewhere, whoever sees the petition. */
  async lockById(id: string): Promise<PetitionRow> {
    const [petition] = await this.transactions.rows<PetitionRow>(lockPetitionById, [id]);
    if (!petition) throw noSuchPetition();
    return petition;
  }

  /** From now on a unit may see the petition. */
  async involve(tx: EntityManager, petitionId: string, unitId: string): Promise<void> {
    await tx.query(
      'update petition set involved_unit_ids = array_append(involved_unit_ids, $2) where id = $1 and not ($2 = any (involved_unit_ids))',
      [petitionId, unitId],
    );
  }

  /** Changes columns of a petition and its version with them. */
  async store(tx: EntityManager, { id }: Pick<PetitionRow, 'id'>, columns: Record<string, unknown>): Promise<void> {
    const changes = Object.entries(columns);
    const assignments = changes.map(([name], index) => `${name} = $${index + 2}`);
    await tx.query(`update petition set ${[...assignments, 'version = version + 1', 'updated_at = now()'].join(', ')} where id = $1`, [
      id,
      ...changes.map(([name, value]) => toParameter(name, value)),
    ]);
  }

  private async storeEvaluation(
    tx: EntityManager,
    petition: PetitionRow,
    filing: Filing,
    evaluation: Evaluation,
    columns: { last_step_on: LegalDate } & Record<string, unknown>,
  ): Promise<void> {
    const { flags, flag_codes, levels_skipped, ...finding } = findings(evaluation);
    const atFirstUnit = petition.responsibleUnitId === petition.receivedUnitId;
    const secret = filing.kind === 'denunciation' || (petition.partOfId !== null && petition.identitySecret);
    await voidOpenLimits(tx, petition.id, columns.last_step_on, [...metByTheirOwnAct, ...evaluation.limits.map(({ ruleId }) => ruleId)]);
    await startLimits(tx, petition.id, petition.responsibleUnitId, evaluation.limits, columns.last_step_on);
    await this.store(tx, petition, {
      kind: filing.kind,
      subject: filing.kind === 'complaint' ? filing.subject : null,
      respondent: filing.respondent,
      matter_unit_id: filing.matterUnitId,
      remote_area: filing.remoteArea,
      complexity: filing.complexity,
      multiple_places: filing.multiplePlaces,
      decision_known_on: filing.decisionKnownOn,
      obstacle_days: filing.obstacleDays ?? 0,
      forwarded_by: filing.forwardedBy,
      also_sent_to_unit_ids: filing.alsoSentToUnitIds,
      prior_handling: filing.priorHandling,
      stated_stage: filing.stage,
      stated_competent_unit_id: filing.statedCompetentUnitId ?? null,
      stage: evaluation.stage,
      // What becomes a denunciation must no longer be found by the names in it; a part beside one stays secret.
      identity_secret: secret,
      ...(secret && { search_names: '' }),
      ...finding,
      ...(atFirstUnit && { flags, flag_codes, levels_skipped }),
      ...columns,
    });
    await refreshNextDue(tx, petition.id);
    if (filing.kind !== petition.kind) await this.hideOrShowPeople(tx, petition.id, secret);
    // Whom it is against is somebody else now, in words of their own.
    else if (secret && !isDeepStrictEqual(filing.respondent, petition.respondent)) await keepSecrecy(tx, this.keys.ring, petition.id);
  }

  /** People named in a denunciation lie sealed with all that hangs on it, and are found neither in the register of persons nor by what petitions are compared by. */
  private async hideOrShowPeople(tx: EntityManager, petitionId: string, secret: boolean): Promise<void> {
    const { ring } = this.keys;
    if (secret) {
      // Whoever could be told from another part, or from the whole, is named in none of them.
      const family = await familyOf(tx, petitionId);
      await tx.query(`update petition set identity_secret = true, search_names = '' where id = any ($1) and not identity_secret`, [family]);
      for (const id of family) await hidePeople(tx, ring, id);
      for (const id of family) {
        await keepSecrecy(tx, ring, id);
        await compareAnew(tx, ring, id);
      }
      return;
    }
    await showPeople(tx, ring, petitionId);
    await keepSecrecy(tx, ring, petitionId);
    const [row] = await tx.query<Comparable[]>(
      'select kind, summary, content, respondent, matter_unit_id as "matterUnitId" from petition where id = $1',
      [petitionId],
    );
    const { parties } = await readPeople(tx, ring, petitionId);
    await renewFingerprint(tx, petitionId, { ...row!, parties }, ring.comparisonKey);
  }

  private mustAllow(transition: Transition, petition: PetitionRow, expected: number | null, by: Official): void {
    this.mustBeResponsible(petition, by);
    if (!mayTake(transition, by, petition.triageMode)) throw roleMissing(transition, petition);
    mustMatch(petition.version, expected);
    const open = openTransitions(petition);
    if (!open.includes(transition)) throw outOfOrder(transition, petition, open);
    if (transition.needs === 'nothing_owed' && petition.owed.length > 0) throw stillOwed(petition);
  }

  /** @throws Problem `not-responsible` unless the petition lies with the caller's office */
  mustBeResponsible({ responsibleUnitId }: Pick<PetitionRow, 'responsibleUnitId'>, by: Official): void {
    if (!this.scope.actsFor(by, responsibleUnitId)) throw notResponsible(this.units.structure.get(responsibleUnitId).name);
  }

  /** @throws Problem naming the field for a day ahead or before the petition's last step */
  dayOf({ on, dayField }: Pick<Step, 'on' | 'dayField'>, { lastStepOn }: Pick<PetitionRow, 'lastStepOn'>): LegalDate {
    const day = on ?? today();
    mustNotLieAhead(day, `/${dayField}`);
    if (day < lastStepOn)
      throw Problem.field('validation-failed', `/${dayField}`, 'before_last_step', {
        vi: `Không được trước ngày của bước trước (${asWritten(lastStepOn)}).`,
        en: `Must not be before the last step (${lastStepOn}).`,
      });
    return day;
  }

  private async limitsStarted(tx: EntityManager, { starts }: Transition, petition: PetitionRow, on: LegalDate): Promise<Limit[]> {
    if (!starts) return [];
    const calendar = await this.calendars.upToDate(tx);
    const about = { ...petition, subject: petition.subject ?? ('administrative' as const) };
    return limitsStartedBy(starts, about)
      .map((ruleId) => limitInForce({ ...about, ruleId, startsOn: on }, calendar))
      .filter((limit) => limit !== undefined);
  }
}

/** Columns that hold JSON; other lists are PostgreSQL arrays. */
const jsonColumns: ReadonlySet<string> = new Set(['flags', 'prior_handling', 'respondent', 'eligibility']);

function toParameter(column: string, value: unknown): unknown {
  return jsonColumns.has(column) && value !== null ? JSON.stringify(value) : value;
}
