/** What a subscription is signed with. */
export interface WebhookSecret {
  current: string;
  /** The one before, and until when what is sent is signed with it, too. */
  previous: string | null;
  until: string | null;
}
