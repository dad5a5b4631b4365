import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { renewFingerprint } from '../../petitions/duplicates/duplicates.service.js';
import { record } from '../../petitions/history.js';
import { keepSecrecy } from '../../petitions/identity/hanging/keep-secrecy.js';
import { Redaction } from '../../petitions/identity/redaction.js';
import { compareAnew } from '../../petitions/identity/seal-open-identities.js';
import { copyParties, everybodyOf, readPeople, redactText } from '../../petitions/identity/sealed-people.js';
import { refreshNextDue, startLimits, voidOpenLimits } from '../../petitions/limits.js';
import type { PetitionDetailRow, PetitionRow } from '../../petitions/petition.js';
import { PetitionActionsService } from '../../petitions/petition-actions.service.js';
import { insertPart, nameNobody, type PartOrder } from '../../petitions/part-filing.js';
import { filingOf } from '../../petitions/petition-filing.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { evaluate, type Evaluation } from '../../rules/evaluation/evaluation.js';
import type { Filing } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { metByTheirOwnAct } from '../../rules/limits/limits-by-event.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';

/** Petitions with several matters (law.md 1.6 `triage.multi_content`, `triage.multi_kind`): each part lives as a petition of its own. */
@Injectable()
export class PartsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
    private readonly keys: Keys,
  ) {}

  /**
   * Splits a petition into parts, each with its own kind, field, competence, case and limits. Where one of them is a denunciation, nobody
   * is named in any of them any more.
   * @throws Problem naming the part whose competence cannot be found
   */
  split(
    id: string,
    { parts, splitOn }: { parts: PartOrder[]; splitOn?: LegalDate | null },
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const someSecret = parts.some(({ kind }) => kind === 'denunciation');
      const facts = { parts: parts.map(({ kind, summary }) => ({ kind, ...(!someSecret && { summary }) })) };
      const { petition, on } = await this.actions.step(tx, id, 'split', { on: splitOn, dayField: 'splitOn', facts }, expected, by);
      if (petition.partOfId) throw partOfAPart();
      // Who sent it still waits for the reply.
      await voidOpenLimits(tx, id, on, metByTheirOwnAct);
      await refreshNextDue(tx, id);
      const secret = petition.identitySecret || someSecret;
      if (secret) await this.hide(tx, id);
      for (const [index, part] of parts.entries()) await this.store(tx, petition, part, index, { on, secret }, by);
      return this.petitions.get(id, by);
    });
  }

  /**
   * Guides every part that is not for this unit, each to its own authority: one guidance, one paper, several matters. Denunciations among
   * them are transferred, not guided.
   * @throws Problem `action-not-allowed` when no part is to be guided
   */
  guide(
    id: string,
    {
      guidedOn,
      content,
      documentNumber,
      overrideReason,
    }: { guidedOn?: LegalDate | null; content: string; documentNumber?: string | null; overrideReason?: string | null },
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const { parts } = await this.petitions.get(id, by);
      const guided = parts.filter(
        ({ kind, state, recommendedOutcome }) => kind !== 'denunciation' && isOpen(state) && recommendedOutcome !== 'propose_acceptance',
      );
      const authorities = guided.map(({ number, competentUnitId }) => ({
        part: number,
        toUnitId: competentUnitId,
        toUnit: competentUnitId ? this.units.structure.get(competentUnitId).name : null,
      }));
      await this.actions.step(
        tx,
        id,
        'guide_parts',
        { on: guidedOn, dayField: 'guidedOn', reason: content, facts: { authorities, documentNumber } },
        expected,
        by,
      );
      if (guided.length === 0) throw nothingToGuide();
      for (const part of guided)
        await this.actions.guide(
          part.id,
          { on: guidedOn ?? null, dayField: 'guidedOn', reason: content, overrideReason, facts: { documentNumber } },
          null,
          by,
        );
      return this.petitions.get(id, by);
    });
  }

  private async store(
    tx: EntityManager,
    petition: PetitionRow,
    part: PartOrder,
    index: number,
    { on, secret }: { on: LegalDate; secret: boolean },
    by: Official,
  ): Promise<void> {
    const filing: Filing = {
      ...filingOf(petition, {}),
      kind: part.kind,
      subject: part.subject ?? 'administrative',
      stage: null,
      priorHandling: [],
      statedCompetentUnitId: part.competentUnitId ?? null,
      ...(part.respondent !== undefined && { respondent: part.respondent }),
      ...(part.matterUnitId !== undefined && { matterUnitId: part.matterUnitId }),
    };
    const evaluation = await this.evaluate(tx, filing, index);
    const partId = await insertPart(tx, petition, part, filing, evaluation, { number: index + 1, on, secret }, by);
    await startLimits(tx, partId, petition.responsibleUnitId, evaluation.limits, on);
    await refreshNextDue(tx, partId);
    const facts = { petitionId: petition.id, kind: part.kind, competentUnitId: evaluation.competentUnit?.id ?? null };
    await record(tx, partId, { type: 'split_off', occurredOn: on, facts }, by);
    const { ring } = this.keys;
    await copyParties(tx, ring, petition.id, partId, secret);
    if (secret) {
      await redactText(tx, ring, partId, await Redaction.of(everybodyOf(await readPeople(tx, ring, petition.id))));
      await keepSecrecy(tx, ring, partId);
      await compareAnew(tx, ring, partId);
    } else await renewFingerprint(tx, partId, await this.petitions.get(partId, by), ring.comparisonKey);
  }

  private async evaluate(tx: EntityManager, filing: Filing, index: number): Promise<Evaluation> {
    try {
      return evaluate(filing, await this.units.upToDate(tx), await this.calendars.upToDate(tx));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new Problem(
        error.code,
        error.detail,
        error.errors.map((fault) => ({ ...fault, pointer: `/parts/${index}${fault.pointer}` })),
      );
    }
  }

  /** Whoever could be told apart by a part that names him is named in none. */
  private async hide(tx: EntityManager, id: string): Promise<void> {
    await nameNobody(tx, this.keys.ring, id);
    await keepSecrecy(tx, this.keys.ring, id);
    await compareAnew(tx, this.keys.ring, id);
  }
}

function isOpen(state: string): boolean {
  return state === 'received' || state === 'classified';
}

function partOfAPart(): Problem {
  return new Problem('action-not-allowed', { vi: 'Một phần của đơn không tách tiếp.', en: 'A part is not split further.' });
}

function nothingToGuide(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Không có nội dung nào để hướng dẫn: các nội dung đã xử lý, thuộc thẩm quyền hoặc là tố cáo (phải chuyển).',
    en: 'No part is to be guided: they are dealt with, within competence, or denunciations, which are transferred.',
  });
}
