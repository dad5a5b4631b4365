import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { entityTag } from '../platform/http/entity-tag.js';
import { alertDays, type AlertDays, alertOf } from '../rules/limits/alert.js';
import { readingOf } from '../rules/limits/limit.js';
import { toDayNumber } from '../platform/text/legal-date.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference } from '../structure/units/unit.response.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import type { PetitionState } from './transition.js';
import { maskNumber } from './identity/mask.js';
import { identityOf } from './identity/person-attributes.js';
import type { DuplicateCandidate } from './duplicates/duplicates.service.js';
import type {
  DuplicateCandidateResponse,
  HistoryResponse,
  LimitResponse,
  OpenActionsResponse,
  PartyResponse,
  PetitionResponse,
  PetitionItemResponse,
} from './petition.response.js';
import type { EventRow, Party, PetitionDetailRow, PetitionListRow, StoredLimit } from './petition.js';
import type { OpenAction } from './petition-actions.service.js';
import { alsoAllowedOf } from './petition-filing.js';

/** Turns petitions into answers as they stand today. */
@Injectable()
export class PetitionView {
  constructor(
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
  ) {}

  get now(): View {
    return { structure: this.units.structure, days: alertDays(today(), this.calendars.calendar) };
  }

  /** The whole petition, with its entity tag. */
  answer(row: PetitionDetailRow, reply: FastifyReply): PetitionResponse {
    void reply.header('etag', entityTag(row.version));
    return toPetitionAnswer(row, this.now);
  }
}

/** Seen in a structure on a day. */
export interface View {
  structure: UnitStructure;
  days: AlertDays;
}

export function toPetitionItem(row: PetitionListRow, { structure, days }: View): PetitionItemResponse {
  return {
    id: row.id,
    number: row.number,
    caseId: row.caseId,
    kind: row.kind,
    state: row.state,
    stage: row.stage,
    channel: row.channel,
    receivedOn: row.receivedOn,
    summary: row.summary,
    fieldCode: row.fieldCode,
    signatories: row.signatories,
    receivedUnit: toUnitReference(structure.get(row.receivedUnitId)),
    competentUnit: row.competentUnitId ? toUnitReference(structure.get(row.competentUnitId)) : null,
    responsibleUnit: toUnitReference(structure.get(row.responsibleUnitId)),
    partOfId: row.partOfId,
    withinCompetence: row.withinCompetence,
    recommendedOutcome: row.recommendedOutcome,
    alsoAllowed: alsoAllowedOf(row),
    flags: row.flagCodes.map((code) =>
      code === 'over_level' && row.levelsSkipped !== null ? { code, levelsSkipped: row.levelsSkipped } : { code },
    ),
    alert: alertOf({ dueOn: row.nextDueOn, backlogOn: row.nextBacklogOn }, days),
    nextDueOn: row.nextDueOn,
  };
}

export function toPetitionAnswer(row: PetitionDetailRow, view: View): PetitionResponse {
  const { structure } = view;
  return {
    ...toPetitionItem(row, view),
    subject: row.subject,
    writtenOn: row.writtenOn,
    content: row.content,
    respondent: row.respondent,
    matterUnit: row.matterUnitId ? toUnitReference(structure.get(row.matterUnitId)) : null,
    remoteArea: row.remoteArea,
    complexity: row.complexity,
    complexityReasoned: row.complexityReasoned,
    multiplePlaces: row.multiplePlaces,
    decisionKnownOn: row.decisionKnownOn,
    obstacleDays: row.obstacleDays,
    forwardedBy: row.forwardedBy,
    alsoSentToUnitIds: row.alsoSentToUnitIds,
    priorHandling: row.priorHandling,
    parties: row.parties.map((party) => toParty(party, row.identitySecret)),
    relatedTo: row.relatedTo,
    parts: row.parts.map(({ competentUnitId, ...part }) => ({
      ...part,
      alsoAllowed: alsoAllowedOf({ ...row, kind: part.kind, recommendedOutcome: part.recommendedOutcome }),
      competentUnit: competentUnitId ? toUnitReference(structure.get(competentUnitId)) : null,
    })),
    flags: row.flags,
    limits: row.limits.map((limit) => toLimit(limit, view)),
    responsibleSince: row.responsibleSince,
    acceptedOn: row.acceptedOn,
    decidedOn: row.decidedOn,
    refusedOn: row.refusedOn,
    closedOn: row.closedOn,
    outcome: row.outcome,
    suspendedOn: row.suspendedOn,
    terminatedOn: row.terminatedOn,
    inForceOn: row.inForceOn,
    anonymous: row.anonymous,
    owed: row.owed,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function toOpenActions(id: string, state: PetitionState, actions: OpenAction[]): OpenActionsResponse {
  return {
    state,
    items: actions.map(({ path, ...action }) => ({ ...action, href: `/api/v1/petitions/${id}/${path}` })),
  };
}

export function toHistory(events: EventRow[], { structure }: Pick<View, 'structure'>): HistoryResponse {
  return {
    items: events.map((event) => ({
      sequence: event.sequence,
      event: event.type,
      occurredOn: event.occurredOn,
      recordedAt: event.recordedAt.toISOString(),
      by: event.username,
      unit: toUnitReference(structure.get(event.unitId)),
      reason: event.reason,
      facts: event.facts,
      hash: event.hash,
    })),
    intact: events.every(({ intact }) => intact),
  };
}

/** Whoever denounces is never named in an answer (Law on Denunciations arts 8, 56); numbers of others show their last digits. */
function toParty(party: Party, identitySecret: boolean): PartyResponse {
  const masked = identitySecret && party.role !== 'respondent';
  return masked
    ? { ...nobody, role: party.role, type: party.type, withdrawnOn: party.withdrawnOn ?? null, masked }
    : {
        ...identityOf('petition_party', party),
        role: party.role,
        type: party.type,
        personId: party.personId,
        withdrawnOn: party.withdrawnOn ?? null,
        nationalId: maskNumber(party.nationalId),
        phone: maskNumber(party.phone),
        masked,
      };
}

const nobody = {
  name: null,
  nationalId: null,
  address: null,
  phone: null,
  birthYear: null,
  office: null,
  authorisation: null,
  personId: null,
};

export function toDuplicateCandidate(
  { receivedUnitId, ...candidate }: DuplicateCandidate,
  structure: UnitStructure,
): DuplicateCandidateResponse {
  return { ...candidate, receivedUnit: toUnitReference(structure.get(receivedUnitId)) };
}

export function toLimit({ unitId, ...limit }: StoredLimit, { structure, days }: View): LimitResponse {
  const runs = !limit.metOn && !limit.voidOn && !limit.suspendedOn;
  return {
    ...limit,
    reading: readingOf(limit.ruleId, limit.startsOn),
    unitInCharge: toUnitReference(structure.get(unitId)),
    daysLate: daysLate(limit, days.today),
    alert: runs ? alertOf(limit, days) : 'none',
  };
}

function daysLate(
  { dueOn, metOn, voidOn, suspendedOn }: Pick<StoredLimit, 'dueOn' | 'metOn' | 'voidOn' | 'suspendedOn'>,
  today: string,
): number | null {
  if (voidOn) return null;
  return Math.max(0, toDayNumber(metOn ?? suspendedOn ?? today) - toDayNumber(dueOn));
}
