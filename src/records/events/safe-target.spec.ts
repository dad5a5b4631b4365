import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { allowedTargets, isPublic, mustBeSafe, postSafely } from './safe-target.js';

const nowhere = allowedTargets([]);

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '::127.0.0.1',
    '::10.0.0.1',
    '::ffff:0:127.0.0.1',
    '100::1',
    'fec0::1',
    '5f00::1',
    '4000::1',
    '2001::1',
    '2001:20::1',
    '3fff::1',
    '2002:7f00:1::',
    '2001:db8::1',
    'localhost',
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false));

  it.each(['1.1.1.1', '203.162.0.1', '2401:d800::1'])('%s is public', (address) => expect(isPublic(address)).toBe(true));
});

describe('a target', () => {
  it.each([
    ['http://example.org/', 'scheme'],
    ['ftp://example.org/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://user:pass@example.org/', 'credentials'],
    ['https://127.0.0.1/', 'not_reachable'],
    ['https://[::1]/', 'not_reachable'],
    ['https://[::ffff:10.0.0.1]/', 'not_reachable'],
    ['https://[::127.0.0.1]/', 'not_reachable'],
    // Other ways to write 127.0.0.1 that URL parsers understand.
    ['https://2130706433/', 'not_reachable'],
    ['https://0x7f.1/', 'not_reachable'],
    ['https://0177.0.0.1/', 'not_reachable'],
    ['https://localhost/', 'not_reachable'],
    ['https://no-such-host.invalid/', 'not_reachable'],
  ])('%s is refused: %s', async (target, code) => {
    await expect(mustBeSafe(target, nowhere)).rejects.toMatchObject({ code });
    await expect(postSafely(target, '{}', {}, nowhere)).rejects.toMatchObject({ code });
  });

  it('of the intranet is allowed by name or network, also without TLS, and nothing beside it', async () => {
    await mustBeSafe('http://127.0.0.1:8080/hook', allowedTargets(['127.0.0.0/8']));
    await mustBeSafe('http://localhost/hook', allowedTargets(['localhost']));
    await mustBeSafe('https://[fd00::5]/', allowedTargets(['fd00::/8']));
    await expect(mustBeSafe('http://10.0.0.1/', allowedTargets(['127.0.0.0/8']))).rejects.toMatchObject({ code: 'scheme' });
    await expect(mustBeSafe('https://10.0.0.1/', allowedTargets(['127.0.0.0/8']))).rejects.toMatchObject({ code: 'not_reachable' });
  });

  it('is looked at again after each redirect', async () => {
    const calls: string[] = [];
    const server = http.createServer((request, response) => {
      calls.push(request.url ?? '');
      const elsewhere: Record<string, string> = {
        '/private': 'http://10.0.0.1/latest/meta-data',
        '/link-local': 'https://169.254.169.254/latest/meta-data',
        '/again': '/again',
        '/once': '/here',
      };
      const location = elsewhere[request.url ?? ''];
      response.writeHead(location ? 307 : 204, location ? { location } : {}).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const own = allowedTargets(['127.0.0.1']);
    try {
      await expect(postSafely(`${base}/private`, '{}', {}, own)).rejects.toMatchObject({ code: 'scheme' });
      await expect(postSafely(`${base}/link-local`, '{}', {}, own)).rejects.toMatchObject({ code: 'not_reachable' });
      await expect(postSafely(`${base}/again`, '{}', {}, own)).rejects.toMatchObject({ code: 'too_many_redirects' });
      expect(await postSafely(`${base}/once`, '{}', {}, own)).toEqual({ status: 204 });
      expect(calls).toEqual(['/private', '/link-local', '/again', '/again', '/again', '/again', '/once', '/here']);
    } finally {
      server.close();
    }
  });
});
