import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { configVariables, readConfig } from '../src/platform/config/config.js';
import { statementSeconds } from '../src/platform/database/data-source.js';
import { programOf } from './support/programs.js';
import { endProcess } from './support/server.js';
import { faultsOfTypes } from './support/typed-manifests.js';

/* The files of deploy/: what they say is what the product is, and what they are read by can read them. */

const read = (file: string): string => readFileSync(path.join('deploy', file), 'utf8');
const defaults = readConfig({}, '');
const mebibyte = 1024 * 1024;
/** Mebibytes: the largest file that a route takes, and one for the form around it. */
const largestBody = Math.max(defaults.bodyLimit, defaults.importLimit, defaults.attachmentLimit, defaults.ledgerLimit) / mebibyte + 1;

/** Seconds that are above what the product allows, and not much. */
function expectALittleAbove(seconds: number, product: number, much = 15): void {
  expect(seconds).toBeGreaterThan(product);
  expect(seconds).toBeLessThan(product + much);
}

/** Above what a statement may take, with time for everything around it. */
const expectAnswerTime = (seconds: number): void => expectALittleAbove(seconds, statementSeconds, 30);

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of each kind; they are checked against the schemas below
  spec?: any;
  data?: Record<string, string>;
}

const yamlFiles = globSync('deploy/**/*.{yaml,yml}').sort();
const manifests = yamlFiles
  .filter((file) => file.startsWith('deploy/kubernetes/'))
  .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => ({ file, ...(document.toJS() as Manifest) })));
const ofKind = (kind: string): (typeof manifests)[number][] => manifests.filter((manifest) => manifest.kind === kind);

describe('each YAML file', () => {
  it.each(yamlFiles)('%s can be read', (file) => {
    for (const { errors, warnings } of parseAllDocuments(readFileSync(file, 'utf8'))) expect([...errors, ...warnings]).toEqual([]);
  });
});

