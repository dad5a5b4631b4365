import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { identityOf, type RegisteredIdentity } from '../../petitions/identity/person-attributes.js';
import { PersonsService } from '../../petitions/people/persons.service.js';
import { VisitsService } from '../../reception/visits/visits.service.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { heldAbout, type HeldRow, looksAt, type LookRow } from './personal-data.queries.js';
import { note } from './readings.service.js';

/** What the reception ledger holds about a person. */
export interface HeldVisit {
  visitId: string;
  number: string;
  visitedOn: string;
  unitId: string;
  matter: string;
}

/** All that is held about a person, as far as the caller may know it. */
export interface PersonalDataExport {
  person: RegisteredIdentity & { id: string; type: string };
  mentions: HeldRow[];
  /** Visits to the reception offices in the caller's scope. */
  visits: HeldVisit[];
  /** Petitions out of the caller's scope, which their own units answer for. */
  elsewhere: number;
  /** Who was shown the person's numbers. */
  looks: LookRow[];
  exportedAt: string;
}

/** Answers a person's question what is held about him (Law 91/2025/QH15; Decree 13/2023/NĐ-CP arts 9, 14). */
@Injectable()
export class ExportsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly persons: PersonsService,
    private readonly visits: VisitsService,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem `not-found` for a person who is in no petition of the caller's scope */
  export(personId: string, reason: string, by: Official): Promise<PersonalDataExport> {
    return this.transactions.run(async (tx) => {
      const { id, type, merges, ...registered } = await this.persons.get(personId, by);
      const person = identityOf('person', registered);
      const ids = [id, ...merges.filter(({ intoId, undoneOn }) => intoId === id && !undoneOn).map(({ fromId }) => fromId)];
      const { roots, subtree } = this.scope.visible(by);
      const rows = await this.transactions.rows<HeldRow>(heldAbout, [ids, person.nationalId, roots, subtree]);
      const mentions = rows.filter(({ visible }) => visible);
      const visits = await this.visits.heldAbout(person, by);
      await note(tx, 'person_export', personId, null, { reason });
      const looks = await this.transactions.rows<LookRow>(looksAt, [personId, mentions.map(({ petitionId }) => petitionId)]);
      return {
        person: { id, type, ...person },
        mentions,
        visits: visits.map(({ id: visitId, number, visitedOn, unitId, matter }) => ({ visitId, number, visitedOn, unitId, matter })),
        elsewhere: new Set(rows.filter(({ visible }) => !visible).map(({ petitionId }) => petitionId)).size,
        looks,
        exportedAt: new Date().toISOString(),
      };
    });
  }
}
