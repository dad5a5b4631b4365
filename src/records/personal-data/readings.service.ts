import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { PersonsService } from '../../petitions/people/persons.service.js';
import { PetitionActionsService } from '../../petitions/petition-actions.service.js';
import { type NumberName, numbersOf, type RegisteredIdentity } from '../../petitions/identity/person-attributes.js';
import type { Party } from '../../petitions/petition.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { liesWith, type SignatoryNumber, signatoryNumbers } from './personal-data.queries.js';

/** Numbers of the people in a petition, read once for a reason. */
export interface PetitionNumbers {
  parties: Pick<Party, 'role' | 'name' | NumberName>[];
  signatories: SignatoryNumber[];
}

/** Numbers of one person of the register. */
export type PersonNumbers = Pick<RegisteredIdentity, 'name' | NumberName>;

/**
 * National ids and telephone numbers, which answers show with their last digits only: whoever needs them for the work reads them here, and
 * each reading is kept with its reason (Law 91/2025/QH15; domain.md 9).
 */
@Injectable()
export class ReadingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly persons: PersonsService,
    private readonly scope: AccessScope,
  ) {}

  /**
   * @throws Problem `not-responsible` unless the petition lies with the caller's office; `action-not-allowed` where the identity is secret,
   *   which is revealed elsewhere
   */
  ofPetition(petitionId: string, reason: string, by: Official): Promise<PetitionNumbers> {
    return this.transactions.run(async (tx) => {
      const petition = await this.petitions.get(petitionId, by);
      this.actions.mustBeResponsible(petition, by);
      if (petition.identitySecret) throw secret();
      await note(tx, 'petition_numbers', petitionId, petitionId, { reason });
      return {
        parties: petition.parties.map((party) => ({ role: party.role, name: party.name, ...numbersOf(party) })),
        signatories: await this.transactions.rows<SignatoryNumber>(signatoryNumbers, [petitionId]),
      };
    });
  }

  /** @throws Problem `not-found` for a person who is in no petition of the caller's scope; `not-responsible` where none lies with the office */
  ofPerson(personId: string, reason: string, by: Official): Promise<PersonNumbers> {
    return this.transactions.run(async (tx) => {
      const person = await this.persons.get(personId, by);
      const [found] = await this.transactions.rows<{ lies: boolean }>(liesWith, [personId, this.scope.actingUnits(by)]);
      if (!found?.lies) throw nothingHere();
      await note(tx, 'person_numbers', personId, null, { reason });
      return { name: person.name, ...numbersOf(person) };
    });
  }
}

/** Keeps in the audit that somebody was shown something. */
export async function note(tx: EntityManager, what: string, objectId: string, petitionId: string | null, facts: object): Promise<void> {
  await tx.query('select audit_read($1, $2, $3, $4)', [what, objectId, petitionId, JSON.stringify(facts)]);
}

function nothingHere(): Problem {
  return new Problem('not-responsible', {
    vi: 'Không có đơn nào của người này đang ở cơ quan của bạn.',
    en: 'No petition of this person lies with your office.',
  });
}

function secret(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Danh tính được giữ bí mật: dùng POST /petitions/{id}/identity/reveals.',
    en: 'The identity is secret: use POST /petitions/{id}/identity/reveals.',
  });
}