describe('Kubernetes manifests', () => {
  const cnpg = '@kubernetes-models/cloudnative-pg';
  const moduleOf = ({ apiVersion }: Manifest): string =>
    apiVersion === 'postgresql.cnpg.io/v1' ? `${cnpg}/${apiVersion}` : `kubernetes-models/${apiVersion}`;
  /** The part of the plug-in's ObjectStore that CloudNativePG defines; the plug-in itself publishes no schema that is at hand here. */
  const stores = ofKind('ObjectStore').map((manifest) => ({
    ...manifest,
    name: manifest.metadata.name,
    manifest: manifest.spec.configuration as unknown,
    type: 'IBarmanObjectStoreConfiguration',
    from: `${cnpg}/github.com/cloudnative-pg/barman-cloud/pkg/api`,
  }));
  const known = manifests.filter(({ kind }) => !['ObjectStore', 'Kustomization'].includes(kind));

  it('are of kinds and versions that there are, and valid', async () => {
    const faults = await Promise.all(
      known.map(async ({ file, ...manifest }) => {
        const models = (await import(moduleOf(manifest))) as Record<string, new (data: unknown) => { validate(): void }>;
        const Model = models[manifest.kind];
        if (!Model) return [`${file}: there is no ${manifest.apiVersion} ${manifest.kind}`];
        try {
          new Model(manifest).validate();
          return [];
        } catch (error) {
          return [`${file} ${manifest.kind} ${manifest.metadata.name}: ${(error as Error).message}`];
        }
      }),
    );
    expect(faults.flat()).toEqual([]);
  });

  it('have no field that their kind does not have', () => {
    const typed = known.map(({ file, ...manifest }) => ({
      name: `${file} ${manifest.kind} ${manifest.metadata.name}`,
      manifest,
      type: `I${manifest.kind}`,
      from: moduleOf(manifest),
    }));
    expect(faultsOfTypes([...typed, ...stores])).toEqual([]);
    // It would be seen.
    const [deployment] = typed.filter(({ type }) => type === 'IDeployment');
    const misspelt = JSON.parse(JSON.stringify(deployment).replace('readinessProbe', 'readynessProbe')) as typeof deployment;
    expect(faultsOfTypes([misspelt!]).join()).toMatch(/readynessProbe/);
  });

  it('are all applied, in one namespace', () => {
    const [kustomization] = ofKind('Kustomization') as unknown as { resources: string[] }[];
    const files = [...new Set(manifests.map(({ file }) => path.basename(file)))];
    expect([...kustomization!.resources, 'kustomization.yaml'].sort()).toEqual(files.sort());
    for (const { kind, metadata } of manifests)
      if (kind !== 'Kustomization') expect([kind, kind === 'Namespace' ? metadata.name : metadata.namespace]).toEqual([kind, 'tiepdan']);
  });

  const deployments = ofKind('Deployment');
  const containerOf = (deployment: Manifest) => deployment.spec.template.spec.containers[0];
  interface Variable {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string } };
  }
  const [settings] = ofKind('ConfigMap');
  /** What an instance reads; a secret is a value that its setting allows. */
  const environmentOf = (deployment: Manifest): Record<string, string> => ({
    ...settings!.data,
    ...Object.fromEntries(
      (containerOf(deployment).env as Variable[]).map(({ name, value }) => [
        name,
        value ?? (name.endsWith('_URL') ? 'postgres://a:b@c/d' : 'x'.repeat(32)),
      ]),
    ),
  });

  it('start the product with settings that it takes: two instances that answer, two that work', () => {
    const [api, worker] = deployments.map((deployment) => readConfig(environmentOf(deployment), ''));
    expect(deployments.map(({ metadata, spec }) => [metadata.name, spec.replicas])).toEqual([
      ['tiepdan-api', 2],
      ['tiepdan-worker', 2],
    ]);
    expect([api!.workers, worker!.workers > 0, api!.environment, api!.s3Bucket]).toEqual([0, true, 'production', 'tiepdan-files']);
  });

  it('hold no secret, and tell where each comes from', () => {
    expect(ofKind('Secret')).toEqual([]);
    const text = read('kubernetes/README.md');
    const made = ['tiepdan-db-app'];
    const named = [
      ...JSON.stringify(manifests).matchAll(
        /"(?:secretKeyRef|passwordSecret|accessKeyId|secretAccessKey)":\{"name":"([^"]+)"(?:,"key":"([^"]+)")?/g,
      ),
    ];
    const mounted = [...JSON.stringify(manifests).matchAll(/"secretName":"([^"]+)"/g)];
    expect(named.length + mounted.length).toBeGreaterThan(10);
    for (const [, name, key] of [...named, ...mounted]) {
      if (made.includes(name!)) continue;
      expect(text).toContain(`\`${name}\``);
      if (key) expect(text).toContain(`\`${key}\``);
    }
    for (const deployment of deployments)
      for (const { name, value } of containerOf(deployment).env as Variable[])
        if (/_URL$|KEY|TOKEN|SECRET|PASSWORD/.test(name)) expect([name, value]).toEqual([name, undefined]);
  });

  it('ask the product at addresses that it has, in its times', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: object };
    for (const deployment of deployments) {
      const { startupProbe, livenessProbe, readinessProbe, ports } = containerOf(deployment);
      expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path)).toEqual([
        '/health/live',
        '/health/live',
        '/health/ready',
      ]);
      for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
        expect(paths).toHaveProperty([httpGet.path]);
        expect(ports.map(({ name }: { name: string }) => name)).toContain(httpGet.port);
      }
      // `/health/ready` answers within two seconds; a migration may take most of an hour.
      expect(readinessProbe.timeoutSeconds).toBeGreaterThan(2);
      expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThanOrEqual(3600);
      expect(deployment.spec.progressDeadlineSeconds).toBeGreaterThan(startupProbe.periodSeconds * startupProbe.failureThreshold);
      const { port, stopPause, stopSeconds, databaseWait } = readConfig(environmentOf(deployment), '');
      expect(ports[0].containerPort).toBe(port);
      expect(deployment.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(stopPause + stopSeconds + 15);
      // Two intervals and a second more, in which everybody hears of it.
      expect(stopPause).toBeGreaterThan(2 * readinessProbe.periodSeconds);
      expect(databaseWait).toBeGreaterThan(60);
    }
  });

  it('lead, count and protect by the labels that the instances have', () => {
    const labels = deployments.map(({ spec }) => JSON.stringify(spec.template.metadata.labels));
    const selectors = [
      ...ofKind('Service').map(({ spec }) => spec.selector),
      ...ofKind('PodDisruptionBudget').map(({ spec }) => spec.selector.matchLabels),
      ...ofKind('NetworkPolicy').map(({ spec }) => spec.podSelector.matchLabels),
      ...deployments.map(({ spec }) => spec.selector.matchLabels),
      ...deployments.map(({ spec }) => spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels),
    ];
    expect(selectors).toHaveLength(9);
    for (const selector of selectors) expect(labels).toContain(JSON.stringify(selector));
    for (const { spec } of ofKind('PodDisruptionBudget')) expect(spec.minAvailable).toBe(1);
    const [service] = ofKind('Service');
    const [ingress] = ofKind('Ingress');
    expect(ingress!.spec.rules[0].http.paths[0].backend.service.name).toBe(service!.metadata.name);
  });

  it('run as an ordinary user who can change nothing but three folders', () => {
    for (const { spec } of deployments) {
      const pod = spec.template.spec;
      const [container] = pod.containers;
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(pod.automountServiceAccountToken).toBe(false);
      // What is written lies in volumes that are mounted.
      const config = readConfig(environmentOf({ spec } as Manifest), '');
      const folders = (container.volumeMounts as { mountPath: string }[]).map(({ mountPath }) => mountPath);
      for (const file of [config.dataDir, config.signingKeyFile, config.masterKeyFile, config.attachmentDir])
        expect(folders.some((folder) => file === folder || file.startsWith(`${folder}/`))).toBe(true);
      expect(container.resources.limits.memory).toBe('2Gi');
    }
  });

  it('keep what is acknowledged on two machines, within the connections that there are', () => {
    const [cluster] = ofKind('Cluster');
    const { instances, postgresql, affinity } = cluster!.spec;
    expect([instances, affinity.podAntiAffinityType]).toEqual([3, 'required']);
    expect(postgresql.synchronous).toEqual({ method: 'any', number: 1, dataDurability: 'required' });
    expect(postgresql.parameters.max_slot_wal_keep_size).toBe('10GB');
    const needed = deployments.reduce((sum, deployment) => {
      const { databasePool, workers } = readConfig(environmentOf(deployment), '');
      return sum + (deployment.spec.replicas + deployment.spec.strategy.rollingUpdate.maxSurge) * (databasePool + 2 * workers + 8);
    }, 0);
    expect(Number(postgresql.parameters.max_connections)).toBeGreaterThan(needed);
    const [backup] = ofKind('ScheduledBackup');
    expect([backup!.spec.cluster.name, backup!.spec.pluginConfiguration.name]).toEqual([
      cluster!.metadata.name,
      cluster!.spec.plugins[0].name,
    ]);
    expect(cluster!.spec.plugins[0].parameters.barmanObjectName).toBe(ofKind('ObjectStore')[0]!.metadata.name);
  });

  it('let in what the product lets in, for as long, and repeat nothing', () => {
    const { annotations = {} } = ofKind('Ingress')[0]!.metadata;
    const figure = (name: string): number => Number.parseInt(annotations[name]!, 10);
    const nginx = 'nginx.ingress.kubernetes.io/proxy';
    expect(annotations[`${nginx}-body-size`]).toBe(`${largestBody}m`);
    expect([annotations[`${nginx}-request-buffering`], annotations[`${nginx}-next-upstream`]]).toEqual(['off', 'off']);
    expectALittleAbove(figure(`${nginx}-send-timeout`), defaults.bodyStallSeconds);
    expectAnswerTime(figure(`${nginx}-read-timeout`));
    expect(annotations['haproxy.org/timeout-server']).toMatch(/s$/);
    expectAnswerTime(figure('haproxy.org/timeout-server'));
  });
});

