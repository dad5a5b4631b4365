import { lookup as lookUpAddresses } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A target that must not be called; the message says why, in words for its owner. */
export class UnsafeTarget extends Error {
  override readonly name = 'UnsafeTarget';

  constructor(readonly code: 'url' | 'scheme' | 'credentials' | 'not_reachable' | 'too_many_redirects') {
    super(code);
  }
}

/** Hosts and networks of the own intranet that may be called all the same. */
export interface AllowedTargets {
  hosts: ReadonlySet<string>;
  networks: BlockList;
}

export function allowedTargets(entries: readonly string[]): AllowedTargets {
  const networks = new BlockList();
  const hosts = new Set<string>();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address);
    if (!family) hosts.add(entry.toLowerCase());
    else networks.addSubnet(address, Number(prefix ?? (family === 4 ? 32 : 128)), family === 4 ? 'ipv4' : 'ipv6');
  }
  return { hosts, networks };
}

export interface Answer {
  status: number;
}

const mostRedirects = 3;
const timeoutMilliseconds = 10_000;

/**
 * Posts to a target somewhere else. Each address is looked at when it is resolved and the connection goes to that very address, also after
 * a redirect: nobody gets from here into the network behind (OWASP API7:2023, server-side request forgery).
 * @throws UnsafeTarget, or the error of the connection
 */
export async function postSafely(target: string, body: string, headers: Record<string, string>, allowed: AllowedTargets): Promise<Answer> {
  let url = checkedUrl(target, allowed);
  for (let redirects = 0; ; redirects++) {
    const { status, location } = await post(url, body, headers, allowed);
    // Only these two keep method and body; any other redirect is an answer like another one.
    if ((status !== 307 && status !== 308) || !location) return { status };
    if (redirects >= mostRedirects) throw new UnsafeTarget('too_many_redirects');
    if (!URL.canParse(location, url.href)) throw new UnsafeTarget('url');
    url = checkedUrl(new URL(location, url).href, allowed);
  }
}

/**
 * Checks a target before it is kept: its form, and where its name leads now.
 * @throws UnsafeTarget
 */
export async function mustBeSafe(target: string, allowed: AllowedTargets): Promise<void> {
  const { hostname } = checkedUrl(target, allowed);
  await new Promise<void>((resolve, reject) =>
    lookupFor(allowed)(hostname.replace(/^\[|\]$/g, ''), { all: true }, (error) => (error ? reject(error) : resolve())),
  );
}

function checkedUrl(target: string, allowed: AllowedTargets): URL {
  if (!URL.canParse(target)) throw new UnsafeTarget('url');
  const url = new URL(target);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const ofIntranet = allowed.hosts.has(host.toLowerCase()) || (isIP(host) !== 0 && isAllowed(host, allowed));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && ofIntranet)) throw new UnsafeTarget('scheme');
  if (url.username || url.password) throw new UnsafeTarget('credentials');
  if (isIP(host) && !isPublic(host) && !ofIntranet) throw new UnsafeTarget('not_reachable');
  return url;
}

function post(
  url: URL,
  body: string,
  headers: Record<string, string>,
  allowed: AllowedTargets,
): Promise<{ status: number; location: string | undefined }> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Tiep-Dan-Webhooks/1',
          ...headers,
        },
        lookup: lookupFor(allowed),
        // A connection of its own: one that was opened for another target is never used again.
        agent: false,
        signal: AbortSignal.timeout(timeoutMilliseconds),
      },
      (response) => {
        resolve({ status: response.statusCode ?? 0, location: response.headers.location });
        // What the target has to say is of no interest, however much it is.
        response.destroy();
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** Resolves a name and refuses it when one of its addresses may not be called; the same way where there is none: which names the intranet has is not told. */
function lookupFor(allowed: AllowedTargets): LookupFunction {
  return (hostname, options, done) => {
    lookUpAddresses(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(new UnsafeTarget('not_reachable'), '');
      const known = allowed.hosts.has(hostname.toLowerCase());
      if (!known && !addresses.every(({ address }) => isPublic(address) || isAllowed(address, allowed)))
        return done(new UnsafeTarget('not_reachable'), '');
      const [first] = addresses;
      return options.all ? done(null, addresses) : done(null, first!.address, first!.family);
    });
  };
}

/** Of IPv6 the Internet is 2000::/3 (RFC 4291 section 2.4): whatever else the registry of special addresses has, now or later, is none of it. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is one of the public Internet: not of a loopback, link, private network, nor a way to write one of those. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const processed = ipaddr.process(address);
  return processed.range() === 'unicast' && (processed.kind() === 'ipv4' || processed.match(globalUnicast));
}

function isAllowed(address: string, { networks }: AllowedTargets): boolean {
  const processed = ipaddr.process(address);
  return networks.check(processed.toString(), processed.kind() === 'ipv4' ? 'ipv4' : 'ipv6');
}
