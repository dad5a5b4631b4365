import { ApiProperty } from '@nestjs/swagger';
import { type OnlineGround, onlineGrounds } from '../../../rules/reception/online.js';
import type { UnitStructure } from '../../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../../structure/units/unit.response.js';
import { type ConnectionPoint, connectionPoints, type OnlineRow } from './online.js';

export class PointParticipantResponse {
  @ApiProperty({ enum: connectionPoints })
  point: ConnectionPoint;

  unit: UnitReference;

  @ApiProperty({ example: 'Đỗ Minh Quân' })
  name: string;

  role: string | null;
}

export class OnlinePreparationResponse {
  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ enum: onlineGrounds })
  ground: OnlineGround;

  groundReason: string | null;
  participants: PointParticipantResponse[];

  @ApiProperty({ format: 'date' })
  notifiedOn: string;

  /** Why it was told less than five working days ahead; null where it was not. */
  lateReason: string | null;

  @ApiProperty({ format: 'date' })
  testedOn: string | null;

  testSucceeded: boolean | null;
  testNote: string | null;

  /** Where the recording is kept. */
  recording: string | null;
}

export function toOnlinePreparation(row: OnlineRow, structure: UnitStructure): OnlinePreparationResponse {
  const { sessionId, ground, groundReason, participants, notifiedOn, lateReason, testedOn, testSucceeded, testNote, recording } = row;
  return {
    sessionId,
    ground,
    groundReason,
    participants: participants.map(({ point, unitId, name, role }) => ({
      point,
      unit: toUnitReference(structure.get(unitId)),
      name,
      role,
    })),
    notifiedOn,
    lateReason,
    testedOn,
    testSucceeded,
    testNote,
    recording,
  };
}
