import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aDenunciationOf, classify, file, unitId } from './support/stories.js';

/** As many as may sign, each with a name of six words and a long address. */
const signatories = Array.from({ length: 1000 }, (_, index) => {
  const word = (at: number): string =>
    ['Bang', 'Dung', 'Giang', 'Khanh', 'Lam', 'Nghi', 'Phuc', 'Quyen', 'Thu', 'Xuan'][Math.floor(index / 10 ** at) % 10]!;
  return {
    name: `Quách ${word(0)} ${word(1)} ${word(2)} Sương Mai`,
    nationalId: String(1_177_000_000 + index * 7919).padStart(12, '0'),
    address: `Số ${index} ngõ ${word(1)} phố ${word(0)} ${'bên hồ nước lớn '.repeat(15)}`.trim(),
  };
});

/** Far more than a slice takes, and far less than taking in everybody at once on a machine that is busy. */
const longestSilence = 1500;

let server: TestServer;
let clerk: Client;
let unit: string;
let petition: Json;
let other: Json;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  unit = await unitId(clerk, '00004');
  petition = await classify(clerk, await file(clerk, aDenunciationOf(unit, 'official', { signatories: 1000 })));
  other = await file(clerk, aDenunciationOf(unit, 'official'));
});
afterAll(() => server.stop());

/** Asks whether the server lives every 20 ms while something is done, and tells the longest time in milliseconds without an answer. */
async function silenceDuring<T>(act: () => Promise<T>): Promise<{ silence: number; answer: T }> {
  const nobody = await server.as();
  let [silence, last, going] = [0, performance.now(), true];
  const answered = (): void => {
    const now = performance.now();
    [silence, last] = [Math.max(silence, now - last), now];
  };
  const asking = (async () => {
    while (going) {
      expect((await nobody.get('/health/live')).status).toBe(200);
      answered();
      await wait(20);
    }
  })();
  const answer = await act();
  going = false;
  await asking;
  return { silence, answer };
}

it('a list of a thousand people is taken while the server goes on answering', async () => {
  const { silence, answer } = await silenceDuring(() =>
    clerk.put(`/petitions/${petition.id}/signatories`, { signatories }, { 'if-match': '*' }),
  );
  expect(answer.status).toBe(200);
  expect(silence).toBeLessThan(longestSilence);
});

/** Words that name one of them. */
const said = (words: string): string =>
  `${words} ${signatories[777]!.name} ${'đã được mời làm việc tại trụ sở '.repeat(500)}`.slice(0, 15_000);

it.each<[string, () => Promise<{ status: number; body: Json }>]>([
  ['a short request for help', () => clerk.post('/unit-requests', { type: 'question', title: 'Hỏi', content: `${petition.number} x` })],
  ['a long request for help', () => clerk.post('/unit-requests', { type: 'question', title: 'Hỏi', content: said(petition.number) })],
  ['a merge of cases', () => clerk.post(`/cases/${petition.caseId}/merges`, { caseId: other.caseId, reason: said('').slice(0, 900) })],
  [
    'a file of fifty rows',
    async () => {
      const rows = Array.from(
        { length: 50 },
        (_, index) => `Thanh tra thành phố,TT-${index},Vụ ${signatories[index]!.name},${petition.number},2026-05-04,sent,`,
      );
      const table = ['agency,reference,matter,petition_number,filed_on,stage,content', ...rows].join('\n');
      const taken = await clerk.upload('/superior-matters/imports', table, {}, 'vu-viec.csv');
      expect(taken.body).toMatchObject({ rows: 50, created: 50 });
      return clerk.get('/superior-matters?limit=200');
    },
  ],
  [
    'several at once',
    async () => {
      const order = { type: 'question', title: 'Hỏi', content: `${petition.number} x` };
      const answers = await Promise.all(Array.from({ length: 4 }, () => clerk.post('/unit-requests', order)));
      return answers.find(({ status }) => status !== 201) ?? answers[0]!;
    },
  ],
])('words about what a thousand people signed keep nobody waiting: %s', async (_what, act) => {
  const { silence, answer } = await silenceDuring(act);
  expect(JSON.stringify(answer.body)).not.toContain('Sương Mai');
  expect([200, 201]).toContain(answer.status);
  expect(silence).toBeLessThan(longestSilence);
});
