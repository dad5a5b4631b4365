import { ApiProperty } from '@nestjs/swagger';

export class AttachmentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  petitionId: string | null;

  @ApiProperty({ example: 'don-khieu-nai.pdf' })
  filename: string;

  @ApiProperty({ enum: ['petition', 'evidence', 'signed_document', 'other'] })
  purpose: string;

  /** What the file really is, whatever it is called. */
  @ApiProperty({ example: 'application/pdf' })
  mediaType: string;

  /** Bytes; of a file that can show who denounced in steps of 64 KiB. */
  @ApiProperty({ example: 182_344 })
  size: number;

  /** null where it can show who denounced: the same file may stand elsewhere. */
  @ApiProperty({ example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })
  sha256: string | null;

  /** Looked at by the virus scanner, or stored where none is configured. */
  @ApiProperty({ enum: ['clean', 'not_configured'] })
  scan: 'clean' | 'not_configured';

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /** It can show who denounced: say why it is needed first (`POST /attachments/{id}/reveals`). */
  needsReveal: boolean;

  @ApiProperty({ format: 'uri-reference' })
  content: string;
}

export class AttachmentsResponse {
  items: AttachmentResponse[];

  @ApiProperty({ example: null })
  nextCursor: string | null;
}