describe('nginx', () => {
  const rules = read('nginx/api.conf');

  /** The one value that a directive has in the whole file, without its unit. */
  function value(directive: string, unit: string): number {
    const found = [...rules.matchAll(new RegExp(`^\\s*${directive} (\\S+);`, 'gm'))].map(([, text]) => text!);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^\\d+${unit}$`));
    return Number.parseInt(found[0]!, 10);
  }

  it('lets in what the product lets in, with a mebibyte for the form around a file', () => {
    expect(value('client_max_body_size', 'm')).toBe(largestBody);
    // A body that the product refuses is not collected first.
    expect(rules).toMatch(/proxy_request_buffering off;/);
  });

  it('waits a little longer than the product', () => {
    for (const directive of ['client_body_timeout', 'proxy_send_timeout'])
      expectALittleAbove(value(directive, 's'), defaults.bodyStallSeconds);
    expectAnswerTime(value('proxy_read_timeout', 's'));
  });

  it('says where a request came from, whatever a caller says of itself', () => {
    expect(rules).toMatch(/proxy_set_header X-Forwarded-For \$remote_addr;/);
    expect(rules).not.toContain('proxy_add_x_forwarded_for');
  });

  it('has one source of what it allows and repeats', () => {
    for (const file of ['compose', 'machines']) {
      const text = read(`nginx/${file}.conf`);
      expect(text.match(/include \/etc\/nginx\/tiepdan\/api\.conf;/g)).toHaveLength(1);
      expect(text).not.toMatch(/next_upstream|_timeout \d|body_size|location/);
    }
    expect(
      globSync('deploy/**/*').filter((file) =>
        /proxy_pass/.test(existsSync(file) && path.extname(file) === '.conf' ? readFileSync(file, 'utf8') : ''),
      ),
    ).toEqual(['deploy/nginx/api.conf']);
  });

  it('repeats by an allow-list of methods', () => {
    expect([...rules.matchAll(/^ *proxy_next_upstream ([^;]*);/gm)].map(([, how]) => how)).toEqual(['error timeout http_503', 'off']);
    expect(rules).toContain('if ($request_method !~ ^(GET|HEAD|POST|PATCH)$)');
    const directives = rules.split('\n').filter((line) => !line.startsWith('#'));
    expect(directives.join('\n')).not.toContain('non_idempotent');
  });

  const program = programOf('nginx');
  (program ? describe : describe.skip)('itself, between two instances', () => {
    let folder: string;
    let nginx: ChildProcess;
    let servers: Server[];
    let url: string;
    /** What each was asked, as `METHOD path`. */
    let dies: string[];
    let answers: string[];

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-nginx-'));
      // The first reads each request to its end and is gone; what becomes of it nobody is told.
      const first = await listening((asked) => dies.push(asked), false);
      const second = await listening((asked) => answers.push(asked), true);
      servers = [first, second];
      const closed = await listening(() => undefined, true);
      const refuses = portOf(closed);
      await new Promise((resolve) => closed.close(resolve));
      const [port, other] = [await freePort(), await freePort()];
      url = `http://127.0.0.1:${port}`;
      const upstream = (one: number): string =>
        `upstream api { server 127.0.0.1:${one} max_fails=0; server 127.0.0.1:${portOf(second)} max_fails=0; }`;
      const beside = path.join(folder, 'beside.conf');
      await writeFile(beside, rules.replaceAll('http://api', 'http://beside'));
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join(' ');
      const file = path.join(folder, 'nginx.conf');
      await writeFile(
        file,
        `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
         http { access_log off; ${temporary}
           ${upstream(portOf(first))} ${upstream(refuses).replace('api', 'beside')}
           server { listen 127.0.0.1:${port}; include ${path.resolve('deploy/nginx/api.conf')}; }
           server { listen 127.0.0.1:${other}; include ${beside}; } }`,
      );
      nginx = spawn(program!, ['-c', file], { stdio: 'ignore' });
      besideUrl = `http://127.0.0.1:${other}`;
      for (let tries = 0; tries < 100 && !(await isThere(url)); tries++) await pause(50);
    });
    let besideUrl: string;
    beforeEach(() => {
      dies = [];
      answers = [];
    });
    afterAll(async () => {
      await endProcess(nginx, 'SIGTERM');
      for (const server of servers) server.close();
      await rm(folder, { recursive: true, force: true });
    });

    /** Twice in a row, so that each of the two is the first to be asked once. */
    async function twice(base: string, method: string, body?: string): Promise<number[]> {
      const target = `${base}/api/v1/a%2Fb?q=%C3%A0`;
      return [await send(target, method, body), await send(target, method, body)].sort();
    }

    it.each(['GET', 'HEAD'])('repeats %s at the other one', async (method) => {
      expect(await twice(url, method)).toEqual([200, 200]);
      expect([dies.length, answers.length]).toEqual([1, 2]);
    });

    it.each([
      ['POST', '{"a":1}'],
      ['POST', undefined],
      ['PATCH', '{"a":1}'],
      ['PUT', '{"a":1}'],
      ['PUT', 'x'.repeat(200_000)],
      ['DELETE', undefined],
      ['PROPFIND', undefined],
    ])('asks once for %s %#', async (method, body) => {
      expect(await twice(url, method, body)).toEqual([200, 502]);
      const asked = `${method} /api/v1/a%2Fb?q=%C3%A0 ${body?.length ?? 0}`;
      // Nobody twice, and what came is what was sent.
      expect([dies, answers]).toEqual([[asked], [asked]]);
    });

    it.each([
      ['GET', [200, 200]],
      ['POST', [200, 200]],
      ['PATCH', [200, 200]],
      // nginx would not tell what was sent from what was not.
      ['PUT', [200, 502]],
      ['DELETE', [200, 502]],
    ])('passes over an instance that takes no connection: %s', async (method, statuses) => {
      expect(await twice(besideUrl, method, method === 'GET' ? undefined : '{"a":1}')).toEqual(statuses);
    });

    it('shows no figures of operation to the outside', async () => {
      expect([await send(`${url}/metrics`, 'GET'), await send(`${url}/.once`, 'GET')]).toEqual([404, 404]);
      expect([dies, answers]).toEqual([[], []]);
    });
  });
});

