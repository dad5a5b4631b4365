/** A file that is attached to a petition, or that is the signed copy of a document. */
export interface AttachmentRow {
  id: string;
  petitionId: string | null;
  filename: string;
  purpose: string;
  mediaType: string;
  size: number;
  sha256: string;
  scan: 'clean' | 'not_configured';
  createdAt: Date;
  createdBy: string | null;
  /** The denunciation whose author it can show; null where nobody is secret. */
  secretPetitionId: string | null;
  responsibleUnitId: string | null;
}
