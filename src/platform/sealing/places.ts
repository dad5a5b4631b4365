/** Where each kind of sealed field lies: what it is bound to, and opens nowhere else. */
export const placeOf = {
  party: (petitionId: string, position: number): string => `petition_party:${petitionId}/${position}`,
  signatory: (petitionId: string, position: number): string => `petition_signatory:${petitionId}/${position}`,
  text: (petitionId: string): string => `sealed_text:${petitionId}`,
  appointment: (appointmentId: string): string => `reception_appointment:${appointmentId}`,
  /** Corrections keep what was sealed before, as it was. */
  visit: (visitId: string): string => `reception_visit:${visitId}`,
  incident: (incidentId: string): string => `reception_incident:${incidentId}`,
  /** Words of what hangs on a denunciation. */
  hiddenWords: (id: string): string => `hidden_words:${id}`,
  webhookSecret: (subscriptionId: string): string => `webhook_subscription:${subscriptionId}`,
  message: (messageId: string): string => `outgoing_message:${messageId}`,
  /** Of a request that may be repeated. */
  answer: (keyId: string): string => `idempotency_key:${keyId}`,
  totpSecret: (accountId: string): string => `account_totp:${accountId}`,
};
