import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import { meetLimits, refreshNextDue, voidLimits } from '../limits.js';
import type { PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { directionRule, type DispatchType, rulesMetBy } from '../../rules/limits/limits-by-event.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import {
  type AppealRow,
  appealsOf,
  type DispatchRow,
  dispatchesOf,
  type SuperiorOutcomeRow,
  superiorOutcomesOf,
} from './resolution.queries.js';

export const recipientRoles = [
  'petitioner',
  'respondent',
  'manager',
  'inspectorate',
  'forwarder',
  'first_resolver',
  'investigating_body',
  // Of a complainant who died or ended (Decree 124/2020/NĐ-CP art. 28b(1)).
  'last_commune',
  'public',
  'other',
] as const;

export interface DispatchOrder {
  type: DispatchType;
  dispatchedOn?: LegalDate | null;
  recipients: { role: (typeof recipientRoles)[number]; name?: string | null }[];
  method?: string | null;
  documentNumber?: string | null;
  note?: string | null;
}

export interface AppealOrder {
  type: 'second_complaint' | 'lawsuit' | 'continuing_denunciation';
  agency: string;
  filedOn: LegalDate;
  number?: string | null;
  note?: string | null;
}

export type SuperiorOutcomeOrder = Omit<SuperiorOutcomeRow, 'id' | 'furtherPetitionId'>;

