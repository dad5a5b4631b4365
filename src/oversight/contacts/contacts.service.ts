import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustNotLieAhead, PetitionsService } from '../../petitions/petitions.service.js';
import { Problem, withinField } from '../../platform/problems/problem.js';
import { IncidentsService } from '../../reception/incidents/incidents.service.js';
import { asWritten, isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { SuperiorMattersService } from '../superior-matters/superior-matters.service.js';
import type { ContactFacts, ContactRow } from './contact.js';
import { contactList } from './contacts.queries.js';

export interface ContactFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  superiorMatterId?: string;
  petitionId?: string;
  incidentId?: string;
  /** Only what is to be followed by another talk by this day, and was not. */
  nextBy?: LegalDate;
  limit?: number;
  cursor?: string;
}

/** Explaining and persuading: who spoke with the citizens of a case, when, with what result. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly matters: SuperiorMattersService,
    private readonly petitions: PetitionsService,
    private readonly incidents: IncidentsService,
  ) {}

  /**
   * Writes down a talk, about a case elsewhere, a petition or a gathering. Talks are added and never changed.
   * @throws Problem naming the field of what is not there, or of a day that is out of order
   */
  record(facts: ContactFacts, by: Official): Promise<ContactRow> {
    const { superiorMatterId, petitionId, incidentId, onDate, nextOn } = facts;
    mustNotLieAhead(onDate, '/onDate');
    if (nextOn !== null && nextOn <= onDate)
      throw Problem.field('validation-failed', '/nextOn', 'before_contact', {
        vi: `Phải sau ngày gặp ${asWritten(onDate)}.`,
        en: `Must be after the day of the talk ${onDate}.`,
      });
    return this.transactions.run(async (tx) => {
      const matter = superiorMatterId ? await found('/superiorMatterId', () => this.matters.get(superiorMatterId, by)) : null;
      const petition = petitionId ? await found('/petitionId', () => this.petitions.get(petitionId, by)) : null;
      const incident = incidentId ? await found('/incidentId', () => this.incidents.get(incidentId, by)) : null;
      if (!matter && !petition && !incident)
        throw Problem.field('validation-failed', '/petitionId', 'required', {
          vi: 'Nêu đơn, vụ việc ở cấp trên hoặc vụ việc đông người.',
          en: 'Name the petition, the case at a superior or the gathering.',
        });
      const unit = this.scope.home(by);
      const [made] = await tx.query<{ id: string }[]>(
        `insert into citizen_contact (unit_id, matter_id, petition_id, incident_id, on_date, way, officials, together_with, content, result, next_on, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
        [
          unit.id,
          superiorMatterId,
          petitionId,
          incidentId,
          onDate,
          facts.way,
          facts.officials,
          facts.togetherWith,
          facts.content,
          facts.result,
          nextOn,
          by.accountId,
        ],
      );
      return (await this.rows([[unit.id], made!.id, null, null, null, null, null, null, 1]))[0]!;
    });
  }

  /** The latest first. */
  async list(
    { unitId, includeSubordinates = false, limit = defaultLimit, cursor, ...filter }: ContactFilter,
    by: Official,
  ): Promise<Page<ContactRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const rows = await this.rows([
      this.scope.unitsAsked(by, unitId, includeSubordinates),
      null,
      filter.superiorMatterId ?? null,
      filter.petitionId ?? null,
      filter.incidentId ?? null,
      filter.nextBy ?? null,
      ...after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ onDate, id }) => [onDate, id],
      (row) => row,
    );
  }

  private rows(values: unknown[]): Promise<ContactRow[]> {
    return this.transactions.rows<ContactRow & Record<string, unknown>>(contactList, values);
  }
}

/** What is not there, or not in the caller's sight, is told of the field that names it. */
async function found<T>(pointer: string, look: () => Promise<T>): Promise<T> {
  try {
    return await withinField(pointer, look);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not-found') throw error;
    throw Problem.field('validation-failed', pointer, 'unknown', error.detail);
  }
}
