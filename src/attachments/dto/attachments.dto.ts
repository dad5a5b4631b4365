import { OneOf } from '../../http/fields.js';
import { attachmentPurposes } from '../attachments.service.js';

export class AttachmentDto {
  @OneOf(attachmentPurposes, { optional: true, example: 'petition' })
  purpose?: (typeof attachmentPurposes)[number] | null;
}
