/** What a subscription is signed with. */
export interface WebhookSecret {
  current: string;
  /** The one before, and until when what is sent is signed with it, too. */
  previous: string | null;
  until: string | null;
}

/** Where the secret of a subscription lies sealed. */
export function placeOfSecret(subscriptionId: string): string {
  return `webhook_subscription:${subscriptionId}`;
}
