import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { configVariables, readConfig } from '../src/platform/config/config.js';

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
    configs: named({
      type: 'object',
      additionalProperties: false,
      properties: { content: text, file: text },
      oneOf: [{ required: ['content'] }, { required: ['file'] }],
    }),
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
  configs?: { source: string; target: string }[];
  command?: string[];
  stop_grace_period?: string;
  deploy?: { replicas: number };
}

function namesOf(networks: Service['networks'] = []): string[] {
  return Array.isArray(networks) ? networks : Object.keys(networks);
}

interface Compose {
  services: Record<string, Service>;
  networks: object;
  volumes: object;
  configs: Record<string, { content: string } | { file: string }>;
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

  it('gives its balancer the files that every nginx in front of the product has', () => {
    const { configs = [] } = compose.services['balancer']!;
    const mounted = configs.map(({ source, target }) => [(compose.configs[source] as { file: string }).file, target]);
    expect(mounted).toEqual([
      ['./deploy/nginx/compose.conf', '/etc/nginx/conf.d/default.conf'],
      ['./deploy/nginx/api.conf', '/etc/nginx/tiepdan/api.conf'],
    ]);
  });

  it('believes its balancer alone of where a request came from', () => {
    const { networks } = compose.services['balancer']!;
    const address = (networks as Record<string, { ipv4_address?: string }>)['inside']!.ipv4_address!;
    expect(compose.services['api']!.environment!['TIEPDAN_TRUST_PROXY']).toBe(address);
    // Of no address that Docker gives to anything else, the gateway of masqueraded callers (.1) included.
    const [, range] = /ip_range: (\S+)/.exec(readFileSync('docker-compose.yml', 'utf8')) ?? [];
    expect([address, range]).toEqual(['10.90.0.10', '10.90.0.128/25']);
  });

  it('bounds what a replica that stays away holds back of the log', () => {
    const { command = [] } = compose.services['database']!;
    expect(command).toContain('max_slot_wal_keep_size=10GB');
  });

  it('waits for an instance that stops as long as it may take', () => {
    const { environment = {}, stop_grace_period } = compose.services['api']!;
    // As the shell fills it in.
    const filled = Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{\w+:\?[^}]*\}/, 'x'.repeat(32))]);
    const { stopPause, stopSeconds } = readConfig(Object.fromEntries(filled) as Record<string, string>, '');
    expect(Number.parseInt(stop_grace_period!, 10)).toBeGreaterThanOrEqual(stopPause + stopSeconds + 15);
  });

  it.each(['accounts', 'follow'])('has a script %s that the shell can read', (name) => {
    const script = (compose.configs[name] as { content: string }).content.replaceAll('$$', '$');
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('copies what there is, and runs as an ordinary user', () => {
    const sources = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(' ').slice(1, -1));
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(lines.findLast((line) => line.startsWith('USER'))).toBe('USER node');
    expect(lines.at(-2)).toBe('CMD ["node", "dist/src/boot/main.js"]');
    expect(existsSync('dist/src/boot/main.js')).toBe(true);
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
