import { ApiProperty } from '@nestjs/swagger';
import { type OnlineGround, onlineGrounds } from '../../../rules/reception/online.js';
import type { UnitStructure } from '../../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../../units/unit.answer.js';
import { type ConnectionPoint, connectionPoints, type OnlineRow, type RecordingRow } from './online.js';

export class PointParticipantAnswer {
  @ApiProperty({ enum: connectionPoints })
  point: ConnectionPoint;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ example: 'Đỗ Minh Quân' })
  name: string;

  @ApiProperty({ type: String, nullable: true })
  role: string | null;
}

export class RecordingAnswer {
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
  @ApiProperty()
  content: string;
}

export class RecordingsAnswer {
  @ApiProperty({ type: [RecordingAnswer] })
  items: RecordingAnswer[];
}

export class OnlinePreparationAnswer {
  @ApiProperty({ format: 'uuid' })
  sessionId: string;

  @ApiProperty({ enum: onlineGrounds })
  ground: OnlineGround;

  @ApiProperty({ type: String, nullable: true })
  groundReason: string | null;

  @ApiProperty({ type: [PointParticipantAnswer] })
  participants: PointParticipantAnswer[];

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

  /** Where the recording is kept outside of this software; the files that are kept here are at `…/online/recordings`. */
  @ApiProperty({ type: String, nullable: true })
  recording: string | null;
}

export function toRecording({ id, sessionId, filename, mediaType, size, sha256, scan, createdAt }: RecordingRow): RecordingAnswer {
  const content = `/api/v1/reception-sessions/${sessionId}/online/recordings/${id}/content`;
  return { id, sessionId, filename, mediaType, size, sha256, scan, createdAt: createdAt.toISOString(), content };
}

export function toOnlinePreparation(row: OnlineRow, structure: UnitStructure): OnlinePreparationAnswer {
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
