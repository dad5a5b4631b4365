import { type PetitionState, stateNames } from '../petitions/transition.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { type Page, page } from '../platform/http/page.js';
import { record } from '../petitions/history.js';
import { meetLimits, refreshNextDue, startLimits } from '../petitions/limits.js';
import { PetitionActionsService } from '../petitions/petition-actions.service.js';
import { mustMatch, Problem } from '../platform/problems/problem.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import { replyRule } from '../rules/limits/limits-by-event.js';
import { existsOn, type Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { type InOut, pageOf } from './in-out.js';
import { ReplyLimits } from './reply-limits.js';
import {
  lockTransfer,
  type Reply,
  transferById,
  transferList,
  type TransferRow,
  type TransferState,
  transferStateNames,
} from './routing.queries.js';

export interface TransferOrder {
  toUnitId: string;
  reason: string;
  sentOn?: LegalDate | null;
  /** Day by which the reply is wanted; else ten working days from receipt. */
  replyBy?: LegalDate | null;
  documentNumber?: string | null;
  /** Of a leader, where the law has a complaint guided. */
  overrideReason?: string | null;
}

/** Petitions passing between units. */
@Injectable()
export class TransfersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly actions: PetitionActionsService,
    private readonly units: UnitDirectory,
    private readonly limits: ReplyLimits,
    private readonly scope: AccessScope,
  ) {}

  /**
   * Hands a petition to another unit. Responsibility moves when the receiver confirms, not before.
   * @throws Problem as `PetitionActionsService.take`; `unit-not-valid` when the receiver does not exist on that day
   */
  transfer(petitionId: string, order: TransferOrder, expected: number | null, by: Official): Promise<TransferRow> {
    return this.transactions.run(async (tx) => {
      const receiver = await this.receiverOf(tx, order);
      const facts = { toUnitId: receiver.id, toUnit: receiver.name, documentNumber: order.documentNumber };
      const { petition, on: sentOn } = await this.actions.step(
        tx,
        petitionId,
        'transfer',
        { on: order.sentOn, dayField: 'sentOn', reason: order.reason, overrideReason: order.overrideReason, facts },
        expected,
        by,
      );
      if (receiver.id === petition.responsibleUnitId) throw toItself();
      const limit = await this.limits.reply(tx, sentOn, order.replyBy ?? null);
      await startLimits(tx, petitionId, receiver.id, [limit], sentOn);
      await refreshNextDue(tx, petitionId);
      await this.actions.involve(tx, petitionId, receiver.id);
      const [transfer] = await tx.query<{ id: string }[]>(
        `insert into transfer (petition_id, from_unit_id, to_unit_id, reason, sender_since, sent_on, reply_by, reply_due_on, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
        [
          petitionId,
          petition.responsibleUnitId,
          receiver.id,
          order.reason,
          petition.responsibleSince,
          sentOn,
          order.replyBy,
          limit.dueOn,
          by.accountId,
        ],
      );
      return this.get(transfer!.id, by);
    });
  }

  /** Confirms receipt: from now on the receiver is responsible, and its own limits run. */
  receive(id: string, receivedOn: LegalDate | null, expected: number | null, by: Official): Promise<TransferRow> {
    return this.change(id, ['pending'], 'receipt', expected, by, async (tx, transfer, petition) => {
      const on = this.actions.dayOf({ on: receivedOn, dayField: 'receivedOn' }, petition);
      await this.actions.handOver(tx, petition, { unitId: transfer.toUnitId, since: on, state: 'received', on });
      const replyDueOn = transfer.replyBy ? transfer.replyDueOn : await this.restartReply(tx, petition.id, transfer.toUnitId, on);
      await tx.query(`update transfer set state = 'received', received_on = $2, reply_due_on = $3, version = version + 1 where id = $1`, [
        id,
        on,
        replyDueOn,
      ]);
      await record(
        tx,
        petition.id,
        { type: 'transfer_received', occurredOn: on, facts: { transferId: id, fromUnitId: transfer.fromUnitId } },
        by,
      );
    });
  }

  /** Sends a petition back with the reason, before or after receipt: the sender is responsible, and its clock goes on. */
  return(
    id: string,
    { returnedOn, reason }: { returnedOn: LegalDate | null; reason: string },
    expected: number | null,
    by: Official,
  ): Promise<TransferRow> {
    return this.change(id, ['pending', 'received'], 'return', expected, by, async (tx, transfer, petition) => {
      const triaging = petition.state === 'received' || petition.state === 'classified';
      if (transfer.state === 'received' && !(triaging && petition.responsibleUnitId === transfer.toUnitId))
        throw noLongerReturnable(petition.state);
      const on = this.actions.dayOf({ on: returnedOn, dayField: 'returnedOn' }, petition);
      await meetLimits(tx, petition.id, [replyRule], on);
      await this.actions.handOver(tx, petition, { unitId: transfer.fromUnitId, since: transfer.senderSince, state: 'classified', on });
      await tx.query(`update transfer set state = 'returned', returned_on = $2, return_reason = $3, version = version + 1 where id = $1`, [
        id,
        on,
        reason,
      ]);
      await record(
        tx,
        petition.id,
        { type: 'transfer_returned', occurredOn: on, reason, facts: { transferId: id, toUnitId: transfer.fromUnitId } },
        by,
      );
    });
  }

  /** Answers the sender in writing; the petition stays with the receiver. */
  reply(
    id: string,
    { repliedOn, ...reply }: Reply & { repliedOn: LegalDate | null },
    expected: number | null,
    by: Official,
  ): Promise<TransferRow> {
    return this.change(id, ['received'], 'reply', expected, by, async (tx, transfer, petition) => {
      const on = this.actions.dayOf(
        { on: repliedOn, dayField: 'repliedOn' },
        { ...petition, lastStepOn: transfer.receivedOn ?? transfer.sentOn },
      );
      await meetLimits(tx, petition.id, [replyRule], on);
      await refreshNextDue(tx, petition.id);
      await tx.query(`update transfer set state = 'replied', replied_on = $2, reply = $3, version = version + 1 where id = $1`, [
        id,
        on,
        JSON.stringify(reply),
      ]);
      await record(
        tx,
        petition.id,
        {
          type: 'transfer_replied',
          occurredOn: on,
          reason: reply.content,
          facts: { transferId: id, documentNumber: reply.documentNumber },
        },
        by,
      );
    });
  }

  /** @throws Problem `not-found`, also for transfers that the caller may not know of */
  async get(id: string, by: Official): Promise<TransferRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [transfer] = await this.transactions.rows<TransferRow>(transferById, [id, roots, subtree]);
    if (!transfer) throw Problem.notFound('việc chuyển đơn này', 'transfer');
    return transfer;
  }

  /** Transfers to or from the caller's office, or another unit in scope; newest first. */
  async list(
    { direction, state, petitionId, ...asked }: InOut & { state?: TransferState; petitionId?: string },
    by: Official,
  ): Promise<Page<TransferRow>> {
    const { limit, after, units } = pageOf(asked, this.scope, by);
    const rows = await this.transactions.rows<TransferRow>(transferList(direction), [
      units,
      state ?? null,
      ...after,
      limit + 1,
      petitionId ?? null,
    ]);
    return page(
      rows,
      limit,
      ({ sentOn, id }) => [sentOn, id],
      (row) => row,
    );
  }

  /** One step of a transfer by its receiver, under the lock of its petition. */
  private change(
    id: string,
    from: TransferState[],
    step: TransferStep,
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, transfer: TransferRow, petition: Awaited<ReturnType<PetitionActionsService['lock']>>) => Promise<void>,
  ): Promise<TransferRow> {
    return this.transactions.run(async (tx) => {
      const { petitionId } = await this.get(id, by);
      const petition = await this.actions.lock(petitionId, by, { passingOn: true });
      const [transfer] = await this.transactions.rows<TransferRow>(lockTransfer, [id]);
      if (!this.scope.actsFor(by, transfer!.toUnitId)) throw notTheReceiver(this.units.structure.get(transfer!.toUnitId));
      mustMatch(transfer!.version, expected);
      if (!from.includes(transfer!.state)) throw outOfOrder(step, transfer!.state);
      await work(tx, transfer!, petition);
      return this.get(id, by);
    });
  }

  /** Where the sender set no day, the receiver has the ordinary limit from receipt. Answers its last day. */
  private async restartReply(tx: EntityManager, petitionId: string, unitId: string, on: LegalDate): Promise<LegalDate> {
    const limit = await this.limits.reply(tx, on, null);
    await startLimits(tx, petitionId, unitId, [limit], on);
    await refreshNextDue(tx, petitionId);
    return limit.dueOn;
  }

  private async receiverOf(tx: EntityManager, { toUnitId, sentOn }: TransferOrder): Promise<Unit> {
    const structure = await this.units.upToDate(tx);
    const receiver = structure.find(toUnitId);
    if (!receiver)
      throw Problem.field('validation-failed', '/toUnitId', 'unknown_unit', { vi: 'Không có đơn vị này.', en: 'There is no such unit.' });
    if (existsOn(receiver, sentOn ?? today())) return receiver;
    const successors = receiver.successors.map(({ unitId }) => structure.get(unitId).name).join(', ');
    throw Problem.field('unit-not-valid', '/toUnitId', 'unit_not_valid', {
      vi: `${receiver.name} không tồn tại vào ngày chuyển đơn.${successors && ` Đơn vị kế tiếp: ${successors}.`}`,
      en: `${receiver.name} does not exist on the day of the transfer.${successors && ` Its successors: ${successors}.`}`,
    });
  }
}

function toItself(): Problem {
  return Problem.field('validation-failed', '/toUnitId', 'same_unit', {
    vi: 'Đơn đang ở chính đơn vị này.',
    en: 'The petition is with this unit already.',
  });
}

function notTheReceiver({ name }: Unit): Problem {
  return new Problem('not-responsible', {
    vi: `Chỉ ${name} được xử lý việc chuyển đơn này.`,
    en: `Only ${name} may act on this transfer.`,
  });
}

const transferStepNames = { receipt: 'xác nhận tiếp nhận', return: 'trả lại', reply: 'phúc đáp' } as const;
type TransferStep = keyof typeof transferStepNames;

const allowedSteps: Record<TransferState, TransferStep[]> = {
  pending: ['receipt', 'return'],
  received: ['return', 'reply'],
  returned: [],
  replied: [],
};

function outOfOrder(step: TransferStep, state: TransferState): Problem {
  const allowed = allowedSteps[state];
  return new Problem(
    'action-not-allowed',
    {
      vi: `Không thể ${transferStepNames[step]} khi việc chuyển đơn ở trạng thái "${transferStateNames[state]}". Cho phép: ${allowed.map((one) => transferStepNames[one]).join(', ') || 'không còn bước nào'}.`,
      en: `"${step}" is not possible for a transfer in the state "${state}". Allowed now: ${allowed.join(', ') || 'nothing'}.`,
    },
    [],
    { state, allowedActions: allowed },
  );
}

function noLongerReturnable(state: PetitionState): Problem {
  return new Problem(
    'action-not-allowed',
    {
      vi: `Đơn đã được xử lý tiếp (trạng thái "${stateNames[state].vi}") nên không trả lại được nữa.`,
      en: `The petition was taken on (state "${state}") and can no longer be sent back.`,
    },
    [],
    { state, allowedActions: ['reply'] },
  );
}
