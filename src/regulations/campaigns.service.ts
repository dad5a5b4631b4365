import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { mustNotLieAhead } from '../petitions/petitions.service.js';
import { mustMatch, Problem } from '../platform/problems/problem.js';
import { asWritten, isLegalDate, type LegalDate } from '../platform/text/legal-date.js';
import { requiredRegulations } from '../rules/regulations/required-regulations.js';
import { existsOn, type Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitResponsibility } from '../structure/units/unit-responsibility.js';
import { sumOf, UnitsBelow } from '../structure/units/units-below.js';
import {
  type CampaignFigures,
  type CampaignOrder,
  type CampaignRow,
  type CampaignState,
  type ItemRow,
  type ItemState,
  itemStates,
  type ReviewOrder,
} from './campaign.js';
import { campaignById, campaignFiguresByUnit, campaignItems, campaignList, enterItems, lockCampaign } from './campaigns.queries.js';
import { type Regulation, settledOutcomes } from './regulation.js';
import { regulationList } from './regulations.queries.js';
import { RegulationsService } from './regulations.service.js';

export interface ItemFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  state?: ItemState;
  limit?: number;
  cursor?: string;
}

export interface CampaignUnitRow {
  unit: Unit;
  own: boolean;
  figures: CampaignFigures;
}

