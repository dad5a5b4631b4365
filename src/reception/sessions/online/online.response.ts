import { ApiProperty } from '@nestjs/swagger';
import { type OnlineGround, onlineGrounds } from '../../../rules/reception/online.js';
import type { UnitStructure } from '../../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../../structure/units/unit.response.js';
import { type ConnectionPoint, connectionPoints, type OnlineRow, type RecordingRow } from './online.js';

export class PointParticipantResponse {
  @ApiProperty({ enum: connectionPoints })
  point: ConnectionPoint;

  unit: UnitReference;

  @ApiProperty({ example: 'Đỗ Minh Quân' })
  name: string;

  role: string | null;
}

export class RecordingResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ example: 'ban-ghi-01.mp4' })
  filename: string;

  @ApiProperty({ example: 'video/mp4' })
  mediaType: string;

  /** Bytes. */
  @ApiProperty({ type: 'integer', example: 24_117_248 })
  size: number;

  /** SHA-256 of the content. */
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256: string;

  /** `not_configured` where no virus scanner is set up. */
  @ApiProperty({ enum: ['clean', 'not_configured'] })
  scan: RecordingRow['scan'];

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /** Where the content is downloaded; each download is on the record. */
  content: string;
}

export class RecordingsResponse {
  @ApiProperty({ type: [RecordingResponse] })
  items: RecordingResponse[];
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

  /** Where the recording is kept outside of this software; the files that are kept here are at `…/online/recordings`. */
  recording: string | null;
}

export function toRecording({ id, sessionId, filename, mediaType, size, sha256, scan, createdAt }: RecordingRow): RecordingResponse {
  const content = `/api/v1/reception-sessions/${sessionId}/online/recordings/${id}/content`;
  return { id, sessionId, filename, mediaType, size, sha256, scan, createdAt: createdAt.toISOString(), content };
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
