import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import PizZip from 'pizzip';
import { AccessFixtures } from './support/access-fixtures.js';
import { type Canary, canaryOf, Search, sentenceOf, withCanary } from './support/canaries.js';
import type { Client, Json } from './support/client.js';
import { bodyFor, type Operation } from './support/openapi-bodies.js';
import { anOffice, daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, classify, file, unitId } from './support/stories.js';
import { until } from './support/until.js';
import { wordsAboutDenunciations } from './support/words-of-officials.js';

/*
 * She books an appointment, takes a ticket, is received, complains, hands in a letter, signs with others; officials write about it wherever they
 * can. Then it turns out that she denounces. From that moment on nobody who may not know who she is finds her in any answer, any row, the record,
 * the feed, a message, a line of the log or a file that opens without a reason.
 */
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const routes = Object.entries<Json>(document.paths).flatMap(([route, operations]) =>
  Object.entries<Operation>(operations).map(([method, operation]) => ({ route, method: method.toUpperCase(), operation })),
);
const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'];
const places = ['commune', 'district', 'city'];
const reason = { reason: 'Làm việc với người tố cáo để xác minh' };

let server: TestServer;
let receiver: http.Server;
let folder: string;
let clerk: Client;
let leader: Client;
let unit: string;
let main: Json;
let search: Search;
const messages: string[] = [];
const secretIds: string[] = [];
const people: Canary[] = [];
const she = canaryOf(0);
const counted: Record<string, number> = {};

