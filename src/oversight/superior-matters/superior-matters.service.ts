import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AttachmentsService } from '../../petitions/attachments/attachments.service.js';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { ReceivedFile } from '../../platform/incoming/received-file.js';
import { wordFieldsOf } from '../../platform/http/official-words.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { type KnownPeople, NeutralWords } from '../../petitions/identity/neutral-words.js';
import { mustNotLieAhead, PetitionsService } from '../../petitions/petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { FollowUpService } from '../../petitions/resolution/follow-up.service.js';
import { asWritten, isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { fold } from '../../platform/text/fold.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { type FiguresBelow, UnitsBelow } from '../../structure/units/units-below.js';
import { MatterDto } from './dto/superior-matters.dto.js';
import {
  type AgencyType,
  decidedStages,
  type Matter,
  type MatterEffect,
  type MatterFacts,
  type MatterFigures,
  type MatterRow,
  type NewsFacts,
  type NewsRow,
  type NewsSource,
  matterStageNames,
} from './superior-matter.js';
import {
  type KnownMatter,
  lockMatter,
  lockMatterByReference,
  matterById,
  matterFigures,
  matterList,
  newsOf,
} from './superior-matters.queries.js';

export interface MatterFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  open?: boolean;
  stale?: boolean;
  agencyType?: AgencyType;
  effect?: MatterEffect | 'not_upheld';
  petitionId?: string;
  q?: string;
  decidedFrom?: LegalDate;
  decidedTo?: LegalDate;
  limit?: number;
  cursor?: string;
}

/** What became of a row that was taken over. */
export type Taken = 'created' | 'changed' | 'unchanged';

