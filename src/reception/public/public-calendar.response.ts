import { ApiProperty } from '@nestjs/swagger';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { OfficeReference } from '../offices/offices.response.js';
import { momentOf, type SessionState, sessionStates, type SessionType, sessionTypes } from '../sessions/session.js';
import type { PublishedSession } from '../sessions/session.js';

export class PublicDelegateResponse {
  @ApiProperty({ example: 'Lê Thu Hường' })
  name: string;

  title: string | null;
}

export class PublicChangeResponse {
  @ApiProperty({ example: 'Chủ tịch họp Hội đồng nhân dân Thành phố' })
  reason: string;

  @ApiProperty({ format: 'date' })
  changedOn: string;
}

export class PublicSessionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;
  office: OfficeReference;

  @ApiProperty({ example: ['Phòng 1'] })
  rooms: string[];

  /** A day of the head, or another session for which anybody may register. */
  @ApiProperty({ enum: sessionTypes })
  type: SessionType;

  online: boolean;

  @ApiProperty({ enum: sessionStates })
  state: SessionState;

  @ApiProperty({ format: 'date' })
  onDate: string;

  /** Day for which it was first published; another one where it was postponed. */
  @ApiProperty({ format: 'date' })
  firstPlannedOn: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-15T08:00:00+07:00' })
  startsAt: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-15T11:30:00+07:00' })
  endsAt: string;

  @ApiProperty({ example: 'Trần Văn Đức' })
  headName: string | null;

  @ApiProperty({ example: 'Chủ tịch UBND phường' })
  headTitle: string | null;

  /** Who receives instead of the head. */
  delegate: PublicDelegateResponse | null;

  /** The last change since the publication. */
  change: PublicChangeResponse | null;

  /** Whether anybody may register ahead. */
  publicBooking: boolean;

  @ApiProperty({ example: 9 })
  freePlaces: number;
}

export class PublicCalendarResponse {
  items: PublicSessionResponse[];
  nextCursor: string | null;
}

export function toPublicSession(row: PublishedSession, structure: UnitStructure): PublicSessionResponse {
  return {
    id: row.id,
    unit: toUnitReference(structure.get(row.unitId)),
    office: { id: row.officeId, name: row.officeName, address: row.address },
    rooms: row.rooms.map(({ name }) => name),
    type: row.type,
    online: row.online,
    state: row.state,
    onDate: row.onDate,
    firstPlannedOn: row.firstPlannedOn,
    startsAt: momentOf(row.onDate, row.startsAt),
    endsAt: momentOf(row.onDate, row.endsAt),
    headName: row.headName,
    headTitle: row.headTitle,
    delegate: row.delegateName === null ? null : { name: row.delegateName, title: row.delegateTitle },
    change: row.change,
    publicBooking: row.publicBooking,
    freePlaces: row.state === 'planned' || row.state === 'open' ? row.places - row.booked : 0,
  };
}
