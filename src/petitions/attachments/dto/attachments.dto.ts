import { Id, OneOf } from '../../../platform/http/fields.js';
import { attachmentPurposes } from '../attachments.service.js';

export class AttachmentDto {
  @OneOf(attachmentPurposes, { optional: true, example: 'petition' })
  purpose?: (typeof attachmentPurposes)[number] | null;
}

export class FileQuery {
  /** The reveal that opened a file of a denunciation to you. */
  @Id({ optional: true, example: null })
  reveal?: string;
}
