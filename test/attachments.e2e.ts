import { createHash } from 'node:crypto';
import { readdirSync, utimesSync } from 'node:fs';
import { once } from 'node:events';
import { Agent, createServer as createHttpServer, request } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { type AddressInfo, connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

const aPng = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from('0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082', 'hex'),
]);
const aPdf = (size: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(size, 'x'), Buffer.from('\n%%EOF\n')]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-attachments-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every file below a folder. */
function filesIn(where: string): string[] {
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('on disk', () => {
  let server: TestServer;
  let clerk: Client;
  let petition: Json;
  let baDinh: string;

  beforeAll(async () => {
    server = await startServer({ env: { TIEPDAN_ATTACHMENT_DIR: path.join(folder, 'disk'), TIEPDAN_ATTACHMENT_LIMIT: '200000' } });
    clerk = await server.as('commune.clerk');
    baDinh = await unitId(clerk, '00004');
    petition = await file(clerk, aComplaintAbout(baDinh));
  });
  afterAll(() => server.stop());

  const attach = (content: Buffer, name = 'đơn khiếu nại.pdf', fields: Record<string, string> = {}) =>
    clerk.upload(`/petitions/${petition.id}/attachments`, content, fields, name);

  it('a file is stored under its SHA-256, once, and found at the petition', async () => {
    const content = aPdf(1000);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const first = await attach(content, '../../đơn khiếu nại.pdf', { purpose: 'petition' });
    expect(first).toMatchObject({
      status: 201,
      body: { filename: 'đơn khiếu nại.pdf', mediaType: 'application/pdf', size: content.length, sha256, scan: 'not_configured' },
    });
    const again = await attach(content, 'bản sao.pdf', { purpose: 'evidence' });
    expect(again.body).toMatchObject({ sha256, purpose: 'evidence' });
    expect(filesIn(path.join(folder, 'disk')).filter((name) => name === sha256)).toHaveLength(1);
    expect((await clerk.get(`/petitions/${petition.id}/attachments`)).body.items).toHaveLength(2);
  });

  it('ten uploads of one content at once are stored once', async () => {
    const content = aPdf(5000);
    const answers = await Promise.all(Array.from({ length: 10 }, () => attach(content)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await server.sql('select size from blob where sha256 = $1', [answers[0]!.body.sha256])).toHaveLength(1);
  });

  it('is downloaded whole or in a range, as a file that nothing runs', async () => {
    const { body } = await attach(aPng, 'ảnh hiện trường.png');
    const whole = await clerk.fetch(body.content);
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(aPng)).toBe(true);
    expect(whole.headers.get('content-disposition')).toBe(
      `attachment; filename="anh hien truong.png"; filename*=UTF-8''${encodeURIComponent('ảnh hiện trường.png')}`,
    );
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    expect(whole.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    const part = await clerk.fetch(body.content, { range: 'bytes=1-3' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'PNG', `bytes 1-3/${aPng.length}`]);
    const tail = await clerk.fetch(body.content, { range: 'bytes=-4' });
    expect([tail.status, tail.headers.get('content-length')]).toEqual([206, '4']);
    expect((await clerk.fetch(body.content, { range: 'bytes=5000-' })).status).toBe(416);
    expect((await clerk.fetch(body.content, { 'if-none-match': `"${body.sha256}"` })).status).toBe(304);
  });

  it.each([
    ['what is no allowed type, whatever its name', Buffer.from('MZ\u0090\0 a program'), 'hop-dong.pdf', 415, 'file_type'],
    ['a page with a script', Buffer.from('<!doctype html><script>alert(1)</script>'), 'trang.pdf', 415, 'file_type'],
    ['what is too large', aPdf(300_000), 'lớn.pdf', 413, 'too_large'],
    ['an empty file', Buffer.alloc(0), 'rỗng.pdf', 422, 'empty'],
  ])('%s is refused, and nothing is left of it', async (_what, content, name, status, code) => {
    const before = filesIn(path.join(folder, 'disk')).length;
    expect(await attach(content, name)).toMatchObject({ status, body: { errors: [{ pointer: '/file', code }] } });
    expect(filesIn(path.join(folder, 'disk'))).toHaveLength(before);
  });

  it('a connection goes on after an upload on it was refused half-way', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { hostname, port } = new URL(server.url);
    const call = (method: string, target: string, body: Buffer, type: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${clerk.token}`, 'content-type': type, 'content-length': body.length };
        const sent = request({ agent, hostname, port, method, path: `/api/v1${target}`, headers }, (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
        });
        sent.on('error', reject).end(body);
      });
    // More than the buffers between client and server hold.
    const content = Buffer.concat([aPdf(40), Buffer.alloc(8_000_000, 'x')]);
    const head = Buffer.from(
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n',
    );
    const body = Buffer.concat([head, content, Buffer.from('\r\n--b--\r\n')]);
    for (let round = 0; round < 3; round++) {
      expect(await call('POST', `/petitions/${petition.id}/attachments`, body, 'multipart/form-data; boundary=b')).toBe(413);
      expect(await call('GET', '/auth/me', Buffer.alloc(0), 'application/json')).toBe(200);
    }
    agent.destroy();
  });

  it('an upload that breaks off leaves nothing behind', async () => {
    const before = filesIn(path.join(folder, 'disk')).length;
    const rows = await server.sql('select sha256 from blob');
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.4\n`;
    socket.write(
      `POST /api/v1/petitions/${petition.id}/attachments HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${clerk.token}\r\n` +
        `content-type: multipart/form-data; boundary=b\r\ncontent-length: 100000\r\n\r\n${head}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.write('x'.repeat(2000));
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    await until(() => filesIn(path.join(folder, 'disk')).length === before);
    expect(await server.sql('select sha256 from blob')).toHaveLength(rows.length);
  });

  it('another unit attaches nothing, and leaves nothing', async () => {
    const before = filesIn(path.join(folder, 'disk')).length;
    const district = await server.as('district.clerk');
    expect((await district.upload(`/petitions/${petition.id}/attachments`, aPdf(700), {}, 'a.pdf')).status).toBe(404);
    const city = await server.as('city.leader');
    expect((await city.upload(`/petitions/${petition.id}/attachments`, aPdf(701), {}, 'a.pdf')).status).toBe(403);
    expect(filesIn(path.join(folder, 'disk'))).toHaveLength(before);
  });

  it('files of a denunciation are read for a reason, only where it lies', async () => {
    const denunciation = await file(clerk, aDenunciationOf(baDinh, 'official'));
    const { body } = await clerk.upload(`/petitions/${denunciation.id}/attachments`, aPdf(900), {}, 'đơn của Hoà.pdf');
    expect((await clerk.fetch(body.content)).status).toBe(403);
    const reveal = (by: Client) => by.post(`/attachments/${body.id}/reveals`, { reason: 'Kiểm tra tệp vừa đính kèm' });
    expect((await clerk.fetch((await reveal(clerk)).body.content)).status).toBe(200);
    const leader = await server.as('city.leader');
    expect((await leader.fetch(body.content)).status).toBe(403);
    expect((await reveal(leader)).status).toBe(403);
    expect((await leader.get(`/petitions/${denunciation.id}/attachments`)).body.items).toMatchObject([{ filename: 'tep.pdf' }]);
  });
});

describe('in S3', () => {
  it('a file is stored, read in ranges, whole again when it was lost, and gone when it is refused or nobody names it', async () => {
    const s3 = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: path.join(folder, 's3'),
      configureBuckets: [{ name: 'tiepdan', configs: [] }],
    });
    await s3.configureBuckets();
    const answerAsS3 = s3.callback();
    let isFull = false;
    let isSilent = false;
    // Node writes the machine's time into answers, and the client of S3 would sign by that clock from then on.
    const bucket = createHttpServer((received, response) => {
      response.setHeader('date', new Date().toUTCString());
      if (isSilent) return;
      if (isFull && received.method === 'PUT') {
        received.resume();
        response.writeHead(507, { 'content-type': 'application/xml' });
        response.end('<?xml version="1.0"?><Error><Code>XMinioStorageFull</Code><Message>Full</Message></Error>');
        return;
      }
      answerAsS3(received, response);
    }).listen(0, '127.0.0.1');
    await once(bucket, 'listening');
    const { port } = bucket.address() as AddressInfo;
    const server = await startServer({
      env: {
        TIEPDAN_ATTACHMENT_DIR: path.join(folder, 'passing'),
        TIEPDAN_S3_BUCKET: 'tiepdan',
        TIEPDAN_S3_ENDPOINT: `http://127.0.0.1:${port}`,
        TIEPDAN_S3_ACCESS_KEY_ID: 'S3RVER',
        TIEPDAN_S3_SECRET_ACCESS_KEY: 'S3RVER',
      },
    });
    try {
      const clerk = await server.as('commune.clerk');
      const petition = await file(clerk, aComplaintAbout(await unitId(clerk, '00004')));
      const { status, body } = await clerk.upload(`/petitions/${petition.id}/attachments`, aPng, {}, 'ảnh.png');
      expect(status).toBe(201);
      expect(await (await clerk.fetch(body.content, { range: 'bytes=1-3' })).text()).toBe('PNG');
      expect(Buffer.from(await (await clerk.fetch(body.content)).arrayBuffer()).equals(aPng)).toBe(true);
      expect(filesIn(path.join(folder, 's3')).filter((name) => name.startsWith(body.sha256))).not.toEqual([]);
      const leader = await server.as('city.leader');
      const refused = await leader.upload(`/petitions/${petition.id}/attachments`, aPdf(333), {}, 'a.pdf');
      expect(refused.status).toBe(403);
      const stored = filesIn(path.join(folder, 's3')).filter((name) => /^[0-9a-f]{64}/.test(name) && !name.startsWith(body.sha256));
      expect(stored).toEqual([]);

      isFull = true;
      const noRoom = await clerk.upload(`/petitions/${petition.id}/attachments`, aPdf(444), {}, 'a.pdf');
      expect(noRoom).toMatchObject({ status: 507, body: { type: '/api/v1/problems/insufficient-storage' } });
      isFull = false;

      // Away: nobody waits for long, and nothing is a fault of the product.
      const away = { status: 503, body: { type: '/api/v1/problems/service-unavailable' } };
      isSilent = true;
      const begun = performance.now();
      const [unsent, unread] = await Promise.all([
        clerk.upload(`/petitions/${petition.id}/attachments`, aPdf(555), {}, 'a.pdf'),
        clerk.get(body.content),
      ]);
      expect([unsent, unread]).toMatchObject([away, away]);
      expect(unsent.headers.get('retry-after')).toBe('5');
      expect(performance.now() - begun).toBeLessThan(45_000);
      isSilent = false;
      bucket.closeAllConnections();
      const back = await clerk.upload(`/petitions/${petition.id}/attachments`, aPdf(555), {}, 'a.pdf');
      expect(back.status).toBe(201);

      // Lost in the bucket, or cut off there: sent again it is whole.
      const objects = new S3Client({
        endpoint: `http://127.0.0.1:${port}`,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
      });
      const place = { Bucket: 'tiepdan', Key: body.sha256 as string };
      for (const harm of [new DeleteObjectCommand(place), new PutObjectCommand({ ...place, Body: 'PNG' })]) {
        await objects.send(harm);
        expect((await clerk.upload(`/petitions/${petition.id}/attachments`, aPng, {}, 'ảnh.png')).status).toBe(201);
        expect((await clerk.download(body.content)).equals(aPng)).toBe(true);
      }

      // What nobody names is swept, whatever else lies in the bucket.
      const orphan = 'ab'.repeat(32);
      for (const Key of [orphan, 'a-note.txt', 'zzz']) await objects.send(new PutObjectCommand({ Bucket: 'tiepdan', Key, Body: 'x' }));
      const lying = path.join(folder, 's3', 'tiepdan');
      for (const name of readdirSync(lying).filter((name) => name.startsWith(orphan))) utimesSync(path.join(lying, name), 1e9, 1e9);
      await server.sql(`select graphile_worker.add_job('files_sweep', job_key => 'sweep')`);
      await until(async () => (await server.sql(`select from graphile_worker.jobs where key = 'sweep'`)).length === 0);
      const { Contents: left = [] } = await objects.send(new ListObjectsV2Command({ Bucket: 'tiepdan' }));
      expect(left.map(({ Key }) => Key).sort()).toEqual([body.sha256, back.body.sha256, 'a-note.txt', 'zzz'].sort());
      objects.destroy();
      expect(filesIn(path.join(folder, 'passing'))).toEqual([]);
    } finally {
      isSilent = false;
      bucket.closeAllConnections();
      await server.stop();
      bucket.close();
    }
  }, 120_000);
});

