import { Id, LegalDay, Moment, OfficialWords, OneOf, Parts, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { type PetitionKind, petitionKinds } from '../../../rules/evaluation/filing.js';
import { exampleUnits } from '../../../structure/units/example-units.js';
import { VisitorDto } from '../../visits/dto/visits.dto.js';
import { entryTypes, type InformedParty, informedParties, type PlaceType, placeTypes } from '../incident.js';
import type { EntryOrder } from '../incidents.service.js';

export class InformedDto {
  @OneOf(informedParties, { example: 'police' })
  party: InformedParty;

  /** Who took the call. */
  @OfficialWords({ max: 200, optional: true, example: 'Trực ban Công an phường' })
  who: string | null = null;

  /** Now when left out. */
  @Moment({ optional: true, example: null })
  at: string | null = null;

  @OfficialWords({ max: 2000, optional: true, example: 'Đề nghị cử lực lượng giữ trật tự' })
  content: string | null = null;
}

export class IncidentDto {
  /** Your reception office, where it is there. */
  @Id({ optional: true })
  officeId: string | null = null;

  @OneOf(placeTypes, { example: 'own_office' })
  placeType: PlaceType;

  @OfficialWords({ max: 500, example: 'Trụ sở tiếp công dân Thành phố, 34 Lý Thái Tổ' })
  place: string;

  /** Now when left out. */
  @Moment({ optional: true, example: null })
  startedAt: string | null = null;

  /** Five at the least. */
  @WholeNumber({ min: 1, max: 100_000, example: 30 })
  persons: number;

  @OneOf(petitionKinds, { example: 'complaint' })
  kind: PetitionKind;

  @OfficialWords({ min: 3, max: 1000, example: 'Khiếu nại phương án bồi thường khu tập thể Ba Đình' })
  matter: string;

  /** One or two for five to ten people, up to five for more. */
  @Parts(() => VisitorDto, { max: 20, optional: true })
  representatives: VisitorDto[] = [];

  /** The petition that they come about. */
  @Id({ optional: true })
  petitionId: string | null = null;

  /** An earlier gathering about the same matter, where there is no petition. */
  @Id({ optional: true })
  repeatsIncidentId: string | null = null;

  /** Where the matter comes from; the unit that has to resolve the petition when left out. It is told at once. */
  @Id({ optional: true, example: exampleUnits.baDinh })
  originUnitId: string | null = null;

  /** Who was informed, when. */
  @Parts(() => InformedDto, { max: 20, optional: true })
  informed: InformedDto[] = [];
}

export class IncidentEntryDto {
  @OneOf(entryTypes.filter((type) => type !== 'end'), { example: 'measure' })
  type: EntryOrder['type'];

  @Moment({ optional: true, example: null })
  at: string | null = null;

  /** For the type `informed`. */
  @OneOf(informedParties, { optional: true })
  informed: InformedParty | null = null;

  @OfficialWords({ max: 200, optional: true })
  who: string | null = null;

  /** How many are there now; required for the type `numbers`. */
  @WholeNumber({ min: 0, max: 100_000, optional: true })
  persons: number | null = null;

  @OfficialWords({ max: 10_000, example: 'Lãnh đạo phường đối thoại, vận động công dân về địa phương' })
  content: string;
}

export class IncidentEndDto {
  @Moment({ optional: true, example: null })
  endedAt: string | null = null;

  @OfficialWords({ max: 10_000, example: 'Công dân ra về lúc 11 giờ sau khi được hẹn đối thoại ngày 20/12.' })
  outcome: string;
}

export class IncidentLinkDto {
  @Id({ optional: true })
  petitionId: string | null = null;

  @Id({ optional: true })
  originUnitId: string | null = null;
}

class InUnitsQuery {
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;
}

export class IncidentsQuery extends InUnitsQuery {
  /** recorded: by these units; origin: whose matter comes from them; both when left out. */
  @OneOf(['recorded', 'origin'], { optional: true })
  as?: 'recorded' | 'origin';

  @YesNo({ optional: true })
  open?: boolean;

  /** Whether the unit of origin said that it knows. */
  @YesNo({ optional: true })
  acknowledged?: boolean;

  @Id({ optional: true })
  petitionId?: string;

  /** Elsewhere than at the own office of the unit that the matter comes from. */
  @YesNo({ optional: true })
  elsewhere?: boolean;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class SeriesQuery extends InUnitsQuery {
  /** So many gatherings about one matter at the least. */
  @WholeNumber({ min: 1, max: 1000, optional: true, example: 2 })
  least?: number;
}
