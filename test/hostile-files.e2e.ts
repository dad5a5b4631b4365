import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessFixtures } from './support/access-fixtures.js';
import type { Answer, Client, Json } from './support/client.js';
import { externalRelation, honestWorkbook, type HostileFile, hostileFiles, wordDocument } from './support/hostile-files.js';
import type { Operation } from './support/openapi-bodies.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

/** An operation that takes a file. */
interface Upload {
  method: 'POST' | 'PUT';
  route: string;
  fields: Record<string, Json>;
  required: string[];
  permission: string;
  /** Whether the file is read here, and not only kept. */
  reads: boolean;
}

/** How long a broken file may take on a busy machine; most are refused in milliseconds. */
const patience = 45_000;
/** A job that reads a ledger waits for nobody, and nobody for it. */
const patienceWithJobs = 240_000;
/** What the server may take for all of it together, idle memory included. */
const mostMemory = 1_500;

let server: TestServer;
let uploads: Upload[];
let fixtures: AccessFixtures;
const table: string[][] = [];

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_ATTACHMENT_LIMIT: '104857600' } });
  fixtures = await AccessFixtures.at(server);
  const document = (await (await server.as()).get('/openapi.json')).body;
  uploads = Object.entries<Record<string, Operation>>(document.paths).flatMap(([route, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const schema = operation.requestBody?.content['multipart/form-data']?.schema;
      if (!schema) return [];
      return {
        method: method.toUpperCase() as Upload['method'],
        route,
        fields: schema.properties,
        required: schema.required,
        permission: operation['x-permission'] ?? '',
        reads: /import-refused|template-refused|\/imports$/.test(JSON.stringify([operation.responses, route])),
      };
    }),
  );
});
afterAll(async () => {
  if (process.env['HOSTILE_TABLE']) process.stderr.write(`${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
  await server.stop();
});

/** MiB of the server: now, and the most that it ever took. */
function memory(): { now: number; peak: number } {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
  const read = (name: string): number => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: read('VmRSS'), peak: read('VmHWM') };
}

/** The longest that anybody waited for the server while something went on. */
async function longestWait<T>(work: () => Promise<T>): Promise<{ result: T; wait: number }> {
  const anybody = await server.as();
  let [goesOn, wait] = [true, 0];
  const looking = (async () => {
    while (goesOn) {
      const start = Date.now();
      expect((await anybody.get('/health/live')).status).toBe(200);
      wait = Math.max(wait, Date.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const result = await work().finally(() => (goesOn = false));
  await looking;
  return { result, wait };
}

async function callerOf({ route, method, required, fields }: Upload): Promise<Client> {
  for (const name of ['commune.clerk', 'commune.leader', 'city.inspector', 'city.admin', 'commune.admin']) {
    const client = await server.as(name);
    const { status } = await client.upload(await fixtures.pathOf(route), 'x', formOf(required, fields, 'x.csv'), 'x.csv', method);
    if (status !== 403) return client;
  }
  throw new Error(`Nobody may ${method} ${route}`);
}

function formOf(required: string[], fields: Record<string, Json>, filename: string): Record<string, string> {
  const ending = filename.slice(filename.lastIndexOf('.') + 1);
  const form = Object.fromEntries(
    required.filter((name) => name !== 'file').map((name) => [name, String(fields[name].example ?? fields[name].enum?.[0])]),
  );
  const formats: string[] = fields.format?.enum ?? [];
  return {
    ...form,
    ...(formats.length > 0 && { format: formats.includes(ending) ? ending : 'xlsx' }),
    ...(fields.dryRun && { dryRun: 'true' }),
  };
}

/** What an import that runs in the background ended as. */
async function endOf(client: Client, { status, body }: Answer): Promise<string> {
  if (status !== 202) return '';
  const job = await until(async (): Promise<Json> => {
    const now = await must(200, client.get(`/jobs/${body.id}`));
    return !['queued', 'running'].includes(now.state) && now;
  }, patienceWithJobs / 1000);
  expect([job.state, job.error]).toEqual(['failed', expect.any(String)]);
  return `job ${job.state}: ${job.error}`;
}

it('every file that stops servers is refused by every upload in seconds, and nobody waits for it', async () => {
  expect(uploads.length).toBeGreaterThan(10);
  const files = hostileFiles();
  for (const upload of uploads) {
    const client = await callerOf(upload);
    for (const hostile of files) await refuses(upload, client, hostile);
  }
  expect(memory().peak).toBeLessThan(mostMemory);
}, 1_800_000);

async function refuses(upload: Upload, client: Client, { name, content }: HostileFile): Promise<void> {
  const { method, route, required, fields, reads } = upload;
  const path = await fixtures.pathOf(route);
  const before = memory();
  const start = Date.now();
  const { result, wait } = await longestWait(async () => {
    const answer = await client.upload(path, content, formOf(required, fields, name), name, method);
    return { answer, end: await endOf(client, answer) };
  });
  const took = Date.now() - start;
  const { status, body } = result.answer;
  const after = memory();
  const told = result.end || body.errors?.[0]?.detail || body.detail || body.mediaType;
  table.push([
    `${method} ${route}`,
    name,
    String(content.length),
    `${took} ms`,
    `${wait} ms`,
    `${before.now}/${after.now}/${after.peak}`,
    String(status),
    String(told).slice(0, 90),
  ]);
  const what = `${method} ${route} ${name}`;
  // What is only kept is kept as what it really is; a broken document is a document.
  const allowed = result.end ? [202] : reads ? [404, 409, 413, 415, 422] : [201, 200, 404, 409, 413, 415, 422];
  expect([what, allowed.includes(status), status, status < 300 ? '' : told]).toEqual([
    what,
    true,
    status,
    status < 300 ? '' : expect.any(String),
  ]);
  expect([what, took < (result.end ? patienceWithJobs : patience), wait < 10_000]).toEqual([what, true, true]);
}

describe('what is honest', () => {
  it('goes on being read after all of that', async () => {
    const clerk = await server.as('commune.clerk');
    const { id } = await file(clerk, aComplaintAbout(await unitId(clerk, '00004')));
    const answer = await clerk.upload(`/petitions/${id}/signatories/imports`, honestWorkbook, { format: 'xlsx' }, 'ds.xlsx');
    expect(answer).toMatchObject({ status: 200, body: { rows: 1 } });
    const leader = await server.as('commune.leader');
    const link = { 'word/_rels/document.xml.rels': externalRelation('hyperlink', 'https://tiepcongdan.example.vn/') };
    const template = await leader.upload('/document-templates/guidance_slip', wordDocument(['Số {number}'], link), {}, 'mẫu.docx', 'PUT');
    expect(template).toMatchObject({ status: 200, body: { placeholders: ['number'] } });
  });
});

describe('a template', () => {
  const put = async (content: Buffer): Promise<Answer> =>
    (await server.as('commune.leader')).upload('/document-templates/guidance_slip', content, {}, 'mẫu.docx', 'PUT');
  const field = (code: string): string =>
    `</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>${code.slice(0, 2)}</w:instrText></w:r><w:r><w:instrText>${code.slice(2)}</w:instrText><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>`;
  it.each([
    ['markup as a value', wordDocument(['Về việc {@summary}']), 'raw_placeholder'],
    ['what every object has', wordDocument(['{constructor} {toString} {__proto__} {hasOwnProperty}']), 'unknown_placeholder'],
    ['a list of what every object has', wordDocument(['{#constructor}{name}{/constructor}']), 'unknown_placeholder'],
    ['other braces', wordDocument(['{=[[ ]]=}[[evil]]']), 'unknown_placeholder'],
    ['macros', wordDocument(['{number}'], { 'word/vbaProject.bin': 'x' }), 'macro'],
    ['ActiveX', wordDocument(['{number}'], { 'word/activeX/activeX1.xml': '<x/>' }), 'foreign_part'],
    ['an embedded object', wordDocument(['{number}'], { 'word/embeddings/x.docx': 'x' }), 'foreign_part'],
    ['a chunk of another format', wordDocument(['</w:t></w:r></w:p><w:altChunk/><w:p><w:r><w:t>']), 'foreign_part'],
    [
      'an attached template',
      wordDocument(['{number}'], { 'word/_rels/settings.xml.rels': externalRelation('attachedTemplate', 'file:///C:/x.dotm') }),
      'external_reference',
    ],
    [
      'a remote picture',
      wordDocument(['{number}'], { 'word/_rels/document.xml.rels': externalRelation('image', 'http://127.0.0.1:9/x.png') }),
      'external_reference',
    ],
    [
      'a link that runs something',
      wordDocument(['{number}'], { 'word/_rels/document.xml.rels': externalRelation('hyperlink', 'javascript:alert(1)') }),
      'external_reference',
    ],
    ['a field that runs something, in two runs', wordDocument([field('DDEAUTO c:\\\\windows\\\\cmd.exe')]), 'foreign_field'],
    ['a field that takes in a file', wordDocument([field('INCLUDETEXT "http://127.0.0.1:9/x"')]), 'foreign_field'],
  ])('with %s is refused', async (_what, content, code) => {
    const answer = await put(content);
    expect([answer.status, answer.body.type]).toEqual([422, '/api/v1/problems/template-refused']);
    expect(answer.body.errors.map((error: Json) => error.code)).toContain(code);
  });
});
