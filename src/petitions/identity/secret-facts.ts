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
  /** Assigned to it, at whatever unit. */
  assigned: boolean;
  /** A member of its verification, which the unit set up that it lies with, and which is not reported yet. */
  onTeam: boolean;
}