/** Local citizens' cases at superior agencies, courts and central offices: where they stand, what came of them, of which there is no news. */
@Injectable()
export class SuperiorMattersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly responsibility: UnitResponsibility,
    private readonly scope: AccessScope,
    private readonly below: UnitsBelow,
    private readonly petitions: PetitionsService,
    private readonly followUp: FollowUpService,
    private readonly words: NeutralWords,
    private readonly attachments: AttachmentsService,
  ) {}

  /**
   * Enters a case at the unit that it comes from.
   * @throws Problem `conflict` when the unit has this agency's reference already: what is new is news of it
   */
  enter(unitId: string | null, facts: MatterFacts, by: Official): Promise<Matter> {
    return this.transactions.run(async (tx) => {
      const unit = this.unitOf(unitId, by);
      const [known] = await this.transactions.rows<KnownMatter>(lockMatterByReference, [unit.id, facts.agency, facts.reference]);
      const id = known ? null : await this.insert(tx, unit.id, facts, 'official', by);
      if (!id)
        throw new Problem(
          'conflict',
          {
            vi: `Vụ việc số ${facts.reference} tại ${facts.agency} đã được ghi: cập nhật tin mới của vụ việc đó.`,
            en: `The case ${facts.reference} at ${facts.agency} is in the register: add news to it.`,
          },
          [],
          known && { superiorMatterId: known.id },
        );
      return this.get(id, by);
    });
  }

  /**
   * Takes over what an agency or a file says of a case: a new one is entered, newer news are added, the same or older ones change nothing.
   * Runs in the transaction of the whole file.
   * @param mentioned petitions that stand in the words of the row, of those that the caller sees
   * @param people who is secret in what other rows of the file are about
   * @throws Problem `forbidden` for whoever one of the petitions is directed against
   */
  async take(unitId: string | null, told: MatterFacts, mentioned: readonly string[], by: Official, people: KnownPeople): Promise<Taken> {
    const tx = this.transactions.manager;
    const unit = this.unitOf(unitId, by);
    const find = async ({ agency, reference }: MatterFacts) =>
      (await this.transactions.rows<KnownMatter>(lockMatterByReference, [unit.id, agency, reference]))[0];
    let known = await find(told);
    // What a file says comes past the place where the words of requests lose whoever denounced.
    const about = [known?.petitionId, told.petitionId, ...mentioned].flatMap((id) => id ?? []);
    const facts = await this.words.inFields(about, told, matterWords, by, 'all', people);
    // What was taken out of its reference is not stored either.
    known ??= await find(facts);
    if (!known) {
      if (await this.insert(tx, unit.id, facts, 'import', by)) return 'created';
      // Somebody else entered it at the same time.
      known = await find(facts);
    }
    const isNews = facts.newsOn > known!.newsOn || (facts.newsOn === known!.newsOn && facts.stage !== known!.stage);
    if (!isNews) return 'unchanged';
    await this.write(tx, known!, facts, 'import', by);
    return 'changed';
  }

  /** Adds what has become of a case. */
  addNews(id: string, news: NewsFacts, expected: number | null, by: Official): Promise<Matter> {
    return this.transactions.run(async (tx) => {
      const known = await this.lock(id, by);
      mustMatch(known.version, expected);
      if (news.newsOn < known.newsOn)
        throw Problem.field('validation-failed', '/newsOn', 'before_the_last_news', {
          vi: `Không được trước tin gần nhất ${asWritten(known.newsOn)}.`,
          en: `Must not be before the last news of ${known.newsOn}.`,
        });
      await this.write(tx, known, news, 'official', by);
      return this.get(id, by);
    });
  }

  /** Says, or says otherwise, which petition the case is about. */
  link(id: string, petitionId: string | null, expected: number | null, by: Official): Promise<Matter> {
    return this.transactions.run(async (tx) => {
      const known = await this.lock(id, by);
      mustMatch(known.version, expected);
      await this.mustKnow(petitionId, by);
      if (petitionId) await this.hideDenouncer(tx, id, petitionId, by);
      await tx.query('update superior_matter set petition_id = $2, version = version + 1 where id = $1', [id, petitionId]);
      return this.get(id, by);
    });
  }

  /** Keeps the judgment or decision; a better scan replaces it. */
  attach(id: string, file: ReceivedFile, by: Official): Promise<Matter> {
    return this.transactions.run(async (tx) => {
      const { unitId } = await this.lock(id, by);
      const documentId = await this.attachments.insert({ unitId }, file, 'superior_outcome', by);
      await tx.query('update superior_matter set document_id = $2, version = version + 1 where id = $1', [id, documentId]);
      return this.get(id, by);
    });
  }

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<Matter> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<MatterRow & Record<string, unknown>>(matterById, [today(), id, roots, subtree]);
    if (!row) throw Problem.notFound('vụ việc này', 'case at a superior');
    return { ...row, news: await this.transactions.rows<NewsRow & Record<string, unknown>>(newsOf, [id]) };
  }

  /** Those with the latest news first. */
  async list(
    { unitId, includeSubordinates = false, limit = defaultLimit, cursor, ...filter }: MatterFilter,
    by: Official,
  ): Promise<Page<MatterRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.transactions.rows<MatterRow & Record<string, unknown>>(matterList, [
      today(),
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      filter.open ?? null,
      filter.stale ?? null,
      filter.agencyType ?? null,
      filter.effect ?? null,
      filter.petitionId ?? null,
      filter.q ? fold(filter.q) : null,
      filter.decidedFrom ?? null,
      filter.decidedTo ?? null,
      ...after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ newsOn, id }) => [newsOn, id],
      (row) => row,
    );
  }

  /** How many are open, stale, decided – down the tree. */
  summary(unitId: string | undefined, by: Official): Promise<FiguresBelow<MatterFigures>> {
    return this.below.figures({ unitId, none: nothing }, (units) => this.figures(units.map(({ id }) => id)), by);
  }

  /** The figures of each of these units for itself, by its id. */
  async figures(unitIds: readonly string[]): Promise<Map<string, MatterFigures>> {
    const rows = await this.transactions.rows<MatterFigures & { unitId: string }>(matterFigures, [today(), unitIds]);
    return new Map(rows.map(({ unitId, ...figures }) => [unitId, figures]));
  }

  /** The unit of origin: the own one when it is left out. Whoever oversees it writes for it, too. */
  private unitOf(unitId: string | null, by: Official): Unit {
    const unit = unitId ? this.responsibility.anyUnit(unitId, '/unitId') : this.scope.home(by);
    this.responsibility.mustActForOrOversee(by, unit.id);
    return unit;
  }

  private async lock(id: string, by: Official): Promise<KnownMatter> {
    const { unitId } = await this.get(id, by);
    this.responsibility.mustActForOrOversee(by, unitId);
    return (await this.transactions.rows<KnownMatter>(lockMatter, [id]))[0]!;
  }

  /** A petition that the caller may refer to; a denunciation that he sees, because about another one he has nothing to write. */
  private async mustKnow(petitionId: string | null, by: Official): Promise<void> {
    if (!petitionId) return;
    const [known] = await this.petitions.related([petitionId], by);
    if (known && (!known.identitySecret || known.involvedUnitIds.some((id) => this.scope.includes(by, id)))) return;
    throw Problem.field('validation-failed', '/petitionId', 'unknown_petition', {
      vi: 'Không tìm thấy đơn này trong phạm vi của bạn.',
      en: 'There is no such petition in your scope.',
    });
  }

  /** What was written before the case was about a denunciation loses whoever denounced, in the case and in its news. */
  private async hideDenouncer(tx: EntityManager, id: string, petitionId: string, by: Official): Promise<void> {
    const rows = await tx.query<{ id: string; words: Record<string, string | null> }[]>(
      `select id, jsonb_build_object('matter', matter, 'agency', agency, 'reference', reference, 'number', outcome_number, 'gist', outcome_gist) as words
       from superior_matter where id = $1 union all select id, jsonb_build_object('content', content) from superior_matter_news where matter_id = $1`,
      [id],
    );
    const told = rows.map(({ words }) => words);
    const [matter, ...news] = Object.values(await this.words.inFields([petitionId], told, everyWordOfMatter, by));
    await tx.query(
      'update superior_matter set matter = $2, agency = $3, reference = $4, outcome_number = $5, outcome_gist = $6 where id = $1',
      [id, matter!['matter'], matter!['agency'], matter!['reference'], matter!['number'], matter!['gist']],
    );
    for (const [index, { content }] of news.entries())
      await tx.query('update superior_matter_news set content = $2 where id = $1', [rows[index + 1]!.id, content]);
  }

  private async insert(tx: EntityManager, unitId: string, facts: MatterFacts, source: NewsSource, by: Official): Promise<string | null> {
    mustNotLieAhead(facts.filedOn, '/filedOn');
    await this.mustKnow(facts.petitionId, by);
    mustBeNews(facts, { filedOn: facts.filedOn, effect: null });
    const [made] = await tx.query<{ id: string }[]>(
      `insert into superior_matter (unit_id, petition_id, kind, matter, agency_type, agency, reference, filed_on, stage, news_on, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'sent', $8, $9) on conflict do nothing returning id`,
      [unitId, facts.petitionId, facts.kind, facts.matter, facts.agencyType, facts.agency, facts.reference, facts.filedOn, by.accountId],
    );
    if (!made) return null;
    const { id } = made;
    await this.write(tx, { ...facts, id, effect: null }, facts, source, by);
    return id;
  }

  /** Writes news and what follows from it; an outcome stands at the petition of the case as well. */
  private async write(
    tx: EntityManager,
    known: Pick<KnownMatter, 'id' | 'petitionId' | 'filedOn' | 'effect' | 'agencyType' | 'agency'>,
    news: NewsFacts,
    source: NewsSource,
    by: Official,
  ): Promise<void> {
    mustBeNews(news, known);
    const { stage, newsOn, outcome } = news;
    await tx.query(
      'insert into superior_matter_news (matter_id, on_date, stage, content, effect, source, created_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [known.id, newsOn, stage, news.content, outcome?.effect ?? null, source, by.accountId],
    );
    await tx.query(
      `update superior_matter set stage = $2, news_on = $3, effect = coalesce($4, effect), outcome_number = coalesce($5, outcome_number),
         outcome_on = coalesce($6, outcome_on), outcome_gist = case when $4::text is null then outcome_gist else $7 end, version = version + 1 where id = $1`,
      [known.id, stage, newsOn, outcome?.effect ?? null, outcome?.number ?? null, outcome?.issuedOn ?? null, outcome?.gist ?? null],
    );
    if (!outcome || !known.petitionId) return;
    const { effect, number, issuedOn } = outcome;
    const agencyType = known.agencyType === 'central' ? 'superior' : (known.agencyType as 'superior' | 'court' | 'other');
    const gist = outcome.gist ?? news.content ?? known.agency;
    await this.followUp.noteOutcome(tx, known.petitionId, { agencyType, agency: known.agency, number, issuedOn, gist, effect }, by);
  }
}