/** Reviews of regulations: one by one, and as campaigns that say who must review what by when. */
@Injectable()
export class CampaignsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly below: UnitsBelow,
    private readonly scope: AccessScope,
    private readonly responsibility: UnitResponsibility,
    private readonly regulations: RegulationsService,
  ) {}

  /**
   * Begins a campaign: every unit gets what it has to review, the regulation or the lack of one.
   * @throws Problem naming the field when a unit is out of scope or did not exist, or when there is nothing to review
   */
  start(order: CampaignOrder, by: Official): Promise<CampaignRow> {
    const { title, number, startsOn, dueOn, types, onlyProposed } = order;
    if (dueOn < startsOn)
      throw Problem.field('validation-failed', '/dueOn', 'before_start', {
        vi: `Không được trước ngày bắt đầu ${asWritten(startsOn)}.`,
        en: `Must not be before the first day ${startsOn}.`,
      });
    return this.transactions.run(async (tx) => {
      const asked = this.unitsOf(order, by).flatMap((unit) => {
        const required = requiredRegulations(unit, startsOn);
        return types.filter((type) => type === 'other' || required.includes(type)).map((type) => ({ unitId: unit.id, type }));
      });
      const [campaign] = await tx.query<{ id: string }[]>(
        `insert into regulation_campaign (unit_id, title, number, starts_on, due_on, types, only_proposed, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
        [this.scope.top(by).id, title, number, startsOn, dueOn, types, onlyProposed, by.accountId],
      );
      const { id } = campaign!;
      const unitIds = asked.map(({ unitId }) => unitId);
      const proposed = onlyProposed ? await this.proposedBy(dueOn, unitIds) : [];
      const entered = await this.transactions.rows(enterItems, [id, unitIds, asked.map(({ type }) => type), onlyProposed, proposed]);
      if (entered.length === 0)
        throw Problem.field('validation-failed', '/types', 'nothing_to_review', {
          vi: 'Không có quy định nào phải rà soát theo các loại, đơn vị này.',
          en: 'There is nothing to review of these types in these units.',
        });
      return this.get(id, by);
    });
  }

  async list(
    { state, limit = defaultLimit, cursor }: { state?: CampaignState; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<CampaignRow>> {
    const { roots, subtree } = this.scope.visible(by);
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const values = [today(), roots, subtree, state ?? null, ...after, limit + 1];
    const rows = await this.transactions.rows<CampaignRow & Record<string, unknown>>(campaignList, values);
    return page(
      rows,
      limit,
      ({ startsOn, id }) => [startsOn, id],
      (row) => row,
    );
  }

  /** @throws Problem `not-found`, also for campaigns in which the caller's units have nothing to review */
  async get(id: string, by: Official): Promise<CampaignRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<CampaignRow & Record<string, unknown>>(campaignById, [today(), id, roots, subtree]);
    if (!row) throw Problem.notFound('đợt rà soát này', 'campaign');
    return row;
  }

  /** What is to be reviewed in the caller's scope. */
  async items(
    campaignId: string,
    { unitId, includeSubordinates = true, state, limit = defaultLimit, cursor }: ItemFilter,
    by: Official,
  ): Promise<Page<ItemRow>> {
    const campaign = await this.get(campaignId, by);
    const [after] = decodeCursor(cursor, [isUuid]) ?? [null];
    const units = this.scope.unitsAsked(by, unitId, includeSubordinates, structureDay(campaign));
    const rows = await this.itemRows([campaignId, units, state ?? null, null, after, limit + 1]);
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /** How far the units are, one row for each directly below with everything under it, as they hung together on the last day of the campaign. */
  async byUnit(campaignId: string, unitId: string | undefined, by: Official): Promise<CampaignUnitRow[]> {
    const campaign = await this.get(campaignId, by);
    const { parts } = this.below.partsOf(unitId, by, structureDay(campaign));
    const found = await this.transactions.rows<{ unitId: string } & CampaignFigures>(campaignFiguresByUnit, [today(), campaignId]);
    const figuresOf = new Map(found.map(({ unitId: of, ...figures }) => [of, figures]));
    return parts
      .map(({ unit: part, own, covered }) => ({
        unit: part,
        own,
        figures: sumOf(
          covered.flatMap(({ id }) => figuresOf.get(id) ?? []),
          none,
        ),
      }))
      .filter(({ figures }) => figures.items > 0);
  }

  /** Ends a campaign; what is still open stays in its figures. */
  end(id: string, state: 'closed' | 'cancelled', note: string, expected: number | null, by: Official): Promise<CampaignRow> {
    return this.transactions.run(async (tx) => {
      await this.get(id, by);
      const [campaign] = await this.transactions.rows<{ unitId: string; state: CampaignState; version: number }>(lockCampaign, [id]);
      if (this.scope.top(by).id !== campaign!.unitId) this.responsibility.mustActFor(by, campaign!.unitId);
      mustMatch(campaign!.version, expected);
      mustRun(campaign!.state);
      await tx.query('update regulation_campaign set state = $2, ended_on = $3, end_note = $4, version = version + 1 where id = $1', [
        id,
        state,
        today(),
        note,
      ]);
      return this.get(id, by);
    });
  }

  /** Answers an item of a campaign: what becomes of the regulation, or of the lack of one. A later answer takes the place of an earlier one. */
  answer(itemId: string, review: ReviewOrder, by: Official): Promise<ItemRow> {
    return this.transactions.run(async (tx) => {
      const [item] = await this.itemRows([null, null, null, itemId, null, 1]);
      if (!item) throw Problem.notFound('nội dung rà soát này', 'item of a campaign');
      this.responsibility.mustActFor(by, item.unitId);
      const [campaign] = await this.transactions.rows<{ state: CampaignState; startsOn: LegalDate }>(lockCampaign, [item.campaignId]);
      mustRun(campaign!.state);
      mustFit(review, item.regulationId !== null);
      await this.write(tx, { ...item, itemId }, review, by);
      return (await this.itemRows([null, null, null, itemId, null, 1]))[0]!;
    });
  }

  /** Reviews a regulation; what campaigns that run ask about it is answered by that, too. */
  review(regulationId: string, review: ReviewOrder, by: Official): Promise<Regulation> {
    return this.transactions.run(async (tx) => {
      const regulation = await this.regulations.lock(regulationId, null, by);
      mustFit(review, true);
      const running = await tx.query<{ id: string }[]>(
        `select i.id from regulation_campaign_item i join regulation_campaign c on c.id = i.campaign_id where i.regulation_id = $1 and c.state = 'open'`,
        [regulationId],
      );
      const about = { unitId: regulation.unitId, type: regulation.type, regulationId };
      for (const itemId of running.length > 0 ? running.map(({ id }) => id) : [null])
        await this.write(tx, { ...about, itemId }, review, by);
      await tx.query('update regulation set version = version + 1 where id = $1', [regulationId]);
      return this.regulations.get(regulationId);
    });
  }

  private async write(
    tx: EntityManager,
    { unitId, type, regulationId, itemId }: { unitId: string; type: string; regulationId: string | null; itemId: string | null },
    { outcome, reason, reviewedOn, doBy }: ReviewOrder,
    by: Official,
  ): Promise<void> {
    await tx.query(
      `insert into regulation_review (unit_id, type, regulation_id, item_id, outcome, reason, reviewed_on, do_by, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [unitId, type, regulationId, itemId, outcome, reason, reviewedOn, doBy, by.accountId],
    );
  }

  private itemRows(values: unknown[]): Promise<ItemRow[]> {
    return this.transactions.rows<ItemRow & Record<string, unknown>>(campaignItems, [today(), ...values]);
  }

  private unitsOf({ levels, unitIds, startsOn }: CampaignOrder, by: Official): Unit[] {
    const existing = this.scope.units(by).filter((unit) => existsOn(unit, startsOn));
    if (unitIds.length === 0) return existing.filter(({ level }) => levels.length === 0 || levels.includes(level));
    return unitIds.map((unitId, index) => {
      const unit = existing.find(({ id }) => id === unitId);
      if (unit) return unit;
      throw Problem.field('validation-failed', `/unitIds/${index}`, 'unknown_unit', {
        vi: `Không có đơn vị này trong phạm vi của bạn vào ngày ${asWritten(startsOn)}.`,
        en: `There is no such unit in your scope on ${startsOn}.`,
      });
    });
  }

  /** Regulations of these units whose basis has changed by a day, or will have. */
  private async proposedBy(day: LegalDate, unitIds: string[]): Promise<string[]> {
    const values = [day, unitIds, null, null, 'outdated', null, null, null, unitIds.length * 20 + 1];
    return (await this.transactions.rows<{ id: string }>(regulationList, values)).map(({ id }) => id);
  }
}

/** Units are counted where they hung on the last day of the campaign. */
function structureDay({ dueOn }: CampaignRow): LegalDate {
  return dueOn < today() ? dueOn : today();
}

const none = { items: 0, ...Object.fromEntries(itemStates.map((state) => [state, 0])) } as CampaignFigures;

function mustRun(state: CampaignState): void {
  if (state === 'open') return;
  throw new Problem('action-not-allowed', {
    vi: `Đợt rà soát đã ${state === 'closed' ? 'kết thúc' : 'bị huỷ'}.`,
    en: `The campaign is ${state}.`,
  });
}

/** What can come of the review of a regulation, and of the lack of one. */
function mustFit({ outcome, reviewedOn, doBy }: ReviewOrder, exists: boolean): void {
  mustNotLieAhead(reviewedOn, '/reviewedOn');
  const lacking = outcome === 'issue' || outcome === 'not_needed';
  if (lacking === exists)
    throw Problem.field('validation-failed', '/outcome', 'does_not_fit', {
      vi: exists ? 'Quy định đã có: keep, amend, supplement, replace hoặc repeal.' : 'Chưa có quy định: issue hoặc not_needed.',
      en: exists ? 'There is a regulation: keep, amend, supplement, replace or repeal.' : 'There is none: issue or not_needed.',
    });
  const settled = settledOutcomes.includes(outcome);
  if (settled && doBy !== null)
    throw Problem.field('validation-failed', '/doBy', 'not_allowed', {
      vi: 'Không còn việc phải làm: bỏ trống.',
      en: 'Nothing is left to be done: leave it out.',
    });
  if (!settled && doBy === null)
    throw Problem.field('validation-failed', '/doBy', 'required', { vi: 'Nêu ngày phải xong.', en: 'Say by when it is done.' });
  if (doBy !== null && doBy < reviewedOn)
    throw Problem.field('validation-failed', '/doBy', 'before_review', {
      vi: `Không được trước ngày rà soát ${asWritten(reviewedOn)}.`,
      en: `Must not be before the day of the review ${reviewedOn}.`,
    });
}