describe('with a virus scanner', () => {
  /** Speaks clamd's INSTREAM: finds a virus where the text EICAR stands. */
  function aScanner(): Server {
    return createServer((socket: Socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        const all = Buffer.concat(chunks);
        if (!all.subarray(-4).equals(Buffer.alloc(4))) return;
        socket.end(all.includes('EICAR') ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0');
      });
      socket.on('error', () => undefined);
    });
  }

  it('infected files are refused, clean ones stored, and none while it is silent', async () => {
    const scanner = aScanner();
    await new Promise<void>((resolve) => scanner.listen(0, '127.0.0.1', resolve));
    const server = await startServer({
      env: { TIEPDAN_ATTACHMENT_DIR: path.join(folder, 'scanned'), TIEPDAN_CLAMD: `127.0.0.1:${(scanner.address() as AddressInfo).port}` },
    });
    try {
      const clerk = await server.as('commune.clerk');
      const petition = await file(clerk, aComplaintAbout(await unitId(clerk, '00004')));
      const attach = (content: Buffer) => clerk.upload(`/petitions/${petition.id}/attachments`, content, {}, 'a.pdf');
      expect(await attach(aPdf(150_000))).toMatchObject({ status: 201, body: { scan: 'clean' } });
      const infected = await attach(Buffer.concat([aPdf(10), Buffer.from('EICAR')]));
      expect(infected).toMatchObject({ status: 422, body: { type: '/api/v1/problems/infected-file' } });
      expect(infected.body.detail).toContain('Win.Test.EICAR_HDB-1');
      await new Promise((resolve) => scanner.close(resolve));
      expect(await attach(aPdf(20))).toMatchObject({ status: 503, body: { type: '/api/v1/problems/service-unavailable' } });
      expect(filesIn(path.join(folder, 'scanned'))).toHaveLength(1);
    } finally {
      await server.stop();
      scanner.close();
    }
  });
});