describe('Patroni', () => {
  const settings = parse(read('patroni/patroni.yml')) as {
    scope: string;
    etcd3: { hosts: string[] };
    bootstrap: { dcs: Record<string, number | boolean> & { postgresql: { parameters: Record<string, string | number> } } };
    postgresql: { recovery_conf: { restore_command: string } };
    watchdog: { mode: string; safety_margin: number };
  };
  const { dcs } = settings.bootstrap;
  const { parameters } = dcs.postgresql;

  it('has the fields that there are', () => {
    const any = {};
    const closed = (properties: object): object => ({ type: 'object', additionalProperties: false, properties });
    const all = closed({
      scope: any,
      etcd3: closed({ hosts: any }),
      restapi: closed({ allowlist: any, allowlist_include_members: any }),
      bootstrap: closed({
        dcs: closed({
          ...{ ttl: any, loop_wait: any, retry_timeout: any, primary_start_timeout: any, maximum_lag_on_failover: any },
          ...{ synchronous_mode: any, synchronous_mode_strict: any, synchronous_node_count: any },
          postgresql: closed({ use_pg_rewind: any, use_slots: any, parameters: any }),
        }),
        initdb: any,
      }),
      postgresql: closed({
        ...{ data_dir: any, bin_dir: any, pgpass: any, use_unix_socket: any, parameters: any, pg_hba: any },
        authentication: closed(Object.fromEntries(['superuser', 'replication', 'rewind'].map((who) => [who, closed({ username: any })]))),
        recovery_conf: closed({ restore_command: any }),
        create_replica_methods: any,
        pgbackrest: any,
        basebackup: any,
      }),
      watchdog: closed({ mode: { const: 'required' }, device: any, safety_margin: any }),
      tags: any,
    });
    const validate = new Ajv.default({ allErrors: true }).compile(all);
    validate(settings);
    expect(validate.errors).toBeNull();
  });

  it('loses nothing that was acknowledged, and is in time for its own lock', () => {
    expect([dcs['synchronous_mode'], dcs['synchronous_mode_strict'], settings.watchdog.mode]).toEqual([true, true, 'required']);
    const [ttl, wait, retry] = [dcs['ttl'], dcs['loop_wait'], dcs['retry_timeout']].map(Number);
    expect(wait! + 2 * retry!).toBeLessThanOrEqual(ttl! - settings.watchdog.safety_margin);
  });

  it('bounds what a standby that stays away holds back, and cancels no report', () => {
    expect(parameters['max_slot_wal_keep_size']).toBe('10GB');
    expectAnswerTime(Number.parseInt(String(parameters['max_standby_streaming_delay']), 10) - 1);
  });

  it('archives under the name that pgBackRest knows, from where the database is', () => {
    const sections = [...read('pgbackrest/pgbackrest.conf').matchAll(/^\[(.*)\]$/gm)].map(([, name]) => name!);
    expect(sections).toEqual(['global', settings.scope]);
    for (const command of [String(parameters['archive_command']), settings.postgresql.recovery_conf.restore_command])
      expect(command).toMatch(new RegExp(`^pgbackrest --stanza=${settings.scope} archive-`));
    const { data_dir: folder } = settings.postgresql as unknown as { data_dir: string };
    expect(read('pgbackrest/pgbackrest.conf')).toContain(`pg1-path=${folder}\n`);
  });

  it('is told in each file of the same machines', () => {
    const machines = ['10.20.0.11', '10.20.0.12', '10.20.0.13'];
    const addresses = (text: string, port: number): string[] =>
      [...new Set([...text.matchAll(new RegExp(`(10\\.[\\d.]+):${port}\\b`, 'g'))].map(([, address]) => address!))].sort();
    expect(settings.etcd3.hosts).toEqual(machines.map((machine) => `${machine}:2379`));
    expect(addresses(read('patroni/haproxy.cfg'), 5432)).toEqual(machines);
    expect(addresses(read('patroni/node.env'), 2380)).toEqual(machines);
    expect(parseEnv(read('patroni/node.env'))['PATRONI_POSTGRESQL_LISTEN']).toBe('10.20.0.11:5432');
    expect(addresses(read('nginx/machines.conf'), 3000)).toEqual(['10.20.0.21', '10.20.0.22']);
  });

  it('has no password in its files', () => {
    for (const [name, password] of Object.entries(parseEnv(read('patroni/secrets.env'))))
      if (!name.endsWith('_USERNAME')) expect([name, password]).toEqual([name, '']);
    expect(read('pgbackrest/pgbackrest.conf')).not.toMatch(/^repo1-(?:cipher-pass|s3-key)/m);
  });
});

