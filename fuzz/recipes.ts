import type { Json } from '../test/support/client.js';
import type { Chance } from './chance.ts';
import type { Operation } from './document.ts';
import type { Knowledge } from './knowledge.ts';
import { dayFromNow } from './values.ts';

/*
 * What the document does not say of a request that is meant to succeed: in which state a petition must be, which codes there are, which of two
 * fields excludes the other.
 */

/** In which states a step of a petition is possible: `GET /lifecycle` tells the same. */
const statesOfStep: Record<string, readonly string[]> = {
  classification: ['received'],
  acceptance: ['classified'],
  refusal: ['classified'],
  guidance: ['received', 'classified'],
  transfers: ['received', 'classified'],
  return: ['received', 'classified'],
  'filing-away': ['received', 'classified'],
  proposals: ['classified'],
  parts: ['received', 'classified'],
  suspensions: ['accepted'],
  resumption: ['suspended'],
  'complexity-findings': ['classified', 'accepted'],
  'crime-signs': ['classified', 'accepted', 'concluded'],
  'crime-transfers': ['classified', 'accepted', 'concluded'],
  extensions: ['accepted'],
  verifications: ['accepted'],
  dialogues: ['accepted'],
  decisions: ['accepted'],
  conclusions: ['accepted'],
  answers: ['accepted'],
  termination: ['accepted', 'suspended'],
  obligations: ['decided', 'concluded'],
  appeals: ['decided', 'concluded'],
  dispatches: ['accepted', 'decided', 'concluded', 'answered'],
  closure: ['decided', 'concluded', 'answered'],
  withdrawal: ['received', 'classified', 'accepted'],
};

export function statesFor({ route }: Operation): readonly string[] | undefined {
  const step = /\/petitions\/\{id\}\/([\w-]+)$/.exec(route)?.[1];
  return step !== undefined && Object.hasOwn(statesOfStep, step) ? statesOfStep[step] : undefined;
}

const codesOf: readonly [route: RegExp, name: string, values: readonly string[]][] = [
  [/\/reports\/forms/, 'code', ['01-XLD', '01-TCD', '02-XLD', '01-KQGQ', 'constructor', 'toString']],
  [/\/problems/, 'code', ['conflict', 'not-found']],
  [/./, 'column', ['1', '2', '10', '0', '-1', '999', '1e3', '1.5']],
  [/\/calendar/, 'year', ['2026', '2025', '2099', '1900', '0', '-1', '99999', 'x']],
  [/./, 'sequence', ['1', '2', '0', '-1', '2147483648', '99999999999']],
  [/./, 'paper', ['receipt', 'guidance_slip', 'nothing']],
  [/./, 'check', ['petition_without_field', 'toString', 'nothing']],
  [/./, 'milestone', ['training', 'constructor']],
  [/./, 'kind', ['complaint', 'reflection', 'toString']],
  [/./, 'reporter', ['commune', 'district', '__proto__']],
  [/./, 'period', ['regular', 'national_assembly']],
];

/** A part of a path that is no id; undefined where it is one. */
export function pathValues({ route, method }: Operation, name: string, chance: Chance, knowledge: Knowledge): string | undefined {
  if (name === 'number') return knowledge.numbers.length > 0 ? chance.one(knowledge.numbers) : 'HNI-2026-000001';
  if (name === 'year' && method === 'PUT') return '2099';
  const found = codesOf.find(([pattern, called]) => called === name && pattern.test(route));
  if (!found) return undefined;
  // The first one is right; the others are there to be refused.
  return chance.happens(0.7) ? found[2][0] : chance.one(found[2]);
}

export interface Recipe {
  body?: Json;
  query?: Record<string, string>;
  /** Somebody else than chance picked. */
  who?: string | null;
}

interface Situation {
  chance: Chance;
  knowledge: Knowledge;
  who: string | null;
}

/** How an operation is asked where the document's example is not enough, or would take something from the demo that the run needs. */
export function recipeFor(operation: Operation, situation: Situation): Recipe | undefined {
  const make = recipes[operation.key.replace('/api/v1', '')];
  if (make) return make(situation);
  return /\/reports\/(forms\/.*(figures|cells|file|plausibility)|figures|file|flows|durations|pivot|forecast|rankings)/.test(
    operation.route,
  )
    ? { query: { period: '2026-Q3', ...(operation.route.includes('/pivot') && { of: 'petitions', measures: 'petitions', by: 'kind' }) } }
    : undefined;
}

const recipes: Record<string, (situation: Situation) => Recipe> = {
  // Wrong passwords of the demo's accounts would lock them, and their own passwords stay what they are.
  'POST /auth/token': ({ chance }) => ({ who: null, body: { username: `nobody.${chance.int(1, 1000)}`, password: 'x' } }),
  'POST /auth/password': () => ({ who: null, body: { currentPassword: 'x', newPassword: 'mot mat khau dai 1' } }),
  'POST /auth/totp': () => ({ who: null, body: { password: 'x' } }),
  'POST /auth/totp/confirmation': () => ({ who: null, body: { code: '000000' } }),
  'POST /auth/totp/removal': () => ({ who: null, body: { password: 'x', code: '000000' } }),
  'POST /units/imports': () => ({ body: { file: 3, fields: { validFrom: dayFromNow(0), dryRun: 'true' } } }),
  'POST /units/successions/imports': () => ({ body: { file: 3, fields: { succeededOn: dayFromNow(0), dryRun: 'true' } } }),
  'POST /webhooks': () => ({ body: { url: 'http://127.0.0.1:9/', types: ['none'] } }),
  'POST /reports/workbooks': () => ({ body: { period: '2026-Q3', format: 'xlsx' } }),
  'POST /petitions/imports': () => ({ body: { file: 1, fields: { dryRun: 'true' } } }),
  'PUT /calendar/years/{year}': () => ({ query: { dryRun: 'true' } }),
  'POST /inspection-draws': () => ({ body: { count: 1, reason: 'Đột xuất' } }),
  'POST /urging-letters': ({ chance, knowledge, who }) => ({
    body: {
      content: 'Đã quá hạn',
      signerTitle: 'Trưởng ban',
      signerName: 'Hoàng Minh Tuấn',
      petitionIds: [knowledge.idFor(chance, 'petition', who)],
    },
  }),
};

/** Operations that chance never sends with a body of its own making: they would end the session of a demo account, or its password. */
export const onlyByRecipe: ReadonlySet<string> = new Set([
  'POST /api/v1/auth/token',
  'POST /api/v1/auth/password',
  'POST /api/v1/auth/totp',
  'POST /api/v1/auth/totp/confirmation',
  'POST /api/v1/auth/totp/removal',
  'POST /api/v1/auth/revocation',
]);
