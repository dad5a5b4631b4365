/** Where each kind of sealed field lies: what it is bound to, and opens nowhere else. */
export const placeOf = {
  party: (petitionId: string, position: number): string => `petition_party:${petitionId}/${position}`,
  signatory: (petitionId: string, position: number): string => `petition_signatory:${petitionId}/${position}`,
  text: (petitionId: string): string => `sealed_text:${petitionId}`,
  webhookSecret: (subscriptionId: string): string => `webhook_subscription:${subscriptionId}`,
  totpSecret: (accountId: string): string => `account_totp:${accountId}`,
};
