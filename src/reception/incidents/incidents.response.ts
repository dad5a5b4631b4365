import { ApiProperty } from '@nestjs/swagger';
import { redacted } from '../../petitions/identity/redaction.js';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { masked, VisitorResponse, VisitPetitionReference } from '../visits/visits.response.js';
import {
  type EntryRow,
  type EntryType,
  entryTypes,
  type Incident,
  type InformedParty,
  informedParties,
  type PlaceType,
  placeTypes,
  type Series,
} from './incident.js';

export class IncidentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-DDN-2026-000003' })
  number: string;

  unit: UnitReference;

  @ApiProperty({ format: 'uuid' })
  officeId: string | null;

  officeName: string | null;

  @ApiProperty({ enum: placeTypes })
  placeType: PlaceType;

  place: string;

  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ format: 'date-time' })
  startedAt: string;

  @ApiProperty({ format: 'date-time' })
  endedAt: string | null;

  /** By the last count. */
  @ApiProperty({ example: 30 })
  persons: number;

  @ApiProperty({ example: 42 })
  mostPersons: number;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  matter: string;
  identitySecret: boolean;

  /** Whether names of those who denounce were taken out of place, matter or outcome; without a petition they come back to nobody. */
  namesTakenOut: boolean;

  /** Empty where they are secret. */
  representatives: VisitorResponse[];

  @ApiProperty({ example: 2 })
  representativeCount: number;

  /** To whoever may see it, and of the unit that linked it. */
  petition: VisitPetitionReference | null;

  /** Where the matter comes from. */
  originUnit: UnitReference | null;

  @ApiProperty({ format: 'date-time' })
  acknowledgedAt: string | null;

  acknowledgedBy: string | null;
  outcome: string | null;

  /** Which gathering about the matter this is, from 1. */
  @ApiProperty({ example: 2 })
  occurrence: number;

  @ApiProperty({ example: 3 })
  occurrences: number;
}

export class IncidentPageResponse {
  items: IncidentResponse[];
  nextCursor: string | null;
}

export class IncidentEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: entryTypes })
  type: EntryType;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ enum: informedParties })
  informed: InformedParty | null;

  who: string | null;
  persons: number | null;
  content: string;

  @ApiProperty({ example: 'city.clerk' })
  recordedBy: string | null;
}

export class IncidentEntriesResponse {
  items: IncidentEntryResponse[];
}

export class SeriesResponse {
  @ApiProperty({ format: 'uuid' })
  caseId: string | null;

  /** As the last gathering said it. */
  matter: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty({ example: 3 })
  gatherings: number;

  /** Over all gatherings. */
  @ApiProperty({ example: 96 })
  persons: number;

  @ApiProperty({ example: 42 })
  mostPersons: number;

  @ApiProperty({ format: 'date' })
  firstOn: string;

  @ApiProperty({ format: 'date' })
  lastOn: string;

  /** Still going on. */
  @ApiProperty({ example: 0 })
  open: number;

  @ApiProperty({ enum: placeTypes, isArray: true })
  placeTypes: PlaceType[];

  originUnit: UnitReference | null;

  @ApiProperty({ format: 'uuid' })
  incidentIds: string[];
}

export class SeriesListResponse {
  items: SeriesResponse[];
}

export function toIncident(row: Incident, structure: UnitStructure): IncidentResponse {
  return {
    id: row.id,
    number: row.number,
    unit: toUnitReference(structure.get(row.unitId)),
    officeId: row.officeId,
    officeName: row.officeName,
    placeType: row.placeType,
    place: row.place,
    onDate: row.onDate,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    persons: row.persons,
    mostPersons: row.mostPersons,
    kind: row.kind,
    matter: row.matter,
    identitySecret: row.identitySecret,
    namesTakenOut: [row.place, row.matter, row.outcome].some((text) => text?.includes(redacted)),
    representatives: row.representatives.map(masked),
    representativeCount: row.representativeCount,
    petition:
      row.petitionId === null || !row.petitionTold ? null : { id: row.petitionId, number: row.petitionNumber!, caseId: row.caseId! },
    originUnit: row.originUnitId === null ? null : toUnitReference(structure.get(row.originUnitId)),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedBy,
    outcome: row.outcome,
    occurrence: row.occurrence,
    occurrences: row.occurrences,
  };
}

export function toEntry({ id, type, at, informed, who, persons, content, recordedBy }: EntryRow): IncidentEntryResponse {
  return { id, type, at: at.toISOString(), informed, who, persons, content, recordedBy };
}

export function toSeries({ originUnitId, ...series }: Series, structure: UnitStructure): SeriesResponse {
  return { ...series, originUnit: originUnitId === null ? null : toUnitReference(structure.get(originUnitId)) };
}
