import type { LegalDate } from '../../platform/text/legal-date.js';
import { isLargeGroup } from '../../rules/reception/reception-rules.js';
import type { VisitFacts } from './visit.js';
import { representativesOf } from './visit-checks.js';
import type { StoredWords } from './visit-words.js';

/** Columns of what was written down of a visit, in the order of {@link factValues}. */
export const factColumns = [
  'kind',
  'field_code',
  'persons',
  'representatives',
  'large_group',
  'sealed',
  'sealed_key',
  'identity_secret',
  'search_names',
  'matter',
  'content',
  'earlier_resolver',
  'papers',
  'receiver_name',
];

/** What a revision keeps open; who came lies sealed beside it. */
export const revisedNames = ['kind', 'fieldCode', 'persons', 'matter', 'content', 'earlierResolver', 'papers', 'receiverName'] as const;

/** @param on day of the visit, by which a group is a large one */
export function factValues(facts: VisitFacts, stored: StoredWords, on: LegalDate): unknown[] {
  return [
    facts.kind,
    facts.fieldCode,
    facts.persons,
    representativesOf(facts.visitors),
    isLargeGroup(facts.persons, on),
    stored.sealed,
    stored.keyVersion,
    stored.secret,
    stored.searchNames,
    stored.matter,
    stored.content,
    stored.earlierResolver,
    JSON.stringify(stored.papers),
    facts.receiverName,
  ];
}
