import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer, Client } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_PETITION_FILES: '5', TIEPDAN_PETITION_BYTES: '20000', TIEPDAN_UNIT_FILES: '9' } });
  clerk = await server.as('commune.clerk');
});
afterAll(async () => server.stop());

const aPdf = (size: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(size, `${size}`)]);
const aPetition = async (): Promise<string> => (await file(clerk, aComplaintAbout(await unitId(clerk, '00004')))).id;
const attach = (id: string, content: Buffer): Promise<Answer> => clerk.upload(`/petitions/${id}/attachments`, content, {}, 'a.pdf');
const codesOf = (answers: Answer[]): string[] => answers.filter(({ status }) => status === 413).map(({ body }) => body.errors[0].code);

it('a petition and a unit have no more files than they may, however many come at once, and their lists come in pages', async () => {
  const first = await aPetition();
  const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => attach(first, aPdf(100 + index))));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
  expect(codesOf(answers)).toEqual(Array<string>(7).fill('too_many_files'));
  expect(answers.find(({ status }) => status === 413)!.body.errors[0].detail).toContain('5 tệp');

  const path = `/petitions/${first}/attachments`;
  const seen: string[] = [];
  for (let next: string | null = `${path}?limit=2`; next;) {
    const { headers, body } = await clerk.get(next);
    seen.push(...body.items.map(({ id }: { id: string }) => id));
    next = body.nextCursor && `${path}?limit=2&cursor=${body.nextCursor}`;
    expect(Boolean(headers.get('link'))).toBe(next !== null);
  }
  expect(seen).toEqual((await must(200, clerk.get(path))).items.map(({ id }: { id: string }) => id));
  expect(new Set(seen).size).toBe(5);
  expect((await clerk.get(`${path}?cursor=x`)).status).toBe(422);

  // Bytes of one petition, and then files of the unit: four are left of nine.
  const second = await aPetition();
  expect((await attach(second, aPdf(15_000))).status).toBe(201);
  expect(codesOf([await attach(second, aPdf(15_001))])).toEqual(['too_many_bytes']);
  const third = await aPetition();
  const rest = await Promise.all(Array.from({ length: 5 }, (_, index) => attach(third, aPdf(200 + index))));
  expect(rest.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(codesOf(rest)).toEqual(['too_many_files', 'too_many_files']);
  expect(await server.sql('select files from attachment_usage where owner_id = $1', [third])).toEqual([{ files: 3 }]);
}, 120_000);
