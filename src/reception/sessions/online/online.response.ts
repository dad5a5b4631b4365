import { ApiProperty } from '@nestjs/swagger';
import { type OnlineGround, onlineGrounds } from '../../../rules/reception/online.js';
import type { UnitStructure } from '../../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../../structure/units/unit.response.js';
import { type ConnectionPoint, connectionPoints, type OnlineRow } from './online.js';

export class PointParticipantResponse {
  @ApiProperty({ enum: connectionPoints })
  point: ConnectionPoint;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ example: 'Đỗ Minh Quân' })
  name: string;

  @ApiProperty({ type: String, nullable: true })
  role: string | null;
}

export class OnlinePreparationResponse {
  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ enum: onlineGrounds })
  ground: OnlineGround;

  @ApiProperty({ type: String, nullable: true })
  groundReason: string | null;

  @ApiProperty({ type: [PointParticipantResponse] })
  participants: PointParticipantResponse[];

  @ApiProperty({ format: 'date' })
  notifiedOn: string;

  /** Why it was told less than five working days ahead; null where it was not. */
  @ApiProperty({ type: String, nullable: true })
  lateReason: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  testedOn: string | null;

  @ApiProperty({ type: Boolean, nullable: true })
  testSucceeded: boolean | null;

  @ApiProperty({ type: String, nullable: true })
  testNote: string | null;

  /** Where the recording is kept. */
  @ApiProperty({ type: String, nullable: true })
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
