/** What decides who may know an identity. */
export interface SecretFacts {
  id: string;
  number: string;
  state: string;
  receivedOn: string;
  identitySecret: boolean;
  responsibleUnitId: string;
  receivedUnitId: string;
  respondentUnitId: string | null;
  withinCompetence: boolean;
  open: boolean;
  createdBy: string | null;
  /** Assigned to it, or a member of its verification that is not reported yet. */
  assigned: boolean;
}
