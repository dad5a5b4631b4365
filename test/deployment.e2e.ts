import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { configVariables, readConfig } from '../src/config/config.js';
import { statementSeconds } from '../src/database/data-source.js';

/** What of the Compose Specification this file uses; anything else is a slip of the pen. */
const text = { type: 'string' };
const texts = { type: 'array', items: text };
const named = (schema: object) => ({ type: 'object', additionalProperties: schema });
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['services'],
  properties: {
    name: text,
    services: named({
      type: 'object',
      additionalProperties: false,
      properties: {
        image: text,
        build: text,
        user: text,
        command: texts,
        ports: texts,
        volumes: texts,
        networks: { anyOf: [texts, named({ type: 'object', additionalProperties: false, properties: { ipv4_address: text } })] },
        environment: named(text),
        restart: { enum: ['unless-stopped'] },
        stop_grace_period: text,
        deploy: { type: 'object', additionalProperties: false, properties: { replicas: { type: 'integer' } } },
        depends_on: named({ type: 'object', additionalProperties: false, properties: { condition: { enum: ['service_healthy'] } } }),
        healthcheck: {
          type: 'object',
          additionalProperties: false,
          properties: { test: texts, interval: text, timeout: text, retries: { type: 'integer' } },
        },
        configs: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['source', 'target'],
            properties: { source: text, target: text, mode: { type: 'integer' } },
          },
        },
      },
    }),
    networks: named({ type: 'object' }),
    volumes: named({ type: 'null' }),
    configs: named({ type: 'object', additionalProperties: false, required: ['content'], properties: { content: text } }),
  },
};

interface Service {
  image?: string;
  build?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  networks?: string[] | Record<string, { ipv4_address?: string }>;
  depends_on?: Record<string, unknown>;
  healthcheck?: unknown;
  configs?: { source: string }[];
  deploy?: { replicas: number };
}

function namesOf(networks: Service['networks'] = []): string[] {
  return Array.isArray(networks) ? networks : Object.keys(networks);
}

interface Compose {
  services: Record<string, Service>;
  networks: object;
  volumes: object;
  configs: Record<string, { content: string }>;
}

describe('docker-compose.yml', () => {
  const compose = parse(readFileSync('docker-compose.yml', 'utf8')) as Compose;

  it('keeps to the Compose Specification', () => {
    const validate = new Ajv.default({ allErrors: true }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it('runs two API instances behind a balancer, PostgreSQL and a replica, and nothing else', () => {
    expect(Object.keys(compose.services)).toEqual(['balancer', 'api', 'database', 'replica']);
    expect(compose.services['api']).toMatchObject({ build: '.', deploy: { replicas: 2 } });
  });

  it('refers only to what it defines', () => {
    for (const service of Object.values(compose.services)) {
      for (const source of service.configs ?? []) expect(compose.configs).toHaveProperty([source.source]);
      for (const network of namesOf(service.networks)) expect(compose.networks).toHaveProperty([network]);
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty([volume.split(':')[0]!]);
      for (const dependency of Object.keys(service.depends_on ?? {}))
        expect(compose.services[dependency]?.healthcheck ?? compose.services[dependency]?.build).toBeTruthy();
    }
  });

  it('sets only settings that there are, and holds no password', () => {
    for (const name of Object.keys(compose.services['api']!.environment!)) expect(configVariables).toContain(name);
    for (const { environment = {} } of Object.values(compose.services))
      for (const [name, value] of Object.entries(environment)) if (name.includes('PASSWORD')) expect(value).toMatch(/^\$\{\w+:\?/);
  });

  describe('its balancer', () => {
    const rules = compose.configs['balancer']!.content;
    const defaults = readConfig({}, '');
    const mebibyte = 1024 * 1024;

    /** The one value that a directive has in the whole file, without its unit. */
    function value(directive: string, unit: string): number {
      const found = [...rules.matchAll(new RegExp(`^\\s*${directive} (\\S+);`, 'gm'))].map(([, text]) => text!);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(new RegExp(`^\\d+${unit}$`));
      return Number.parseInt(found[0]!, 10);
    }

    it('lets in what the product lets in, with a mebibyte for the form around a file', () => {
      const { bodyLimit, importLimit, attachmentLimit, ledgerLimit } = defaults;
      expect(value('client_max_body_size', 'm')).toBe(Math.max(bodyLimit, importLimit, attachmentLimit, ledgerLimit) / mebibyte + 1);
      // A body that the product refuses is not collected first.
      expect(rules).toMatch(/proxy_request_buffering off;/);
    });

    it('waits a little longer than the product', () => {
      for (const directive of ['client_body_timeout', 'proxy_send_timeout']) {
        expect(value(directive, 's')).toBeGreaterThan(defaults.bodyStallSeconds);
        expect(value(directive, 's')).toBeLessThan(defaults.bodyStallSeconds + 15);
      }
      expect(value('proxy_read_timeout', 's')).toBeGreaterThan(statementSeconds);
      expect(value('proxy_read_timeout', 's')).toBeLessThan(statementSeconds + 30);
    });

    it('says where a request came from, and is the only one who is believed', () => {
      expect(rules).toMatch(/proxy_set_header X-Forwarded-For \$\$remote_addr;/);
      expect(rules).not.toContain('proxy_add_x_forwarded_for');
      const { networks } = compose.services['balancer']!;
      const address = (networks as Record<string, { ipv4_address?: string }>)['inside']!.ipv4_address!;
      expect(compose.services['api']!.environment!['TIEPDAN_TRUST_PROXY']).toBe(address);
      // Of no address that Docker gives to anything else, the gateway of masqueraded callers (.1) included.
      const [, range] = /ip_range: (\S+)/.exec(readFileSync('docker-compose.yml', 'utf8')) ?? [];
      expect([address, range]).toEqual(['10.90.0.10', '10.90.0.128/25']);
    });
  });

  it.each(['accounts', 'follow'])('has a script %s that the shell can read', (name) => {
    const script = compose.configs[name]!.content.replaceAll('$$', '$');
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('copies what there is, and runs as an ordinary user', () => {
    const sources = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(' ').slice(1, -1));
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(lines.findLast((line) => line.startsWith('USER'))).toBe('USER node');
    expect(lines.at(-2)).toBe('CMD ["node", "dist/src/main.js"]');
    expect(existsSync('dist/src/main.js')).toBe(true);
  });

  it('delivers what runs alone, and lets no package run a script of its own', () => {
    const text = lines.join('\n');
    expect(text).toMatch(/COPY --from=packages \/app\/node_modules node_modules/);
    expect(text.match(/npm ci[^\n\\]*/g)!.map((line) => line.trim())).toEqual([
      'npm ci --ignore-scripts',
      'npm ci --omit=dev --ignore-scripts',
    ]);
    expect(text).toMatch(/rm -rf .*node_modules\/typescript/);
    // Where somebody installs with scripts, the one that reports the installation is off for every version of npm.
    const { scarfSettings, allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect([scarfSettings, allowScripts['@scarf/scarf']]).toEqual([{ enabled: false }, false]);
  });
});
