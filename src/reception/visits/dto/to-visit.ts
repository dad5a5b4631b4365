import { toFiling } from '../../../structure/law-desk/dto/to-filing.js';
import type { PetitionKind } from '../../../rules/evaluation/filing.js';
import type { VisitCorrection, VisitFacts } from '../visit.js';
import { personsIn } from '../visit-checks.js';
import type { NewVisit, Outcome } from '../visit-order.js';
import type { OutcomeDto, VisitDto, VisitFactsDto } from './visits.dto.js';

/** A visit as it is sent, in the words of the service. */
export function toNewVisit(dto: VisitDto): NewVisit {
  const { officeId, sessionId, ticketId, secrecyNotAsked, startedAt, petitionId, repeatsVisitId, outcome, refusal } = dto;
  return {
    ...toVisitFacts(dto),
    officeId,
    sessionId,
    ticketId,
    secrecyNotAsked,
    startedAt,
    petitionId,
    repeatsVisitId,
    outcome: outcome ? toOutcome(outcome, dto.kind) : null,
    refusal: refusal ?? null,
  };
}

export function toVisitFacts(dto: VisitFactsDto): VisitFacts {
  const facts = toVisitCorrection(dto);
  return { ...facts, persons: personsIn(facts) };
}

export function toVisitCorrection(dto: VisitFactsDto): VisitCorrection {
  const { kind, fieldCode, visitors, matter, content, earlierResolver, papers, receiverName } = dto;
  const plain = visitors.map(({ capacity, name, nationalId, address, phone, birthYear }) => ({
    capacity,
    name,
    nationalId,
    address,
    phone,
    birthYear,
  }));
  return {
    kind,
    fieldCode,
    persons: dto.persons ?? null,
    visitors: plain,
    matter,
    content: content ?? '',
    earlierResolver,
    papers: papers.map(({ name, copies, original }) => ({ name, copies, original })),
    receiverName,
  };
}

/** @param kind that of the visit, which the petition has, too */
export function toOutcome(dto: OutcomeDto, kind: PetitionKind): Outcome {
  const { result, note, toUnitId, petition, petitionId, appointment, endedAt } = dto;
  return {
    result,
    note,
    toUnitId,
    petitionId,
    endedAt,
    appointment: appointment ? { sessionId: appointment.sessionId, slotAt: appointment.slotAt } : null,
    petition: petition
      ? {
          ...toFiling({ ...petition, kind }, { filedOn: '', filedAtUnitId: '', stage: null }),
          writtenOn: petition.writtenOn ?? null,
          content: petition.content ?? null,
          relatedTo: petition.relatedTo ?? [],
          externalReference: petition.externalReference ?? null,
        }
      : null,
  };
}
