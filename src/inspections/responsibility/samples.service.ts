import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { KeptLimitsService } from '../../petitions/limits/kept-limits.service.js';
import type { PetitionState } from '../../petitions/transition.js';
import { Problem } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import { limitTopics } from '../../rules/inspections/limit-topics.js';
import { questionsFor, reviewSheetOn } from '../../rules/inspections/review-sheet.js';
import { allocate } from '../../rules/inspections/sampling.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { draw } from '../draw.js';
import type { InspectionRow } from '../inspection.js';
import { InspectionsService, mustBe } from '../inspections.service.js';
import type { LimitsKept, SampleRow, SampleStratum } from './review.js';
import { populationOf, sampleOf } from './reviews.queries.js';

interface Drawable {
  id: string;
  number: string;
  kind: PetitionKind;
  state: PetitionState;
}

/** Samples of petitions for an inspection of responsibility: stratified by kind and state, one for each inspection, kept as it was drawn. */
@Injectable()
export class SamplesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly inspections: InspectionsService,
    private readonly units: UnitDirectory,
    private readonly limits: KeptLimitsService,
  ) {}

  /**
   * Draws the petitions that are reviewed: of each stratum those with the greatest keys of the seed ({@link draw}, all of the same weight).
   * @throws Problem `action-not-allowed` for a second sample; naming the field where there is nothing to draw from
   */
  draw(inspectionId: string, size: number, by: Official): Promise<SampleRow> {
    return this.transactions.run(async (tx) => {
      const inspection = await this.inspections.lock(inspectionId, null, by);
      await this.inspections.mustTakePart(inspection, by);
      mustBeOfResponsibility(inspection);
      mustBe(inspection, 'started');
      if (await this.find(inspectionId))
        throw new Problem('action-not-allowed', {
          vi: 'Đã chọn mẫu cho cuộc thanh tra này; mẫu không chọn lại.',
          en: 'The sample of this inspection is drawn; it is not drawn again.',
        });
      const sheet = reviewSheetOn(inspection.periodTo);
      if (!sheet)
        throw new Problem('action-not-allowed', {
          vi: `Chưa có phiếu xem xét vào ngày ${inspection.periodTo}.`,
          en: `There was no review sheet on ${inspection.periodTo}.`,
        });
      const strata = await this.population(inspection);
      if (strata.length === 0)
        throw new Problem('action-not-allowed', {
          vi: 'Trong thời kỳ thanh tra không có đơn nào để chọn.',
          en: 'There are no petitions of the period to draw from.',
        });
      const seed = randomBytes(16).toString('hex');
      const kept = strata.map(({ kind, state, petitions }) => ({ kind, state, numbers: petitions.map(({ number }) => number) }));
      await tx.query(
        'insert into inspection_sample (inspection_id, seed, size, sheet_version, drawn_on, strata, created_by) values ($1, $2, $3, $4, $5, $6, $7)',
        [inspectionId, seed, size, sheet.version, today(), JSON.stringify(kept), by.accountId],
      );
      const chosen = choose(kept, seed, size);
      const byNumber = new Map(strata.flatMap(({ petitions }) => petitions.map((petition) => [petition.number, petition])));
      const petitions = chosen.flat().map((number) => byNumber.get(number)!);
      const system = await this.limitsOf(petitions, sheet.version);
      for (const [index, { id, kind, state }] of petitions.entries())
        await tx.query(
          'insert into inspection_review (inspection_id, position, petition_id, kind, state, system) values ($1, $2, $3, $4, $5, $6)',
          [inspectionId, index + 1, id, kind, state, JSON.stringify(system.get(id))],
        );
      return this.get(inspectionId, by);
    });
  }

  /** @throws Problem `not-found` where none is drawn, also for the inspected unit before the conclusion */
  async get(inspectionId: string, by: Official): Promise<SampleRow> {
    await this.inspections.mustSeeFindings(inspectionId, by);
    const sample = await this.find(inspectionId);
    if (!sample) throw Problem.notFound('mẫu của cuộc thanh tra này', 'sample of this inspection');
    return sample;
  }

  private async find(inspectionId: string): Promise<SampleRow | undefined> {
    const [sample] = await this.transactions.rows<SampleRow & Record<string, unknown>>(sampleOf, [inspectionId]);
    return sample;
  }

  private async population({
    inspectedUnitId,
    periodFrom,
    periodTo,
  }: InspectionRow): Promise<{ kind: PetitionKind; state: PetitionState; petitions: Drawable[] }[]> {
    const { structure } = this.units;
    const ids = structure.carriedOnBy(structure.get(inspectedUnitId)).map(({ id }) => id);
    const rows = await this.transactions.rows<Drawable & Record<string, unknown>>(populationOf, [ids, periodFrom, periodTo]);
    return [...Map.groupBy<string, Drawable>(rows, ({ kind, state }) => `${kind} ${state}`).values()].map((petitions) => {
      const { kind, state } = petitions[0]!;
      return { kind, state, petitions };
    });
  }

  /** By petition: how the limits were kept that each question is about. */
  private async limitsOf(petitions: readonly Drawable[], sheetVersion: string): Promise<Map<string, Record<string, LimitsKept>>> {
    const rows = await this.limits.ofPetitions(petitions.map(({ id }) => id));
    const byPetition = Map.groupBy(rows, ({ petitionId }) => petitionId);
    return new Map(
      petitions.map(({ id, kind }) => {
        const said = questionsFor(sheetVersion, kind).flatMap(({ code, limits }) => {
          const found = (byPetition.get(id) ?? []).filter(({ ruleId }) => limits.some((topic) => limitTopics[topic].test(ruleId)));
          const sum = (of: (row: LimitsKept) => number) => found.reduce((total, row) => total + of(row), 0);
          return found.length > 0 ? [[code, { kept: sum(({ kept }) => kept), notKept: sum(({ notKept }) => notKept) }]] : [];
        });
        return [id, Object.fromEntries(said) as Record<string, LimitsKept>];
      }),
    );
  }
}

/** Numbers of the petitions that a seed takes from each stratum. */
export function choose(strata: readonly SampleStratum[], seed: string, size: number): string[][] {
  const taken = allocate(
    strata.map(({ numbers }) => ({ population: numbers.length })),
    size,
  );
  return strata.map(({ numbers }, index) =>
    draw(
      numbers.map((code) => ({ code, weight: 1 })),
      seed,
    )
      .slice(0, taken[index])
      .map(({ code }) => code),
  );
}

/** @throws Problem `action-not-allowed` */
export function mustBeOfResponsibility({ type }: InspectionRow): void {
  if (type === 'responsibility') return;
  throw new Problem('action-not-allowed', {
    vi: 'Chỉ thanh tra trách nhiệm mới xem xét mẫu đơn.',
    en: 'Only an inspection of responsibility reviews a sample of petitions.',
  });
}
