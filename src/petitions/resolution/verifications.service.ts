import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { record } from '../history.js';
import type { PetitionRow } from '../petition.js';
import { PetitionActionsService } from '../petition-actions.service.js';
import { conflictOfInterest, WhoMayKnow } from '../identity/who-may-know.service.js';
import { PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { type VerificationRow, verificationsOf } from './resolution.queries.js';

export interface VerificationMember {
  role: 'official' | 'head' | 'member';
  name: string;
  office?: string | null;
  /** Account of who may then write into the log, also from another unit. */
  accountId?: string | null;
}

export interface VerificationOrder {
  assignedOn?: LegalDate | null;
  documentNumber: string;
  purpose: string;
  dueOn: LegalDate;
  members: VerificationMember[];
}

export interface VerificationEntry {
  type: 'plan' | 'work' | 'evidence';
  occurredOn?: LegalDate | null;
  content: string;
  source?: string | null;
  attachmentId?: string | null;
}

export interface VerificationReport {
  reportedOn?: LegalDate | null;
  findings: string;
  proposal: string;
  /** What the petitioner demands and what was found still differ: a complaint then needs a dialogue. */
  viewsDiffer: boolean;
}

/** Verification (xác minh): who was assigned, what they did and found, and their report. */
@Injectable()
export class VerificationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly scope: AccessScope,
    private readonly whoMayKnow: WhoMayKnow,
  ) {}

  /**
   * Assigns the verification to one official, or to a team with a head and members.
   * @throws Problem `conflict` while one is not reported yet; `validation-failed` for a team without a head, and for a member whom the petition
   *   is directed against
   */
  assign(petitionId: string, order: VerificationOrder, expected: number | null, by: Official): Promise<VerificationRow> {
    mustBeATeam(order.members);
    return this.transactions.run(async (tx) => {
      const { on } = await this.actions.step(
        tx,
        petitionId,
        'verify',
        {
          on: order.assignedOn,
          dayField: 'assignedOn',
          reason: order.purpose,
          facts: { documentNumber: order.documentNumber, dueOn: order.dueOn, members: order.members.length },
        },
        expected,
        by,
      );
      if (order.dueOn < on) throw dueBefore('/dueOn', on);
      const open = (await this.rows(petitionId)).find(({ reportedOn }) => !reportedOn);
      if (open) throw alreadyAssigned(open);
      await mustKnowAccounts(tx, order.members);
      const denounced = await this.whoMayKnow.firstDenounced(petitionId, order.members);
      if (denounced >= 0) throw conflictOfInterest(`/members/${denounced}/${order.members[denounced]!.accountId ? 'accountId' : 'name'}`);
      const [created] = await tx.query<{ id: string }[]>(
        `with created as (
           insert into verification (petition_id, purpose, document_number, assigned_on, due_on, created_by) values ($1, $2, $3, $4, $5, $6) returning id
         ), members as (
           insert into verification_member (verification_id, position, role, name, office, account_id)
           select created.id, ordinality, role, name, office, "accountId"
           from created, rows from (jsonb_to_recordset($7::jsonb) as (role text, name text, office text, "accountId" uuid)) with ordinality as member
         )
         select id from created`,
        [petitionId, order.purpose, order.documentNumber, on, order.dueOn, by.accountId, JSON.stringify(order.members)],
      );
      return this.get(petitionId, created!.id, by);
    });
  }

  async list(petitionId: string, by: Official): Promise<VerificationRow[]> {
    await this.petitions.get(petitionId, by);
    return this.rows(petitionId);
  }

  async get(petitionId: string, id: string, by: Official): Promise<VerificationRow> {
    const found = (await this.list(petitionId, by)).find((row) => row.id === id);
    if (!found) throw Problem.notFound('việc xác minh này', 'verification');
    return found;
  }

  /** Adds the plan, a piece of work or a piece of evidence; nothing is ever changed or taken out. */
  enter(petitionId: string, id: string, entry: VerificationEntry, by: Official): Promise<VerificationRow> {
    return this.change(petitionId, id, by, async (tx, verification, petition) => {
      const on = this.actions.dayOf({ on: entry.occurredOn, dayField: 'occurredOn' }, { lastStepOn: verification.assignedOn });
      await mustBeAttached(tx, petition, entry.attachmentId ?? null);
      await tx.query(
        `insert into verification_entry (verification_id, type, occurred_on, content, source, attachment_id, created_by) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, entry.type, on, entry.content, entry.source ?? null, entry.attachmentId ?? null, by.accountId],
      );
      await record(tx, petition.id, { type: 'verification_entered', occurredOn: on, facts: { verificationId: id, type: entry.type } }, by);
    });
  }

  /** Gives the verification more time, before its term ends. */
  extend(
    petitionId: string,
    id: string,
    { decidedOn, dueOn, reason }: { decidedOn?: LegalDate | null; dueOn: LegalDate; reason: string },
    by: Official,
  ): Promise<VerificationRow> {
    return this.change(petitionId, id, by, async (tx, verification, petition) => {
      const on = this.actions.dayOf({ on: decidedOn, dayField: 'decidedOn' }, { lastStepOn: verification.assignedOn });
      if (on > verification.dueOn)
        throw Problem.field('action-not-allowed', '/decidedOn', 'term_has_ended', {
          vi: `Chỉ được gia hạn trước khi hết hạn xác minh (${asWritten(verification.dueOn)}).`,
          en: `A verification is extended before its term ends (${verification.dueOn}).`,
        });
      if (dueOn <= verification.dueOn) throw dueBefore('/dueOn', verification.dueOn);
      await tx.query('update verification set due_on = $2, version = version + 1 where id = $1', [id, dueOn]);
      await tx.query(
        `insert into verification_entry (verification_id, type, occurred_on, content, due_on_before, due_on, created_by) values ($1, 'extension', $2, $3, $4, $5, $6)`,
        [id, on, reason, verification.dueOn, dueOn, by.accountId],
      );
      const facts = { verificationId: id, dueOnBefore: verification.dueOn, dueOn };
      await record(tx, petition.id, { type: 'verification_extended', occurredOn: on, reason, facts }, by);
    });
  }

  /** The report that ends a verification. */
  report(petitionId: string, id: string, report: VerificationReport, by: Official): Promise<VerificationRow> {
    return this.change(petitionId, id, by, async (tx, verification, petition) => {
      const on = this.actions.dayOf({ on: report.reportedOn, dayField: 'reportedOn' }, { lastStepOn: verification.assignedOn });
      await tx.query(
        `update verification set report = $2, report_proposal = $3, views_differ = $4, reported_on = $5, version = version + 1 where id = $1`,
        [id, report.findings, report.proposal, report.viewsDiffer, on],
      );
      const facts = { verificationId: id, viewsDiffer: report.viewsDiffer, inTime: on <= verification.dueOn };
      await record(tx, petition.id, { type: 'verification_reported', occurredOn: on, facts }, by);
    });
  }

  /** What the last report said about it; null where nothing was verified. */
  async viewsDiffer(petitionId: string): Promise<boolean | null> {
    return (await this.rows(petitionId)).findLast(({ reportedOn }) => reportedOn)?.viewsDiffer ?? null;
  }

  private rows(petitionId: string): Promise<VerificationRow[]> {
    return this.transactions.rows<VerificationRow>(verificationsOf, [petitionId]);
  }

  /** Handlers and leaders of the responsible unit write into a verification, and whoever is on its team. */
  private change(
    petitionId: string,
    id: string,
    by: Official,
    work: (tx: EntityManager, verification: VerificationRow, petition: PetitionRow) => Promise<void>,
  ): Promise<VerificationRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(petitionId, by);
      const verification = await this.get(petitionId, id, by);
      const isMember = verification.members.some(({ accountId }) => accountId === by.accountId);
      const isInCharge =
        this.scope.actsFor(by, petition.responsibleUnitId) && by.roles.some((role) => role === 'handler' || role === 'leader');
      if (!isMember && !isInCharge) throw notOnTheTeam();
      if (verification.reportedOn) throw alreadyReported(verification);
      await work(tx, verification, petition);
      return this.get(petitionId, id, by);
    });
  }
}

function mustBeATeam(members: VerificationMember[]): void {
  const count = (role: VerificationMember['role']) => members.filter((member) => member.role === role).length;
  const single = members.length === 1 && count('official') === 1;
  const team = count('head') === 1 && count('member') >= 1 && count('official') === 0;
  if (single || team) return;
  throw Problem.field('validation-failed', '/members', 'team', {
    vi: 'Một công chức ("official"), hoặc một tổ có một tổ trưởng ("head") và ít nhất một thành viên ("member").',
    en: 'One "official", or a team of one "head" and at least one "member".',
  });
}

async function mustKnowAccounts(tx: EntityManager, members: VerificationMember[]): Promise<void> {
  const ids = members.flatMap(({ accountId }) => (accountId ? [accountId] : []));
  const known = await tx.query<{ id: string }[]>('select id from account where id = any ($1)', [ids]);
  const index = members.findIndex(({ accountId }) => accountId && !known.some(({ id }) => id === accountId));
  if (index >= 0)
    throw Problem.field('validation-failed', `/members/${index}/accountId`, 'unknown_account', {
      vi: 'Không có tài khoản này.',
      en: 'There is no such account.',
    });
}

/** @throws Problem naming a file that is not one of the petition */
async function mustBeAttached(tx: EntityManager, { id }: PetitionRow, attachmentId: string | null): Promise<void> {
  if (!attachmentId) return;
  const [found] = await tx.query<unknown[]>('select from attachment where id = $1 and petition_id = $2', [attachmentId, id]);
  if (!found)
    throw Problem.field('validation-failed', '/attachmentId', 'unknown_attachment', {
      vi: 'Đơn không có tệp đính kèm này.',
      en: 'The petition has no such attachment.',
    });
}

function dueBefore(pointer: string, day: LegalDate): Problem {
  return Problem.field('validation-failed', pointer, 'too_early', { vi: `Phải sau ngày ${asWritten(day)}.`, en: `Must be after ${day}.` });
}

function alreadyAssigned({ id, documentNumber }: VerificationRow): Problem {
  return new Problem(
    'conflict',
    {
      vi: `Việc xác minh theo ${documentNumber} chưa có báo cáo.`,
      en: `The verification by ${documentNumber} has no report yet.`,
    },
    [],
    { verificationId: id },
  );
}

function alreadyReported({ reportedOn }: VerificationRow): Problem {
  return new Problem('action-not-allowed', {
    vi: `Đã có báo cáo xác minh ngày ${asWritten(reportedOn!)}.`,
    en: `The verification was reported on ${reportedOn}.`,
  });
}

function notOnTheTeam(): Problem {
  return new Problem('forbidden', {
    vi: 'Chỉ người được giao xác minh, cán bộ giải quyết hoặc lãnh đạo đơn vị phụ trách được ghi.',
    en: 'Only who is assigned to it, and handlers and leaders of the responsible unit, write into a verification.',
  });
}