describe('HAProxy', () => {
  const rules = read('patroni/haproxy.cfg');
  const figure = (directive: string): number => {
    const found = [...rules.matchAll(new RegExp(`^\\s*${directive} (\\d+)([smh])$`, 'gm'))];
    expect(found).toHaveLength(1);
    return Number(found[0]![1]) * { s: 1, m: 60, h: 3600 }[found[0]![2] as 's' | 'm' | 'h'];
  };

  it('leads to the primary alone, gives up on a machine before the product does, and cuts nobody who is silent', () => {
    expect(rules).toContain('option httpchk OPTIONS /primary');
    expect(rules).toMatch(/default-server .*on-marked-down shutdown-sessions/);
    // The product waits four seconds for a connection.
    expect(figure('timeout connect')).toBeLessThan(4);
    for (const side of ['client', 'server']) expect(figure(`timeout ${side}`)).toBeGreaterThanOrEqual(12 * 3600);
  });

  it('passes bytes on and knows no requests, so that it repeats none', () => {
    expect(rules.match(/^ *mode \w+$/gm)).toEqual(['  mode tcp']);
    expect(rules).not.toMatch(/retry-on/);
  });

  const program = programOf('haproxy');
  (program ? it : it.skip)('reads it', () => {
    expect(spawnSync(program!, ['-c', '-q', '-f', 'deploy/patroni/haproxy.cfg'], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});

describe('units of systemd', () => {
  const units = globSync('deploy/systemd/*.{service,timer}').sort();
  type Lines = { section: string; name: string; value: string }[];
  const linesOf = (file: string): Lines => {
    let section = '';
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        if (line === '' || line.startsWith('#')) return [];
        const heading = /^\[(\w+)\]$/.exec(line);
        if (heading) section = heading[1]!;
        if (heading) return [];
        const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
        expect([file, line, name]).toEqual([file, line, expect.any(String)]);
        return [{ section, name: name!, value: value! }];
      });
  };
  const valueOf = (file: string, name: string): string | undefined =>
    linesOf(`deploy/systemd/${file}`).find((line) => line.name === name)?.value;
  const environmentOf = (file: string): Record<string, string> =>
    Object.fromEntries(
      (valueOf(file, 'Environment') ?? '')
        .split(' ')
        .filter(Boolean)
        .map((pair) => pair.split('=') as [string, string]),
    );

  it('have the directives that there are', () => {
    const allowed: Record<string, string> = {
      Unit: 'Description After Wants RequiresMountsFor',
      Service:
        'Type User WorkingDirectory EnvironmentFile Environment ExecCondition ExecStart TimeoutStartSec TimeoutStopSec Restart RestartSec LimitNOFILE MemoryHigh Nice IOSchedulingClass NoNewPrivileges ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectKernelTunables ProtectKernelModules ProtectControlGroups RestrictAddressFamilies RestrictSUIDSGID LockPersonality CapabilityBoundingSet StateDirectory StateDirectoryMode ReadWritePaths',
      Timer: 'OnCalendar Persistent',
      Install: 'WantedBy',
    };
    const all = [...units, ...globSync('deploy/pgbackrest/*.{service,timer}')];
    expect(all).toHaveLength(9);
    for (const unit of all)
      for (const { section, name } of linesOf(unit)) expect(allowed[section]?.split(' ')).toEqual(expect.arrayContaining([name]));
  });

  it('start programs that the build makes, as somebody who is nobody', () => {
    for (const unit of units.filter((file) => file.endsWith('.service'))) {
      const name = path.basename(unit);
      const [program] = /dist\/[\w/.-]+\.js/.exec(valueOf(name, 'ExecStart')!)!;
      expect([program, existsSync(program)]).toEqual([program, true]);
      expect([valueOf(name, 'User'), valueOf(name, 'NoNewPrivileges'), valueOf(name, 'ProtectSystem')]).toEqual([
        'tiepdan',
        'yes',
        'strict',
      ]);
    }
    for (const unit of units.filter((file) => file.endsWith('.timer'))) {
      expect(units).toContain(unit.replace('.timer', '.service'));
      expect(valueOf(path.basename(unit), 'OnCalendar')).toMatch(/ Asia\/Ho_Chi_Minh$/);
    }
  });

  it('start API and worker with settings that the product takes, and stop them in its time', () => {
    const common = Object.fromEntries(
      Object.entries(parseEnv(read('systemd/tiepdan.env'))).map(([name, value]) => [name, value || 'x'.repeat(32)]),
    );
    const [api, worker] = ['tiepdan.service', 'tiepdan-worker.service'].map((unit) => {
      // The file would win over what the unit says.
      expect(Object.keys(environmentOf(unit)).filter((name) => name in common)).toEqual([]);
      const config = readConfig({ ...common, ...environmentOf(unit) }, '');
      expect(Number(valueOf(unit, 'TimeoutStopSec'))).toBeGreaterThanOrEqual(config.stopPause + config.stopSeconds + 15);
      expect(valueOf(unit, 'Restart')).toBe('always');
      return config;
    });
    expect([api!.workers, worker!.workers > 0, api!.port !== worker!.port]).toEqual([0, true, true]);
  });
});

describe('every setting that is named', () => {
  /** Variables of the programs beside the product. */
  const others = /^(?:PATRONI|ETCD|PGBACKREST)_/;
  const ofEnvironment = (text: string): string[] => Object.keys(parseEnv(text));
  const compose = parse(readFileSync('docker-compose.yml', 'utf8')) as { services: { api: { environment: Record<string, string> } } };
  const named: [string, string[]][] = [
    ['docker-compose.yml', Object.keys(compose.services.api.environment)],
    ...globSync('deploy/**/*.env').map((file): [string, string[]] => [file, ofEnvironment(readFileSync(file, 'utf8'))]),
    ...globSync('deploy/systemd/*.service').map((file): [string, string[]] => [
      file,
      [...readFileSync(file, 'utf8').matchAll(/^Environment=(.*)$/gm)].flatMap(([, pairs]) =>
        pairs!.split(' ').map((pair) => pair.split('=')[0]!),
      ),
    ]),
    ...manifests.map((manifest): [string, string[]] => [
      `${manifest.file} ${manifest.kind} ${manifest.metadata?.name}`,
      [
        ...Object.keys(manifest.data ?? {}),
        ...(manifest.kind === 'Deployment' ? manifest.spec.template.spec.containers[0].env.map(({ name }: { name: string }) => name) : []),
      ],
    ]),
  ];

  it.each(named.filter(([, names]) => names.length > 0))('in %s is one of the product, or of who else reads it', (_, names) => {
    expect(names.filter((name) => !configVariables.includes(name) && !others.test(name))).toEqual([]);
  });

  it('also in words and comments, of all files and of the guide', () => {
    const texts = [
      ...globSync('deploy/**/*.{md,conf,cfg,yml,yaml,env,service,timer}'),
      'docker-compose.yml',
      'docs/high-availability.md',
      'docs/operations.md',
    ];
    for (const file of texts) {
      const words = [...readFileSync(file, 'utf8').matchAll(/\b(?:TIEPDAN|DATABASE)_[A-Z0-9_]*[A-Z0-9]\b/g)].map(([name]) => name);
      // A name of the compose file's own, and of the tests.
      const unknown = words.filter(
        (name) => !configVariables.includes(name) && !['TIEPDAN_PORT', 'TIEPDAN_S3', 'TIEPDAN_TEST_EVERY_DAY'].includes(name),
      );
      expect([file, unknown]).toEqual([file, []]);
    }
  });
});

function listening(note: (asked: string) => void, answering: boolean): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((incoming, answer) => {
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => (bytes += chunk.length));
      incoming.on('end', () => {
        note(`${incoming.method} ${incoming.url} ${bytes}`);
        if (answering) answer.end('done');
        else incoming.socket.destroy();
      });
    });
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const probe = await listening(() => undefined, true);
  const port = portOf(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function send(target: string, method: string, body?: string): Promise<number> {
  const sent = request(target, { method, headers: body === undefined ? {} : { 'content-length': body.length } });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  answer.resume();
  return answer.statusCode;
}

function isThere(target: string): Promise<boolean> {
  return send(`${target}/metrics`, 'GET').then(
    () => true,
    () => false,
  );
}