/** The fields of a case, as it is entered, that are officials' words. */
const matterWords = wordFieldsOf(MatterDto)!;
/** The same as they are stored, of the case and of its news. */
const everyWordOfMatter = { words: new Set(['matter', 'agency', 'reference', 'number', 'gist', 'content']), parts: new Map() };

const nothing: MatterFigures = { open: 0, stale: 0, decided: 0, notUpheld: 0 };

function mustBeNews({ stage, newsOn, outcome }: NewsFacts, { filedOn, effect }: { filedOn: LegalDate; effect: string | null }): void {
  mustNotLieAhead(newsOn, '/newsOn');
  if (newsOn < filedOn)
    throw Problem.field('validation-failed', '/newsOn', 'before_filing', {
      vi: `Không được trước ngày gửi đơn, khởi kiện ${asWritten(filedOn)}.`,
      en: `Must not be before the case was brought there on ${filedOn}.`,
    });
  if (decidedStages.includes(stage) && !outcome && !effect)
    throw Problem.field('validation-failed', '/outcome', 'required', {
      vi: 'Đã có kết quả: nêu số, ngày và nội dung giải quyết.',
      en: 'It is decided: say its number, its day and what came of it.',
    });
  if (!outcome) return;
  if (!decidedStages.includes(stage))
    throw Problem.field('validation-failed', '/outcome', 'not_allowed', {
      vi: `Chỉ nêu kết quả với giai đoạn ${decidedStages.map((one) => matterStageNames[one]).join(', ')}.`,
      en: `An outcome goes with the stages ${decidedStages.join(', ')} alone.`,
    });
  if (outcome.issuedOn < filedOn || outcome.issuedOn > newsOn)
    throw Problem.field('validation-failed', '/outcome/issuedOn', 'out_of_order', {
      vi: `Phải từ ngày gửi ${asWritten(filedOn)} đến ngày có tin ${asWritten(newsOn)}.`,
      en: `Must be from the day it was brought there, ${filedOn}, to that of the news, ${newsOn}.`,
    });
}