beforeAll(async () => {
  receiver = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      messages.push(body + JSON.stringify(request.headers));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-journey-'));
  server = await startServer({
    env: { TIEPDAN_ATTACHMENT_DIR: folder, TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1', TIEPDAN_WEBHOOK_ATTEMPTS: '1', LOG_LEVEL: 'trace' },
  });
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  unit = await unitId(clerk, '00004');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await must(201, (await server.as('city.admin')).post('/webhooks', { url, includeSubordinates: true }));

  main = await throughTheOffice(she);
  people.push(she);
  secretIds.push(main.id);
  await asComplaints();
  for (const id of secretIds) await must(200, turn(id));
  const steps = routes.filter(isStep);
  const denounced = await wordsAboutDenunciations(server, { document, steps, unit, from: 50 });
  people.push(...denounced.people);
  secretIds.push(...denounced.ids);
  counted['steps'] = steps.length;
  counted['stepsTakenAfterwards'] = denounced.taken.length;
  search = new Search(people);
});
afterAll(async () => {
  await server.stop();
  receiver.close();
  await rm(folder, { recursive: true, force: true });
});

/** The complaint turns out to be a denunciation of an official of the unit. */
function turn(id: string): Promise<{ status: number; body: Json }> {
  const respondent = { type: 'official', unitId: unit, position: 'official' };
  return clerk.put(
    `/petitions/${id}/classification`,
    { kind: 'denunciation', respondent, reason: 'Có nội dung tố cáo' },
    { 'if-match': '*' },
  );
}

/** From the appointment to the complaint, with papers, files, relation, signatories, another visit and a gathering. */
async function throughTheOffice(canary: Canary): Promise<Json> {
  const words = (): string => sentenceOf(canary);
  const office = await anOffice(clerk);
  const [session] = await server.sql<{ id: string }>(
    `insert into reception_session (unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at, slot_minutes)
     values ($1, $2, 'regular', $3, $3, '00:00', '23:59', 1) returning id`,
    [office.unit.id, office.id, daysAhead(0)],
  );
  await server.sql(`insert into reception_slot (session_id, starts_at, places) values ($1, '23:58', 3)`, [session!.id]);
  const booking = { slotAt: '23:58', kind: 'complaint', matter: words(), ...canary };
  const appointment = await must(201, clerk.post(`/reception-sessions/${session!.id}/appointments`, booking));
  await must(
    201,
    clerk.post(`/reception-appointments/${appointment.id}/documents`, {
      signerTitle: 'Công chức',
      signerName: 'Nguyễn Thị Hoà',
      recipients: [words()],
    }),
  );
  const ticket = await must(201, clerk.post(`/reception-appointments/${appointment.id}/arrival`));
  const visit = {
    officeId: office.id,
    kind: 'complaint',
    visitors: [{ capacity: 'self', ...canary, birthYear: 1966 }],
    matter: words(),
    content: words(),
    earlierResolver: words(),
    papers: [{ name: words(), copies: 1, original: true }],
    receiverName: 'Nguyễn Thị Hoà',
  };
  const entered = await must(201, clerk.post('/reception-visits', { ...visit, ticketId: ticket.id }));
  await must(200, clerk.put(`/reception-visits/${entered.id}`, { ...visit, officeId: undefined, reason: words() }, { 'if-match': '*' }));
  const petition = { respondent: { type: 'agency', unitId: unit }, content: words() };
  const ended = await must(
    200,
    clerk.post(`/reception-visits/${entered.id}/conclusion`, { result: 'petition_opened', note: words(), petition }, { 'if-match': '*' }),
  );
  const id = ended.petition.id as string;
  for (const paper of ['receipt', 'reception_minutes'])
    await must(
      201,
      clerk.post(`/reception-visits/${entered.id}/documents`, {
        paper,
        signerTitle: 'Công chức',
        signerName: 'Nguyễn Thị Hoà',
        gist: words(),
        recipients: [words()],
      }),
    );
  await must(
    201,
    clerk.post('/documents', {
      paper: 'receipt',
      petitionId: id,
      signerTitle: 'Công chức',
      signerName: 'Nguyễn Thị Hoà',
      recipients: [words()],
      fields: { papers: [{ name: words(), copies: '01' }] },
    }),
  );
  await must(
    201,
    clerk.upload(
      `/petitions/${id}/attachments`,
      Buffer.from(`%PDF-1.4\n% ${words()}\n%%EOF\n`),
      { purpose: 'petition' },
      `đơn của ${canary.name}.pdf`,
    ),
  );
  await must(201, clerk.post('/reception-visits', { ...visit, kind: 'reflection', petitionId: id }));
  const signatories = [{ name: canary.name, nationalId: canary.nationalId, address: canary.address }, { name: canaryOf(1).name }];
  await must(200, clerk.put(`/petitions/${id}/signatories`, { signatories }, { 'if-match': '*' }));
  people.push(canaryOf(1));
  const group = { placeType: 'own_office', place: words(), persons: 6, kind: 'complaint', matter: words(), petitionId: id };
  const incident = await must(
    201,
    clerk.post('/reception-incidents', { ...group, representatives: [{ capacity: 'representative', ...canary }], originUnitId: unit }),
  );
  await must(201, clerk.post(`/reception-incidents/${incident.id}/entries`, { type: 'progress', content: words(), who: words() }));
  const earlier = await file(clerk, aComplaintAbout(unit));
  await must(
    201,
    clerk.post(`/petitions/${id}/links`, { petitionId: earlier.id, relation: 'repeats', reason: words() }, { 'if-match': '*' }),
  );
  return (await clerk.get(`/petitions/${id}`)).body;
}

/** Something done to a petition with a body in which officials may write. */
function isStep({ route, method, operation }: (typeof routes)[number]): boolean {
  return /^\/api\/v1\/petitions\/\{id\}\//.test(route) && method !== 'GET' && Boolean(operation.requestBody?.content['application/json']);
}

/** One complaint for each step that there is: officials name her in every text of it. What can still be classified turns out to be a denunciation. */
async function asComplaints(): Promise<void> {
  let index = 10;
  for (const { route, method, operation } of routes.filter((one) => isStep(one) && !/classification|\{(?!id)/.test(one.route))) {
    const canary = canaryOf(index++);
    const parties = [{ role: 'petitioner', type: 'person', ...canary, birthYear: 1966 }];
    const words = sentenceOf(canary);
    const petition = await classify(
      clerk,
      await file(clerk, aComplaintAbout(unit, { parties, summary: words, content: `${words} ${route}` })),
    );
    const schema = Object.values(operation.requestBody!.content)[0]!;
    const [example] = Object.values(schema.examples ?? {});
    const body = withCanary(document, schema.schema, example?.value ?? {}, canary);
    let taken = false;
    for (const name of ['commune.clerk', 'commune.leader', 'commune.handler']) {
      const { status } = await bodyFor(document, operation, body).send(await server.as(name), method, route.replace('{id}', petition.id));
      taken = status < 300;
      if (taken) break;
    }
    if (taken) counted['stepsTaken'] = (counted['stepsTaken'] ?? 0) + 1;
    if ((await turn(petition.id)).status !== 200) continue;
    people.push(canary);
    secretIds.push(petition.id);
  }
}

const readers = (): Promise<Client[]> => Promise.all(places.flatMap((place) => roles.map((role) => server.as(`${place}.${role}`))));

it('no answer to anybody who reads names her: every GET, every role, every level', async () => {
  const ids = await idsByResource();
  const fixtures = await AccessFixtures.at(server);
  const told: string[] = [];
  const [known] = await Promise.all([readers()]);
  for (const { route, operation } of routes.filter(({ method }) => method === 'GET')) {
    if (/board\/events|\/docs|openapi/.test(route)) continue;
    const resource = route.split('/')[3]!;
    const addresses = !route.includes('{')
      ? [route]
      : ids[resource] && !/\{(?!id\})/.test(route)
        ? ids[resource].map((id) => route.replace('{id}', id))
        : [await fixtures.pathOf(route)];
    for (const [at, address] of addresses.entries()) {
      // All of them for what hangs on the main one; for the others those who read most.
      const asking = at < 3 ? known : known.filter((_client, index) => [0, 1, 4, 18].includes(index));
      const full = withQuery(address, operation);
      const answers = await Promise.all(asking.map((client) => client.get(full)));
      for (const { body, headers } of answers) {
        const found = search.told((typeof body === 'string' ? body : JSON.stringify(body)) + JSON.stringify([...headers]));
        if (found) told.push(`${address} tells ${found}`);
      }
    }
  }
  expect([...new Set(told)]).toEqual([]);
  expect(search.answers).toBeGreaterThan(2000);
  expect(counted['stepsTakenAfterwards']).toBeGreaterThan(20);
  process.stdout.write(
    `${people.length} people, of ${counted['steps']} steps ${counted['stepsTaken']} taken while it was a complaint, ${counted['stepsTakenAfterwards']} as a denunciation: ${search.answers} answers, ${search.bytes} bytes searched\n`,
  );
}, 900_000);

it('nor does a search for her, in whatever list', async () => {
  const told: string[] = [];
  for (const client of await readers())
    for (const { route } of routes.filter(
      ({ method, route, operation }) => method === 'GET' && !route.includes('{') && takes(operation, 'q'),
    )) {
      const { status, body } = await client.get(`${route}?q=${encodeURIComponent(she.name)}`);
      if (
        status === 200 &&
        (search.told(JSON.stringify(body)) ||
          body.items?.some(({ id, petitionId }: Json) => secretIds.includes(id) || secretIds.includes(petitionId)))
      )
        told.push(route);
    }
  expect(told).toEqual([]);
});

it('no row of any table names her, but sealed', async () => {
  const tables = await server.sql<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema')`,
  );
  const told: string[] = [];
  let [rows, bytes] = [0, 0];
  // Why somebody looked at something stands in the record as it was said, and nothing there is changed; who is secret by then is taken out before.
  const looks = (name: string): string => (name === 'public.audit_record' ? `where operation <> 'read'` : '');
  for (const { name } of tables)
    for (const { row } of await server.sql<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t ${looks(name)}`)) {
      rows++;
      bytes += Buffer.byteLength(row);
      const found = search.told(row);
      if (found) told.push(`${name} tells ${found}: ${columnsThatTell(JSON.parse(row)).join(', ')}`);
    }
  expect([...new Set(told)]).toEqual([]);
  process.stdout.write(`${tables.length} tables, ${rows} rows, ${bytes} bytes searched\n`);
});

it('neither the log nor a message to another system names her', async () => {
  await until(() => messages.length > 20);
  expect(messages.map((message) => search.told(message)).filter(Boolean)).toEqual([]);
  expect(search.told(server.output())).toBeNull();
  process.stdout.write(`${messages.length} messages and ${server.output().length} characters of the log searched\n`);
});

it('a file on the disk that names her is one that opens by a reveal alone', async () => {
  const guarded = await server.sql<{ sha256: string }>(
    `select sha256 from attachment a join petition p on p.id = a.petition_id where p.identity_secret
     union select d.sha256 from document d left join petition p on p.id = d.petition_id left join reception_visit v on v.id = d.visit_id
       left join reception_appointment a on a.id = d.appointment_id
     where not d.withheld and (p.identity_secret or v.identity_secret or a.identity_secret)`,
  );
  const known = guarded.map(({ sha256 }) => sha256);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const telling: string[] = [];
  let bytes = 0;
  for (const { parentPath, name } of files) {
    const content = readFileSync(path.join(parentPath, name));
    const text = content.subarray(0, 2).toString() === 'PK' ? inflated(content) : content.toString('utf8');
    bytes += text.length;
    if (search.told(text)) telling.push(name);
  }
  expect(telling.filter((name) => !known.some((sha256) => name.includes(sha256)))).toEqual([]);
  expect(telling.length).toBeGreaterThanOrEqual(4);
  for (const name of ['commune.handler', 'commune.inspector', 'city.inspector', 'city.leader', 'commune.clerk']) {
    const reader = await server.as(name);
    for (const { id } of await server.sql<{ id: string }>('select id from document where petition_id = $1 and not withheld', [main.id]))
      expect([name, (await reader.get(`/documents/${id}/file`)).status]).toEqual([name, 403]);
  }
  process.stdout.write(`${files.length} files, ${bytes} characters searched; ${telling.length} name her and are guarded\n`);
});

it('and the leader who decides is shown all of it, for a reason', async () => {
  const { status, body } = await leader.post(`/petitions/${main.id}/identity/reveals`, reason);
  expect([status, body.parties[0].name]).toEqual([201, she.name]);
  const { body: files } = await leader.get(`/petitions/${main.id}/attachments`);
  const { body: opened } = await leader.post(`/attachments/${files.items[0].id}/reveals`, reason);
  expect(search.told((await leader.download(opened.content)).toString('utf8'))).not.toBeNull();
});

/** Ids of what there is of each kind, what hangs on the main petition first. */
async function idsByResource(): Promise<Record<string, string[]>> {
  const of = async (statement: string): Promise<string[]> => (await server.sql<{ id: string }>(statement)).map(({ id }) => id);
  return {
    petitions: secretIds,
    cases: await of(`select distinct case_id as id from petition where identity_secret limit 5`),
    'reception-visits': await of('select id from reception_visit where identity_secret order by created_at limit 5'),
    'reception-appointments': await of('select id from reception_appointment where identity_secret limit 3'),
    'reception-incidents': await of('select id from reception_incident limit 3'),
    'reception-sessions': await of('select id from reception_session limit 3'),
    'reception-offices': await of('select id from reception_office limit 2'),
    documents: (await of('select id from document where withheld limit 5')).concat(
      await of('select id from document where not withheld limit 5'),
    ),
    attachments: await of('select id from attachment limit 5'),
    transfers: await of('select id from transfer limit 5'),
    persons: await of('select id from person order by id desc limit 5'),
  };
}

function withQuery(address: string, operation: Operation): string {
  const query = (operation.parameters ?? []).filter(
    ({ in: where, required, name }) => where === 'query' && (required === true || name === 'limit'),
  );
  const values = query.map(({ name, schema, example }) => [
    name,
    name === 'limit' ? String(schema?.maximum ?? 200) : String(example ?? schema?.example ?? ''),
  ]);
  return values.length === 0 || address.includes('?')
    ? address
    : `${address}?${new URLSearchParams(values as [string, string][]).toString()}`;
}

function takes(operation: Operation, parameter: string): boolean {
  return (operation.parameters ?? []).some(({ name }) => name === parameter);
}

function columnsThatTell(row: Json): string[] {
  const looking = new Search(people);
  return Object.entries(row).flatMap(([name, value]) => (looking.told(JSON.stringify(value)) ? [name] : []));
}

function inflated(content: Buffer): string {
  const zip = new PizZip(content);
  return Object.values(zip.files)
    .filter(({ dir }) => !dir)
    .map((entry) => entry.asText().replaceAll(/<[^<>]*>/g, ''))
    .join('\n');
}
