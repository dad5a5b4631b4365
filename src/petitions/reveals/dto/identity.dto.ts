import { Id, LegalDay, OfficialWords } from '../../../platform/http/fields.js';
import { NationalId } from '../../dto/forms.decorators.js';

export class RevealDto {
  /** Why it is needed now; the leader reads it. */
  @OfficialWords({ min: 10, max: 1000, example: 'Làm việc với người tố cáo để xác minh nội dung' })
  reason: string;
}

export class LookUpDto extends RevealDto {
  @NationalId({ example: '001182012345' })
  nationalId: string;
}

export class AssignmentDto {
  @Id()
  accountId: string;

  @LegalDay({ optional: true })
  assignedOn?: string;

  @OfficialWords({ max: 1000, optional: true, example: 'Xác minh nội dung tố cáo' })
  note?: string;
}

export class AssignmentEndDto {
  @OfficialWords({ max: 1000, example: 'Chuyển công tác' })
  reason: string;
}
