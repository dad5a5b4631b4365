import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CalendarService } from '../calendar/calendar.service.js';
import { today } from '../calendar/today.js';
import { entityTag } from '../http/entity-tag.js';
import type { PetitionKind } from '../rules/evaluation/filing.js';
import { alertDays, type AlertDays, alertOf } from '../rules/limits/alert.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference } from '../units/unit.answer.js';
import { UnitDirectory } from '../units/unit-directory.js';
import type { PetitionState } from './lifecycle.js';
import type { HistoryAnswer, LimitAnswer, OpenActionsAnswer, PartyAnswer, PetitionAnswer, PetitionItemAnswer } from './petition.answer.js';
import type { EventRow, Party, PetitionDetailRow, PetitionListRow, StoredLimit } from './petition.js';
import type { OpenAction } from './petition-actions.service.js';

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
  answer(row: PetitionDetailRow, reply: FastifyReply): PetitionAnswer {
    void reply.header('etag', entityTag(row.version));
    return toPetitionAnswer(row, this.now);
  }
}

/** Seen in a structure on a day. */
export interface View {
  structure: UnitStructure;
  days: AlertDays;
}

export function toPetitionItem(row: PetitionListRow, { structure, days }: View): PetitionItemAnswer {
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
    withinCompetence: row.withinCompetence,
    recommendedOutcome: row.recommendedOutcome,
    flags: row.flagCodes.map((code) =>
      code === 'over_level' && row.levelsSkipped !== null ? { code, levelsSkipped: row.levelsSkipped } : { code },
    ),
    alert: alertOf({ dueOn: row.nextDueOn, backlogOn: row.nextBacklogOn }, days),
    nextDueOn: row.nextDueOn,
  };
}

export function toPetitionAnswer(row: PetitionDetailRow, view: View): PetitionAnswer {
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
    multiplePlaces: row.multiplePlaces,
    decisionKnownOn: row.decisionKnownOn,
    forwardedBy: row.forwardedBy,
    alsoSentToUnitIds: row.alsoSentToUnitIds,
    priorHandling: row.priorHandling,
    parties: row.parties.map((party) => toParty(party, row.kind)),
    relatedTo: row.relatedTo,
    flags: row.flags,
    limits: row.limits.map((limit) => toLimit(limit, view)),
    responsibleSince: row.responsibleSince,
    acceptedOn: row.acceptedOn,
    decidedOn: row.decidedOn,
    refusedOn: row.refusedOn,
    closedOn: row.closedOn,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function toOpenActions(id: string, state: PetitionState, actions: OpenAction[]): OpenActionsAnswer {
  return {
    state,
    items: actions.map(({ action, method, path, fields }) => ({ action, method, href: `/api/v1/petitions/${id}/${path}`, fields })),
  };
}

export function toHistory(events: EventRow[], { structure }: Pick<View, 'structure'>): HistoryAnswer {
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

/** Whoever denounces is never named in an answer (Law on Denunciations arts 8, 56). */
function toParty(party: Party, kind: PetitionKind): PartyAnswer {
  const masked = kind === 'denunciation' && party.role !== 'respondent';
  return masked
    ? { role: party.role, type: party.type, name: null, nationalId: null, address: null, phone: null, masked }
    : { ...party, masked };
}

function toLimit({ unitId, ...limit }: StoredLimit, { structure, days }: View): LimitAnswer {
  const open = !limit.metOn && !limit.voidOn;
  return { ...limit, unitInCharge: toUnitReference(structure.get(unitId)), alert: open ? alertOf(limit, days) : 'none' };
}