/** What follows a decision or conclusion: sending, publication and handling, what the people do against it, and what a superior or a court says. */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly units: UnitDirectory,
  ) {}

  /**
   * Records that something was sent, published or done, and meets the limit for it where the law of the time had one.
   * @throws Problem `validation-failed` where a denouncer is named among the recipients
   */
  dispatch(petitionId: string, order: DispatchOrder, expected: number | null, by: Official): Promise<DispatchRow> {
    return this.transactions.run(async (tx) => {
      const facts = { type: order.type, documentNumber: order.documentNumber };
      const { petition, on } = await this.actions.step(
        tx,
        petitionId,
        'dispatch',
        { on: order.dispatchedOn, dayField: 'dispatchedOn', reason: order.note ?? null, facts },
        expected,
        by,
      );
      mustNotNameDenouncer(petition, order);
      await meetLimits(tx, petitionId, rulesMetBy(order.type), on);
      await refreshNextDue(tx, petitionId);
      await tx.query(
        `insert into dispatch (petition_id, type, dispatched_on, recipients, method, document_number, note, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          petitionId,
          order.type,
          on,
          JSON.stringify(order.recipients.map(({ role, name = null }) => ({ role, name }))),
          order.method ?? null,
          order.documentNumber ?? null,
          order.note ?? null,
          by.accountId,
        ],
      );
      return (await this.transactions.rows<DispatchRow>(dispatchesOf, [petitionId])).at(-1)!;
    });
  }

  async dispatches(petitionId: string, by: Official): Promise<DispatchRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<DispatchRow>(dispatchesOf, [petitionId]);
  }

  /** Records a second complaint or a suit elsewhere: until its outcome the decision is not in force. */
  appeal(petitionId: string, order: AppealOrder, expected: number | null, by: Official): Promise<AppealRow> {
    return this.transactions.run(async (tx) => {
      const { petition } = await this.actions.step(
        tx,
        petitionId,
        'appeal',
        {
          dayField: 'filedOn',
          facts: { type: order.type, agency: order.agency, filedOn: order.filedOn },
          ...(order.type !== 'continuing_denunciation' && { columns: { in_force_on: null } }),
        },
        expected,
        by,
      );
      if (!petition.decidedOn || order.filedOn < petition.decidedOn)
        throw Problem.field('validation-failed', '/filedOn', 'before_decision', {
          vi: `Không được trước ngày ban hành quyết định, kết luận (${asWritten(petition.decidedOn!)}).`,
          en: `Must not be before the decision or conclusion (${petition.decidedOn}).`,
        });
      if (order.type !== 'continuing_denunciation') {
        await voidLimits(tx, petitionId, [directionRule], order.filedOn);
        await refreshNextDue(tx, petitionId);
      }
      const [row] = await tx.query<{ id: string }[]>(
        `insert into appeal (petition_id, type, agency, filed_on, number, note, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [petitionId, order.type, order.agency, order.filedOn, order.number ?? null, order.note ?? null, by.accountId],
      );
      return (await this.transactions.rows<AppealRow>(appealsOf, [petitionId])).find(({ id }) => id === row!.id)!;
    });
  }

  /** Second complaints and suits, also those that were filed here as petitions of their own. */
  async appeals(petitionId: string, by: Official): Promise<AppealRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<AppealRow>(appealsOf, [petitionId]);
  }

  /** Registers at the unit of origin what a superior, a court or another body decided in a matter. */
  registerOutcome(petitionId: string, order: SuperiorOutcomeOrder, expected: number | null, by: Official): Promise<SuperiorOutcomeRow> {
    return this.transactions.run(async (tx) => {
      const facts = { agency: order.agency, number: order.number, issuedOn: order.issuedOn, effect: order.effect };
      await this.actions.step(tx, petitionId, 'register_outcome', { dayField: 'issuedOn', reason: order.gist, facts }, expected, by);
      const id = await insertOutcome(tx, petitionId, { ...order, furtherPetitionId: null }, by);
      return (await this.transactions.rows<SuperiorOutcomeRow>(superiorOutcomesOf, [petitionId])).find((row) => row.id === id)!;
    });
  }

  /** An outcome that came to the register of matters elsewhere stands at the petition, too, whatever state that is in. */
  async noteOutcome(tx: EntityManager, petitionId: string, outcome: SuperiorOutcomeOrder, by: Official): Promise<void> {
    await this.insertAndRecord(tx, petitionId, { ...outcome, furtherPetitionId: null }, by);
  }

  async outcomes(petitionId: string, by: Official): Promise<SuperiorOutcomeRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<SuperiorOutcomeRow>(superiorOutcomesOf, [petitionId]);
  }

  /** The outcome of a further instance that is decided here stands at the petition of the instance before, whoever sees that one. */
  async registerAtOrigin(
    tx: EntityManager,
    further: PetitionRow,
    { result, documentNumber, content, on }: { result: string; documentNumber?: string | null; content: string; on: LegalDate },
    by: Official,
  ): Promise<void> {
    const origins = await tx.query<{ id: string }[]>(
      `select p.id from petition_relation r join petition p on p.id = r.related_petition_id
       where r.petition_id = $1 and r.relation in ('appeals', 'continues') and r.ended_on is null order by p.id for update of p`,
      [further.id],
    );
    const agency = officeName(this.units.structure.get(further.responsibleUnitId)).vi;
    for (const { id } of origins) {
      const outcome = {
        agencyType: 'superior' as const,
        agency,
        number: documentNumber ?? further.number,
        issuedOn: on,
        gist: content.slice(0, 2000),
        effect: effectOf(result),
        furtherPetitionId: further.id,
      };
      await this.insertAndRecord(tx, id, outcome, by);
    }
  }

  private async insertAndRecord(
    tx: EntityManager,
    petitionId: string,
    outcome: Omit<SuperiorOutcomeRow, 'id'>,
    by: Official,
  ): Promise<void> {
    await insertOutcome(tx, petitionId, outcome, by);
    const { agency, number, effect, issuedOn, furtherPetitionId } = outcome;
    const facts = { agency, number, effect, ...(furtherPetitionId && { furtherPetitionId }) };
    await record(tx, petitionId, { type: 'superior_outcome_registered', occurredOn: issuedOn, facts }, by);
    await this.actions.store(tx, { id: petitionId }, {});
  }
}

async function insertOutcome(tx: EntityManager, petitionId: string, row: Omit<SuperiorOutcomeRow, 'id'>, by: Official): Promise<string> {
  const [created] = await tx.query<{ id: string }[]>(
    `insert into superior_outcome (petition_id, agency_type, agency, number, issued_on, gist, effect, further_petition_id, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [petitionId, row.agencyType, row.agency, row.number, row.issuedOn, row.gist, row.effect, row.furtherPetitionId, by.accountId],
  );
  return created!.id;
}

function effectOf(result: string): SuperiorOutcomeRow['effect'] {
  if (result === 'confirmed') return 'upheld';
  return result === 'changed_or_annulled' ? 'changed' : 'other';
}

function mustNotNameDenouncer({ kind }: PetitionRow, { recipients }: DispatchOrder): void {
  const index = recipients.findIndex(({ role, name }) => role === 'petitioner' && name);
  if (kind !== 'denunciation' || index < 0) return;
  throw Problem.field('validation-failed', `/recipients/${index}/name`, 'identity_secret', {
    vi: 'Không ghi tên người tố cáo (Điều 8, 56 Luật Tố cáo).',
    en: 'A denouncer is not named (Law on Denunciations arts 8, 56).',
  });
}
