import { encodeCursor } from '../src/platform/http/page.js';
import { alertFigures } from '../src/petitions/alert.queries.js';
import { petitionById } from '../src/petitions/petition.queries.js';
import { pageStatement, type PetitionFilter } from '../src/petitions/petition-list.js';

/** One statement with its values; `name` prepares it once a connection. */
export interface Query {
  name?: string;
  text: string;
  values: unknown[];
}

/** A kind of request, as the API takes it and as the SQL behind it. */
export interface BenchCase {
  name: string;
  /** Least share of the bare handler's throughput that the API should reach. */
  aim: number;
  method: 'GET' | 'POST';
  path: (turn: number) => string;
  body?: string | (() => string);
  query: (turn: number) => Query;
}

export interface BenchFacts {
  petitionIds: string[];
  cityId: string;
  unitIds: string[];
  today: string;
  dueSoonUntil: string;
}

/** Reads as the leader of the city sends them, who sees everything. */
export function readCases({ petitionIds, cityId, unitIds, today, dueSoonUntil }: BenchFacts): BenchCase[] {
  const visible = { roots: [cityId], subtree: true };
  const idOf = (turn: number) => petitionIds[(turn * 7919) % petitionIds.length]!;
  const list = (name: string, filter: PetitionFilter, search: string): BenchCase => {
    const statement = pageStatement(filter, { visible, responsibleUnitIds: null, competentUnitIds: null, days: { today, dueSoonUntil } });
    return { name, aim: 0.6, method: 'GET', path: () => `/api/v1/petitions?${search}`, query: () => statement };
  };
  const middle = encodeCursor(['2021-05-04', '01900097-0000-7000-8000-000000000000']);
  return [
    {
      name: 'get',
      aim: 0.6,
      method: 'GET',
      path: (turn) => `/api/v1/petitions/${idOf(turn)}`,
      query: (turn) => ({ ...petitionById, values: [idOf(turn), visible.roots, true] }),
    },
    list('list', { limit: 50 }, 'limit=50'),
    list(
      'filtered list, deep',
      { kind: 'complaint', state: 'closed', limit: 50, cursor: middle },
      `kind=complaint&state=closed&limit=50&cursor=${middle}`,
    ),
    list('search', { q: 'thu hồi đất trấn vũ', limit: 50 }, `q=${encodeURIComponent('thu hồi đất trấn vũ')}&limit=50`),
    {
      name: 'alerts summary',
      aim: 0.6,
      method: 'GET',
      path: () => '/api/v1/alerts/summary',
      query: () => ({ ...alertFigures, values: [today, dueSoonUntil, visible.roots, true, unitIds] }),
    },
  ];
}
