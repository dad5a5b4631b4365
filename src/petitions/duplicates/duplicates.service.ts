import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { type Comparable, type Fingerprint, fingerprintOf, resemblance } from './fingerprint.js';
import { petitionsAlike, storedFingerprint } from './duplicates.queries.js';

export const duplicateReasons = ['same_person', 'same_name', 'same_respondent', 'same_text', 'similar_text'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** A petition that may be the same as another one. */
export interface DuplicateCandidate {
  id: string;
  number: string;
  caseId: string;
  kind: string;
  state: string;
  receivedOn: string;
  summary: string;
  receivedUnitId: string;
  /** 0 to 1. */
  score: number;
  /** Share of common pairs of words, 0 to 1. */
  textResemblance: number;
  reasons: DuplicateReason[];
  confirmed: boolean;
}

interface AlikeRow extends Omit<DuplicateCandidate, 'score' | 'textResemblance' | 'reasons' | 'confirmed'> {
  signature: Buffer;
  personKeys: string[];
  subjectKey: string | null;
  decision: 'confirmed' | null;
}

interface StoredFingerprint {
  signature: Buffer;
  personKeys: string[];
  subjectKey: string | null;
  keys: string[];
}

/** From this score on a clerk is asked. */
const leastScore = 0.5;
/** Below this the words are others: the same person brings another matter. */
const leastResemblance = 0.4;
const mostCandidates = 20;

/** Petitions that are probably the same (domain.md 5): same petitioner, same respondent, text nearly the same. A clerk decides. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  /** Candidates for a stored petition in the caller's scope, the likeliest first; pairs that a clerk dismissed are left out. */
  async candidates(petitionId: string, by: Official): Promise<DuplicateCandidate[]> {
    const [stored] = await this.transactions.rows<StoredFingerprint>(storedFingerprint, [petitionId]);
    return stored ? this.alike(petitionId, stored, by) : [];
  }

  /** {@link candidates} for a petition whose fingerprint is at hand. */
  candidatesFor(petitionId: string, fingerprint: Fingerprint, by: Official): Promise<DuplicateCandidate[]> {
    return this.alike(petitionId, toStored(fingerprint), by);
  }

  private async alike(petitionId: string, own: StoredFingerprint, by: Official): Promise<DuplicateCandidate[]> {
    const { roots, subtree } = this.scope.visible(by);
    const rows = await this.transactions.rows<AlikeRow>(petitionsAlike, [own.keys, petitionId, roots, subtree]);
    return rows
      .map((row) => judge(own, row))
      .filter(({ score, textResemblance }) => score >= leastScore && textResemblance >= leastResemblance)
      .sort((one, other) => other.score - one.score || (one.id < other.id ? 1 : -1))
      .slice(0, mostCandidates);
  }
}

/** Makes the fingerprint of a petition anew, after its kind or its people changed. */
export async function renewFingerprint(tx: EntityManager, petitionId: string, petition: Comparable, comparisonKey: string): Promise<void> {
  const fingerprint = toStored(fingerprintOf(petition, comparisonKey));
  await forgetKeys(tx, [petitionId]);
  await tx.query(
    `insert into petition_match (petition_id, signature, person_keys, subject_key, keys) values ($1, $2, $3, $4, $5)
     on conflict (petition_id) do update set signature = excluded.signature, person_keys = excluded.person_keys, subject_key = excluded.subject_key,
       keys = excluded.keys`,
    [petitionId, fingerprint.signature, fingerprint.personKeys, fingerprint.subjectKey, fingerprint.keys],
  );
  await tx.query('insert into petition_match_key (key, petition_id) select key, $2 from unnest($1::bigint[]) as keys (key)', [
    fingerprint.keys,
    petitionId,
  ]);
}

/** Takes petitions out of what others are found by; their signatures stay. */
export async function forgetKeys(tx: EntityManager, petitionIds: readonly string[]): Promise<void> {
  await tx.query(
    `delete from petition_match_key known using petition_match m
     where m.petition_id = any ($1) and known.key = any (m.keys) and known.petition_id = m.petition_id`,
    [petitionIds],
  );
}

/** For SQL: 64-bit keys as text. */
export function toStored({ signature, personKeys, subjectKey, keys }: Fingerprint): StoredFingerprint {
  return { signature, personKeys: personKeys.map(String), subjectKey: subjectKey?.toString() ?? null, keys: keys.map(String) };
}

/**
 * How much speaks for the same petition. Text weighs most; the same person about the same respondent needs some likeness of the words,
 * because people bring several matters against one office; and under other names the words must be nearly the same, because neighbours
 * write alike. The weights were set on the generated set of the bench, which tells recall and precision.
 */
function judge(own: StoredFingerprint, row: AlikeRow): DuplicateCandidate {
  const { signature, personKeys, subjectKey, decision, ...candidate } = row;
  const text = resemblance(own.signature, signature);
  const shared = personKeys.filter((key) => own.personKeys.includes(key)).length;
  // The last key of a person is the name alone: more than that is shared where two keys are the same.
  const person = shared >= 2 ? 1 : shared === 1 ? 0.6 : 0;
  const subject = subjectKey !== null && subjectKey === own.subjectKey ? 1 : 0;
  const score = (person ? 0.6 * Math.min(1, text / 0.85) + 0.28 * person : 0.75 * text ** 3) + 0.12 * subject;
  return {
    ...candidate,
    score: Math.round(score * 100) / 100,
    textResemblance: Math.round(text * 100) / 100,
    reasons: [
      ...(shared >= 2 ? (['same_person'] as const) : shared === 1 ? (['same_name'] as const) : []),
      ...(subject ? (['same_respondent'] as const) : []),
      ...(text >= 0.9 ? (['same_text'] as const) : text >= 0.4 ? (['similar_text'] as const) : []),
    ],
    confirmed: decision === 'confirmed',
  };
}
