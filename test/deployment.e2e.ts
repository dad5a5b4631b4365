import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { configVariables } from '../src/config/config.js';

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
        networks: texts,
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
  networks?: string[];
  depends_on?: Record<string, unknown>;
  healthcheck?: unknown;
  configs?: { source: string }[];
  deploy?: { replicas: number };
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
      for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty([network]);
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
});
