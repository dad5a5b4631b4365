import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId } from './support/stories.js';

/** Who denounced, in every test here: nobody finds out by trying out names. */
const author = { role: 'petitioner', type: 'person', name: 'Quách Thị Sương Mai', nationalId: '001177000777', phone: '0977700077' };
const mark = '[người tố cáo]';

let server: TestServer;
let clerk: Client;
let leader: Client;
let unit: string;
let petition: Json;
let other: Json;

beforeAll(async () => {
  server = await startServer();
  [clerk, leader] = await Promise.all([server.as('commune.clerk'), server.as('commune.leader')]);
  unit = await unitId(clerk, '00004');
  petition = await classify(clerk, await file(clerk, aDenunciationOf(unit, 'official', { parties: [author] })));
  other = await file(clerk, aDenunciationOf(unit, 'official', { parties: [author] }));
});
afterAll(() => server.stop());

describe('whoever tries out names', () => {
  const evaluation = (forwardedBy: string) => ({
    kind: 'complaint',
    subject: 'administrative',
    filedOn: '2026-05-11',
    filedAtUnitId: unit,
    respondent: { type: 'agency', unitId: unit },
    forwardedBy,
  });

  it.each(['commune.leader', 'commune.admin', 'city.admin', 'city.analyst', 'district.handler'])(
    '%s hears back what he said where nothing is stored, whatever number stands beside it',
    async (name) => {
      const guesser = await server.as(name);
      const said = 'Trần Văn Nam; Quách Thị Sương Mai; 0977700077';
      for (const header of [{}, { 'doubtful-words': 'take-out' }] as Record<string, string>[]) {
        const { body } = await guesser.post(`/rules/evaluations?x=${petition.number}`, evaluation(said), header);
        expect(JSON.stringify(body)).not.toContain(mark);
      }
    },
  );

  it('hears back what he filed, whatever number stands within his words', async () => {
    const said = `Về đơn ${petition.number} của bà Quách Thị Sương Mai`;
    const filed = await file(await server.as('city.clerk'), aReflectionOn(unit, { content: said, forwardedBy: said }));
    expect((await (await server.as('city.clerk')).get(`/petitions/${filed.id}`)).body.forwardedBy).toBe(said);
  });

  it('is on the record of the petition where he may write, when words were taken out', async () => {
    const notes = () =>
      server.sql(`select from audit_record where object_type = 'words_taken_out' and petition_id = any ($1)`, [[petition.id, other.id]]);
    const before = await notes();
    await must(
      201,
      clerk.post(`/petitions/${petition.id}/links`, { petitionId: other.id, relation: 'repeats', reason: 'Bà Quách Thị Sương Mai nhắc' }),
    );
    // Of both that the request names: nobody knows which of them was guessed at.
    expect(await notes()).toHaveLength(before.length + 2);
  });

  it('is told nothing by the repetition of a request that has an id within its words', async () => {
    const stranger = await server.as('city.clerk');
    for (const who of ['Nguyễn Văn Không', 'Quách Thị Sương Mai']) {
      const headers = { 'idempotency-key': `thu-${who.length}` };
      const order = aReflectionOn(unit, { content: `x ${petition.id} ${who}` });
      const first = await stranger.post('/petitions', order, headers);
      const second = await stranger.post('/petitions', order, headers);
      expect([who, first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([who, 201, 201, 'true']);
    }
  });

  it('cannot hold the service up with words that no field takes', async () => {
    const begun = performance.now();
    const { status } = await clerk.post(`/petitions/${petition.id}/links`, {
      petitionId: other.id,
      relation: 'repeats',
      reason: 'a@'.repeat(300_000),
    });
    expect(status).toBe(422);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

it('the reason for which a complaint becomes a denunciation loses its author, too', async () => {
  const complaint = await classify(clerk, await file(clerk, aComplaintAbout(unit, { parties: [author] })));
  const respondent = { type: 'official', unitId: unit, position: 'official' };
  await classify(clerk, complaint, { kind: 'denunciation', respondent, reason: 'Bà Quách Thị Sương Mai, 0977700077, nay tố cáo' });
  const history = await leader.get(`/petitions/${complaint.id}/history`);
  expect(JSON.stringify(history.body)).toContain(mark);
  expect(JSON.stringify(history.body)).not.toMatch(/Sương Mai|0977700077/);
  expect(history.body.intact).toBe(true);
});
