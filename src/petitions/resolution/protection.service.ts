import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import { meetLimitFor, refreshNextDue, startLimitFor } from '../limits.js';
import type { PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { limitInForce } from '../../rules/limits/limit.js';
import { type ProtectionRow, protectionRequestsOf } from './resolution.queries.js';

export const protectedPersons = ['denouncer', 'spouse', 'parent', 'child'] as const;
export const measureKinds = ['secrecy', 'position_and_work', 'life_and_health', 'property', 'honour'] as const;
export const protectionEndGrounds = ['expired', 'requested', 'no_longer_needed', 'duties_wilfully_failed'] as const;

export interface ProtectionOrder {
  requestedOn?: LegalDate | null;
  urgent?: boolean | null;
  protectedPerson: (typeof protectedPersons)[number];
  content: string;
}

export interface ProtectionDecision {
  decidedOn?: LegalDate | null;
  granted: boolean;
  documentNumber: string;
  reason: string;
  measures?: { kind: (typeof measureKinds)[number]; body: string; from: LegalDate; to?: LegalDate | null }[];
}

export interface ProtectionEnd {
  endedOn?: LegalDate | null;
  ground: (typeof protectionEndGrounds)[number];
  reason: string;
}

const protectionStateNames: Record<ProtectionRow['state'], string> = {
  requested: 'chờ xem xét',
  granted: 'đã chấp nhận',
  refused: 'đã từ chối',
  ended: 'đã chấm dứt',
};

/** Protection of a denouncer and of those near to him (Law on Denunciations arts 47–58): request, limit, decision, measures, end. Nobody is named. */
@Injectable()
export class ProtectionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly calendars: CalendarService,
  ) {}

  /** Takes a request, and starts the limit for the decision: urgent ones on the same day. */
  request(petitionId: string, order: ProtectionOrder, by: Official): Promise<ProtectionRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.lockDenunciation(petitionId, by);
      const on = this.actions.dayOf({ on: order.requestedOn, dayField: 'requestedOn' }, { lastStepOn: petition.receivedOn });
      const urgent = order.urgent ?? false;
      const [row] = await tx.query<{ id: string }[]>(
        'insert into protection_request (petition_id, requested_on, urgent, protected_person, content, created_by) values ($1, $2, $3, $4, $5, $6) returning id',
        [petitionId, on, urgent, order.protectedPerson, order.content, by.accountId],
      );
      const ruleId = urgent ? 'denunciation.protection.urgent' : 'denunciation.protection';
      const limit = limitInForce({ ruleId, startsOn: on }, await this.calendars.upToDate(tx));
      if (limit) await startLimitFor(tx, petitionId, petition.responsibleUnitId, limit, row!.id);
      await this.keep(tx, petition, 'protection_requested', on, null, { protectionRequestId: row!.id, urgent }, by);
      return this.get(petitionId, row!.id, by);
    });
  }

  /** Grants measures or refuses; only the leader decides. */
  decide(petitionId: string, id: string, decision: ProtectionDecision, by: Official): Promise<ProtectionRow> {
    return this.change(petitionId, id, 'requested', by, async (tx, request, petition) => {
      const on = this.actions.dayOf({ on: decision.decidedOn, dayField: 'decidedOn' }, { lastStepOn: request.requestedOn });
      const measures = decision.measures ?? [];
      if (decision.granted !== measures.length > 0)
        throw Problem.field('validation-failed', '/measures', 'measures', {
          vi: 'Chấp nhận thì nêu ít nhất một biện pháp; từ chối thì không nêu.',
          en: 'At least one measure where protection is granted, none where it is refused.',
        });
      const state = decision.granted ? 'granted' : 'refused';
      await tx.query(
        'update protection_request set state = $2, decided_on = $3, document_number = $4, reason = $5, measures = $6, version = version + 1 where id = $1',
        [id, state, on, decision.documentNumber, decision.reason, JSON.stringify(measures)],
      );
      await meetLimitFor(tx, id, on);
      await this.keep(tx, petition, `protection_${state}`, on, decision.reason, { protectionRequestId: id, measures: measures.length }, by);
    });
  }

  /** Ends protection that was granted. */
  end(petitionId: string, id: string, { endedOn, ground, reason }: ProtectionEnd, by: Official): Promise<ProtectionRow> {
    return this.change(petitionId, id, 'granted', by, async (tx, request, petition) => {
      const on = this.actions.dayOf({ on: endedOn, dayField: 'endedOn' }, { lastStepOn: request.decidedOn ?? request.requestedOn });
      if (ground === 'duties_wilfully_failed' && on < '2026-07-01')
        throw Problem.field('rule-not-applicable', '/ground', 'not_in_force', {
          vi: 'Căn cứ này có từ ngày 01/07/2026 (Luật 136/2025/QH15).',
          en: 'This ground exists since 2026-07-01 (Law 136/2025/QH15).',
        });
      await tx.query(`update protection_request set state = 'ended', ended_on = $2, end_ground = $3, version = version + 1 where id = $1`, [
        id,
        on,
        ground,
      ]);
      await this.keep(tx, petition, 'protection_ended', on, reason, { protectionRequestId: id, ground }, by);
    });
  }

  async list(petitionId: string, by: Official): Promise<ProtectionRow[]> {
    await this.petitions.get(petitionId, by);
    return this.transactions.rows<ProtectionRow>(protectionRequestsOf, [petitionId]);
  }

  private async get(petitionId: string, id: string, by: Official): Promise<ProtectionRow> {
    const found = (await this.list(petitionId, by)).find((row) => row.id === id);
    if (!found) throw Problem.notFound('đề nghị bảo vệ này', 'protection request');
    return found;
  }

  private change(
    petitionId: string,
    id: string,
    from: ProtectionRow['state'],
    by: Official,
    work: (tx: EntityManager, request: ProtectionRow, petition: PetitionRow) => Promise<void>,
  ): Promise<ProtectionRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.lockDenunciation(petitionId, by);
      const request = await this.get(petitionId, id, by);
      if (request.state !== from)
        throw new Problem(
          'action-not-allowed',
          {
            vi: `Đề nghị đang ở trạng thái "${protectionStateNames[request.state]}".`,
            en: `The request is in the state "${request.state}".`,
          },
          [],
          { state: request.state },
        );
      await work(tx, request, petition);
      return this.get(petitionId, id, by);
    });
  }

  private async lockDenunciation(petitionId: string, by: Official): Promise<PetitionRow> {
    const petition = await this.actions.lock(petitionId, by);
    this.actions.mustBeResponsible(petition, by);
    if (petition.kind === 'denunciation') return petition;
    throw new Problem('action-not-allowed', {
      vi: 'Chỉ người tố cáo và người thân thích được đề nghị bảo vệ (Điều 47 Luật Tố cáo).',
      en: 'Protection is for denouncers and those near to them (Law on Denunciations art. 47).',
    });
  }

  private async keep(
    tx: EntityManager,
    { id }: PetitionRow,
    type: string,
    occurredOn: LegalDate,
    reason: string | null,
    facts: Record<string, unknown>,
    by: Official,
  ): Promise<void> {
    await refreshNextDue(tx, id);
    await this.actions.store(tx, { id }, {});
    await record(tx, id, { type, occurredOn, reason, facts }, by);
  }
}
