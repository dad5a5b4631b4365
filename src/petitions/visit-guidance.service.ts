import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type NamedQuery, Transactions } from '../platform/database/transactions.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import type { PetitionKind } from '../rules/petition-kind.js';
import type { EarlierGuidance } from '../rules/steps/objections.js';
import { Keys } from '../platform/sealing/keys.service.js';
import { fingerprintOf, resemblance } from './duplicates/fingerprint.js';

/** Who came to a visit, and the words about the matter. */
export interface GuidedVisit {
  visitId: string;
  kind: PetitionKind;
  nationalIds: readonly (string | null)[];
  matter: string;
  content: string;
}

/** What of a petition tells whether its author was guided at a visit before. */
export interface AskedMatter {
  unitId: string;
  kind: PetitionKind;
  receivedOn: LegalDate;
  nationalIds: readonly (string | null)[];
  summary: string;
  content: string;
  /** The case, where the petition is stored. */
  caseId: string | null;
}

interface Candidate extends Record<string, unknown> {
  number: string;
  guidedOn: LegalDate;
  signature: Buffer;
  linked: boolean;
}

/** So much of the words is in common where two texts are about one matter; as for petitions that are alike. */
const leastResemblance = 0.4;
/** As many earlier visits of a person are compared, the newest. */
const mostVisits = 20;

/** Values: unit, day, keys of people, case or null. Guidance at the same unit, or at one that it carried on. */
const guidanceAtVisits: NamedQuery = {
  name: 'guidance-at-visits',
  text: `select v.number, v.visited_on as "guidedOn", g.signature,
      coalesce((select p.case_id = $4 from petition p where p.id = v.petition_id), false) as linked
    from visit_guidance g join reception_visit v on v.id = g.visit_id
    where g.person_keys && $3::bytea[] and v.visited_on < $2 and v.state = 'concluded' and v.result = 'guided'
      and not v.identity_secret and v.kind <> 'denunciation'
      and (v.unit_id = $1 or exists (select from unit_succession s where s.predecessor_id = v.unit_id and s.successor_id = $1 and s.portion = 'whole'))
    order by v.visited_on desc, v.id desc limit ${mostVisits}`,
};

/**
 * Guidance at a visit that no petition came of, known again when the same person files about the same matter: by the national id, and by the
 * words or because officials linked the visit to the case. Of denunciations nothing is kept and nothing is asked.
 */
@Injectable()
export class GuidanceAtVisits {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
  ) {}

  /** Keeps what a guidance is known again by, in the running transaction; nothing of a visit to denounce, or of whoever gave no national id. */
  async remember({ visitId, kind, nationalIds, matter, content }: GuidedVisit): Promise<void> {
    const { manager: tx } = this.transactions;
    await tx.query('delete from visit_guidance where visit_id = $1', [visitId]);
    const people = this.keysOf(nationalIds);
    if (kind === 'denunciation' || people.length === 0) return;
    await tx.query('insert into visit_guidance (visit_id, person_keys, signature) values ($1, $2, $3)', [
      visitId,
      people,
      this.signatureOf(kind, matter, content),
    ]);
  }

  /** The last guidance at a visit before the day on which the petition was received. */
  async earlier({ unitId, kind, receivedOn, nationalIds, summary, content, caseId }: AskedMatter): Promise<EarlierGuidance | null> {
    const people = this.keysOf(nationalIds);
    if (kind === 'denunciation' || people.length === 0) return null;
    const visits = await this.transactions.rows<Candidate>(guidanceAtVisits, [unitId, receivedOn, people, caseId]);
    if (visits.length === 0) return null;
    const own = this.signatureOf(kind, summary, content);
    const found = visits.find(({ linked, signature }) => linked || resemblance(own, signature) >= leastResemblance);
    return found ? { petitionId: null, number: found.number, guidedOn: found.guidedOn } : null;
  }

  private keysOf(nationalIds: readonly (string | null)[]): Buffer[] {
    const key = this.keys.ring.comparisonKey;
    return [...new Set(nationalIds.filter((id) => id !== null))].map((id) =>
      createHmac('sha256', key).update(`guided at a visit\u001f${id}`).digest(),
    );
  }

  private signatureOf(kind: PetitionKind, summary: string, content: string): Buffer {
    const words = { kind, summary, content: `${summary} ${content}`, respondent: null, matterUnitId: null, parties: [] };
    return fingerprintOf(words, this.keys.ring.comparisonKey).signature;
  }
}
