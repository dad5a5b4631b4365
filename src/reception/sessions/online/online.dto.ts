import { Id, LegalDay, OfficialWords, OneOf, Parts, YesNo } from '../../../platform/http/fields.js';
import { type OnlineGround, onlineGrounds } from '../../../rules/reception/online.js';
import { type ConnectionPoint, connectionPoints } from './online.js';

export class PointParticipantDto {
  @OneOf(connectionPoints, { example: 'central' })
  point: ConnectionPoint;

  /** The body that it is for. */
  @Id()
  unitId: string;

  @OfficialWords({ min: 2, max: 200, example: 'Đỗ Minh Quân' })
  name: string;

  @OfficialWords({ max: 200, optional: true, example: 'Phó Trưởng Ban Tiếp công dân, tham mưu vụ việc' })
  role: string | null = null;
}

export class OnlinePreparationDto {
  @OneOf(onlineGrounds, { example: 'needs_several_places' })
  ground: OnlineGround;

  /** Required for `practical_need`. */
  @OfficialWords({ max: 2000, optional: true, example: null })
  groundReason: string | null = null;

  /** Of the body that advises at the central point, and of each unit with a room of the session. */
  @Parts(() => PointParticipantDto, { max: 100 })
  participants: PointParticipantDto[];

  /** Day on which the citizens and the bodies were told: five working days ahead at the least. */
  @LegalDay({ example: '2026-11-20' })
  notifiedOn: string;

  /** Why it was told later. */
  @OfficialWords({ max: 1000, optional: true, example: null })
  lateReason: string | null = null;
}

export class ConnectionTestDto {
  @LegalDay({ example: '2026-11-24' })
  testedOn: string;

  @YesNo({ example: true })
  succeeded: boolean;

  @OfficialWords({ max: 2000, optional: true, example: 'Hai điểm cầu nhìn rõ hình, nghe rõ tiếng' })
  note: string | null = null;
}
