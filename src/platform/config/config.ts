import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { roles } from '../access/official.js';
import { own } from '../text/own.js';

/** The settings of one running instance, read and checked once at start. */
export interface Config {
  environment: 'development' | 'test' | 'production';
  host: string;
  port: number;
  /** Empty when the embedded server is used. */
  databaseUrl: string;
  /** Account that owns the schema and migrates it; empty when it is that of `databaseUrl`. */
  ownerDatabaseUrl: string;
  /** Streaming replica that answers reports; empty where the primary does. */
  replicaDatabaseUrl: string;
  /** Seconds that the replica may be behind before the primary answers. */
  replicaMaximumLag: number;
  databasePool: number;
  /** How many requests may wait for a connection of the pool. */
  databaseWaiting: number;
  /** Seconds for which a start waits for a database that does not answer yet. */
  databaseWait: number;
  dataDir: string;
  embeddedPort: number;
  demo: 'auto' | 'on' | 'off';
  signingKeyFile: string;
  masterKey: string;
  masterKeyFile: string;
  checkpointDir: string;
  accessTokenSeconds: number;
  refreshTokenDays: number;
  /** Seconds in which a refresh token that was used answers the same once more. */
  refreshGraceSeconds: number;
  /** Hours in which a password can be chosen with an invitation. */
  invitationHours: number;
  /** Page that takes the code of an invitation behind its #; empty where there is none. */
  invitationUrl: string;
  oidcIssuer: string;
  oidcAudience: string;
  /** Claim that users cannot change, with the user name of their account here; empty where administrators link. */
  oidcAccountClaim: string;
  oidcUsernameClaim: string;
  oidcUnitClaim: string;
  oidcRolesClaim: string;
  /** Role here by the provider's name of it. */
  oidcRoleMap: Record<string, string>;
  oidcClockSkew: number;
  /** Failures of a name from one address that are free. */
  lockAfter: number;
  /** The longest that somebody waits after a failure. */
  lockMinutes: number;
  rateLimit: number;
  signInLimit: number;
  bodyLimit: number;
  /** Seconds for which a body may stand still. */
  bodyStallSeconds: number;
  /** Bytes a second that a body has to keep up in the long run. */
  bodyMinimumRate: number;
  importLimit: number;
  attachmentDir: string;
  attachmentLimit: number;
  /** Seconds for which a file that no row names stays in the store. */
  filesGrace: number;
  /** Files of one petition and of one unit, and their bytes together. */
  petitionFiles: number;
  petitionBytes: number;
  unitFiles: number;
  unitBytes: number;
  s3Bucket: string;
  s3Endpoint: string;
  s3Region: string;
  s3AccessKeyId: string;
  s3SecretAccessKey: string;
  clamd: string;
  /** LibreOffice, which makes PDF of reports. */
  soffice: string;
  publicLimit: number;
  /** Public bookings a day, of one address and of one contact. */
  bookingsPerAddress: number;
  bookingsPerContact: number;
  /** Places of one session that one address holds before they are confirmed. */
  bookingsHeldPerAddress: number;
  /** Minutes for which a place waits for the code that was sent. */
  bookingHoldMinutes: number;
  messageGatewayUrl: string;
  messageGatewayToken: string;
  messageChannels: ('sms' | 'email')[];
  /** Screens of waiting rooms in this instance, and of one address that is no office's. */
  screens: number;
  screensPerAddress: number;
  officeNetworks: string[];
  ledgerLimit: number;
  workers: number;
  /** Threads that read files from outside while their senders wait. */
  parsers: number;
  webhookAllow: string[];
  webhookAttempts: number;
  trustProxy: string[];
  /** Seconds for which a process that is told to stop says so, and serves, before nobody new comes in. */
  stopPause: number;
  /** How long running requests and jobs may take when the process is told to stop. */
  stopSeconds: number;
  corsOrigins: string[];
  metricsToken: string;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  logFormat: 'auto' | 'json' | 'pretty';
}

/** Injection token of the {@link Config}. */
export const CONFIG = Symbol('config');

/** A setting that cannot be used; the message names the variable and what is allowed. */
export class ConfigError extends Error {}

type Reader<T> = (value: string, name: string) => T;
interface Setting<K extends keyof Config> {
  variable: string;
  field: K;
  fallback: string;
  read: Reader<Config[K]>;
}

const settings = [
  setting('NODE_ENV', 'environment', 'development', oneOf('development', 'test', 'production')),
  setting('HOST', 'host', '127.0.0.1', text),
  setting('PORT', 'port', '3000', wholeNumber(0, 65_535)),
  setting('DATABASE_URL', 'databaseUrl', '', postgresUrl),
  setting('TIEPDAN_OWNER_DATABASE_URL', 'ownerDatabaseUrl', '', postgresUrl),
  setting('DATABASE_REPLICA_URL', 'replicaDatabaseUrl', '', postgresUrl),
  setting('TIEPDAN_REPLICA_MAXIMUM_LAG', 'replicaMaximumLag', '300', wholeNumber(1, 86_400)),
  setting('TIEPDAN_DATABASE_POOL', 'databasePool', '10', wholeNumber(1, 200)),
  setting('TIEPDAN_DATABASE_WAITING', 'databaseWaiting', '1000', wholeNumber(0, 100_000)),
  setting('TIEPDAN_DATABASE_WAIT', 'databaseWait', '60', wholeNumber(0, 3_600)),
  setting('TIEPDAN_DATA_DIR', 'dataDir', '.data', (value) => path.resolve(value)),
  setting('TIEPDAN_EMBEDDED_PORT', 'embeddedPort', '0', wholeNumber(0, 65_535)),
  setting('TIEPDAN_DEMO', 'demo', 'auto', oneOf('auto', 'on', 'off')),
  setting('TIEPDAN_SIGNING_KEY_FILE', 'signingKeyFile', '', text),
  setting('TIEPDAN_MASTER_KEY', 'masterKey', '', text),
  setting('TIEPDAN_MASTER_KEY_FILE', 'masterKeyFile', '', text),
  setting('TIEPDAN_CHECKPOINT_DIR', 'checkpointDir', '', (value) => value && path.resolve(value)),
  setting('TIEPDAN_ACCESS_TOKEN_SECONDS', 'accessTokenSeconds', '900', wholeNumber(60, 3600)),
  setting('TIEPDAN_REFRESH_TOKEN_DAYS', 'refreshTokenDays', '7', wholeNumber(1, 90)),
  setting('TIEPDAN_REFRESH_GRACE_SECONDS', 'refreshGraceSeconds', '30', wholeNumber(1, 300)),
  setting('TIEPDAN_INVITATION_HOURS', 'invitationHours', '72', wholeNumber(1, 720)),
  setting('TIEPDAN_INVITATION_URL', 'invitationUrl', '', httpUrl),
  setting('TIEPDAN_OIDC_ISSUER', 'oidcIssuer', '', httpUrl),
  setting('TIEPDAN_OIDC_AUDIENCE', 'oidcAudience', '', text),
  setting('TIEPDAN_OIDC_ACCOUNT_CLAIM', 'oidcAccountClaim', '', unchangeableClaim),
  setting('TIEPDAN_OIDC_USERNAME_CLAIM', 'oidcUsernameClaim', 'preferred_username', text),
  setting('TIEPDAN_OIDC_UNIT_CLAIM', 'oidcUnitClaim', '', text),
  setting('TIEPDAN_OIDC_ROLES_CLAIM', 'oidcRolesClaim', '', text),
  setting('TIEPDAN_OIDC_ROLE_MAP', 'oidcRoleMap', '', roleMap),
  setting('TIEPDAN_OIDC_CLOCK_SKEW', 'oidcClockSkew', '30', wholeNumber(0, 300)),
  setting('TIEPDAN_LOCK_AFTER', 'lockAfter', '5', wholeNumber(1, 100)),
  setting('TIEPDAN_LOCK_MINUTES', 'lockMinutes', '15', wholeNumber(1, 1440)),
  setting('TIEPDAN_RATE_LIMIT', 'rateLimit', '1200', wholeNumber(1, 10_000_000)),
  setting('TIEPDAN_SIGN_IN_LIMIT', 'signInLimit', '600', wholeNumber(1, 10_000_000)),
  setting('TIEPDAN_BODY_LIMIT', 'bodyLimit', '1048576', wholeNumber(1024, 104_857_600)),
  setting('TIEPDAN_BODY_STALL_SECONDS', 'bodyStallSeconds', '30', wholeNumber(1, 600)),
  setting('TIEPDAN_BODY_MINIMUM_RATE', 'bodyMinimumRate', '16384', wholeNumber(1, 104_857_600)),
  setting('TIEPDAN_IMPORT_LIMIT', 'importLimit', '16777216', wholeNumber(1024, 1_073_741_824)),
  setting('TIEPDAN_ATTACHMENT_DIR', 'attachmentDir', '', (value) => value && path.resolve(value)),
  setting('TIEPDAN_ATTACHMENT_LIMIT', 'attachmentLimit', '26214400', wholeNumber(1024, 1_073_741_824)),
  setting('TIEPDAN_FILES_GRACE', 'filesGrace', '3600', wholeNumber(0, 315_360_000)),
  setting('TIEPDAN_PETITION_FILES', 'petitionFiles', '500', wholeNumber(1, 1_000_000)),
  setting('TIEPDAN_PETITION_BYTES', 'petitionBytes', '2147483648', wholeNumber(1024, 1_000_000_000_000_000)),
  setting('TIEPDAN_UNIT_FILES', 'unitFiles', '200000', wholeNumber(1, 1_000_000_000)),
  setting('TIEPDAN_UNIT_BYTES', 'unitBytes', '214748364800', wholeNumber(1024, 1_000_000_000_000_000)),
  setting('TIEPDAN_S3_BUCKET', 's3Bucket', '', text),
  setting('TIEPDAN_S3_ENDPOINT', 's3Endpoint', '', httpUrl),
  setting('TIEPDAN_S3_REGION', 's3Region', 'us-east-1', text),
  setting('TIEPDAN_S3_ACCESS_KEY_ID', 's3AccessKeyId', '', text),
  setting('TIEPDAN_S3_SECRET_ACCESS_KEY', 's3SecretAccessKey', '', text),
  setting('TIEPDAN_CLAMD', 'clamd', '', hostAndPort),
  setting('TIEPDAN_SOFFICE', 'soffice', 'soffice', text),
  setting('TIEPDAN_PUBLIC_LIMIT', 'publicLimit', '30', wholeNumber(1, 10_000_000)),
  setting('TIEPDAN_BOOKINGS_PER_ADDRESS', 'bookingsPerAddress', '10', wholeNumber(1, 1_000_000)),
  setting('TIEPDAN_BOOKINGS_PER_CONTACT', 'bookingsPerContact', '3', wholeNumber(1, 1_000_000)),
  setting('TIEPDAN_BOOKINGS_HELD_PER_ADDRESS', 'bookingsHeldPerAddress', '2', wholeNumber(1, 1_000_000)),
  setting('TIEPDAN_BOOKING_HOLD_MINUTES', 'bookingHoldMinutes', '10', wholeNumber(1, 60)),
  setting('TIEPDAN_MESSAGE_GATEWAY_URL', 'messageGatewayUrl', '', httpUrl),
  setting('TIEPDAN_MESSAGE_GATEWAY_TOKEN', 'messageGatewayToken', '', longSecret),
  setting('TIEPDAN_MESSAGE_CHANNELS', 'messageChannels', 'sms,email', someOf('sms', 'email')),
  setting('TIEPDAN_SCREENS', 'screens', '500', wholeNumber(1, 100_000)),
  setting('TIEPDAN_SCREENS_PER_ADDRESS', 'screensPerAddress', '20', wholeNumber(1, 100_000)),
  setting('TIEPDAN_OFFICE_NETWORKS', 'officeNetworks', '', networks),
  setting('TIEPDAN_LEDGER_LIMIT', 'ledgerLimit', '268435456', wholeNumber(1024, 2_147_483_647)),
  setting('TIEPDAN_WORKERS', 'workers', '1', wholeNumber(0, 16)),
  setting('TIEPDAN_PARSERS', 'parsers', '2', wholeNumber(1, 16)),
  setting('TIEPDAN_WEBHOOK_ALLOW', 'webhookAllow', '', hostsAndNetworks),
  setting('TIEPDAN_WEBHOOK_ATTEMPTS', 'webhookAttempts', '12', wholeNumber(1, 100)),
  setting('TIEPDAN_TRUST_PROXY', 'trustProxy', '', commaList),
  setting('TIEPDAN_STOP_PAUSE', 'stopPause', '0', wholeNumber(0, 120)),
  setting('TIEPDAN_STOP_SECONDS', 'stopSeconds', '25', wholeNumber(1, 600)),
  setting('TIEPDAN_CORS_ORIGINS', 'corsOrigins', '', commaList),
  setting('TIEPDAN_METRICS_TOKEN', 'metricsToken', '', longSecret),
  setting('LOG_LEVEL', 'logLevel', 'info', oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent')),
  setting('TIEPDAN_LOG_FORMAT', 'logFormat', 'auto', oneOf('auto', 'json', 'pretty')),
];

/** Names of all variables, for the check of `.env.example`. */
export const configVariables = settings.map(({ variable }) => variable);

/**
 * Reads the settings from the environment and, for what is not set there, from the file `.env`.
 * @throws ConfigError when a name is unknown or a value cannot be used.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, envFile = '.env'): Config {
  const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  refuseUnknown(Object.keys(fromFile), `in ${envFile}`);
  refuseUnknown(
    Object.keys(environment).filter((name) => name.startsWith('TIEPDAN_')),
    'in the environment',
  );
  const config = Object.fromEntries(
    settings.map(({ variable, field, fallback, read }) => [
      field,
      read(own(environment, variable) || own(fromFile, variable) || fallback, variable),
    ]),
  ) as unknown as Config;
  config.attachmentDir ||= path.join(config.dataDir, 'attachments');
  if (config.s3AccessKeyId && !config.s3SecretAccessKey)
    throw new ConfigError('TIEPDAN_S3_SECRET_ACCESS_KEY: is needed beside TIEPDAN_S3_ACCESS_KEY_ID');
  config.signingKeyFile ||= path.join(config.dataDir, 'signing-key.pem');
  config.masterKeyFile ||= path.join(config.dataDir, 'master-key');
  if (config.oidcIssuer && !config.oidcAudience)
    throw new ConfigError('TIEPDAN_OIDC_AUDIENCE: is needed beside TIEPDAN_OIDC_ISSUER; tokens for anybody else are refused');
  if (Boolean(config.oidcUnitClaim) !== Boolean(config.oidcRolesClaim))
    throw new ConfigError(
      'TIEPDAN_OIDC_UNIT_CLAIM: unit and roles come from the provider together; set TIEPDAN_OIDC_ROLES_CLAIM, too, or neither',
    );
  if (config.environment === 'production' && config.oidcIssuer.startsWith('http:'))
    throw new ConfigError('TIEPDAN_OIDC_ISSUER: needs https in production');
  if (config.environment === 'production' && config.demo === 'on')
    throw new ConfigError(
      'TIEPDAN_DEMO: demo accounts have a documented password and are not allowed with NODE_ENV=production; allowed: auto, off',
    );
  return config;
}

function refuseUnknown(names: string[], where: string): void {
  const unknown = names.find((name) => !configVariables.includes(name));
  if (unknown) throw new ConfigError(`${unknown}: unknown setting ${where}; allowed: ${configVariables.join(', ')}`);
}

function setting<K extends keyof Config>(variable: string, field: K, fallback: string, read: Reader<Config[K]>): Setting<K> {
  return { variable, field, fallback, read };
}

function text(value: string): string {
  return value;
}

/** A secret that cannot be guessed; the message never repeats it. */
function longSecret(value: string, name: string): string {
  if (value && !/^[\x21-\x7e]{20,200}$/.test(value))
    throw new ConfigError(`${name}: is not allowed; allowed: 20 to 200 characters without spaces (openssl rand -base64 32), or empty`);
  return value;
}

/** Claims of OpenID Connect (Core 1.0, 5.1) that users fill in themselves, or that a provider gives to somebody else one day. */
const changeableClaims: ReadonlySet<string> = new Set([
  ...['preferred_username', 'name', 'given_name', 'family_name', 'middle_name', 'nickname', 'profile', 'picture', 'website', 'email'],
  ...['gender', 'birthdate', 'zoneinfo', 'locale', 'phone_number', 'address'],
]);

function unchangeableClaim(value: string, name: string): string {
  if (changeableClaims.has(value))
    throw new ConfigError(
      `${name}: "${value}" is not allowed, because users change it; allowed: a claim that only the provider's administrators set, or empty`,
    );
  return value;
}

function commaList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** `name=role`, comma-separated. */
function roleMap(value: string, name: string): Record<string, string> {
  const pairs = commaList(value).map((pair) => pair.split('='));
  const wrong = pairs.find(([external, role, ...rest]) => !external || !roles.some((known) => known === role) || rest.length > 0);
  if (wrong)
    throw new ConfigError(
      `${name}: "${wrong.join('=')}" is not allowed; allowed: name-of-the-provider=role, comma-separated; roles: ${roles.join(', ')}`,
    );
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Addresses, and networks with their prefix. */
function networks(value: string, name: string): string[] {
  const entries = commaList(value);
  const wrong = entries.find((entry) => !isNetwork(entry));
  if (wrong) throw new ConfigError(`${name}: "${wrong}" is not allowed; allowed: addresses and networks (10.1.0.0/16), comma-separated`);
  return entries;
}

function isNetwork(entry: string): boolean {
  const [address = '', prefix] = entry.split('/');
  const family = isIP(address);
  return family !== 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)));
}

/** Host names, addresses, and networks with their prefix. */
function hostsAndNetworks(value: string, name: string): string[] {
  const entries = commaList(value);
  const wrong = entries.find(
    (entry) => !isNetwork(entry) && (isIP(entry.split('/')[0] ?? '') !== 0 || !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(entry)),
  );
  if (wrong)
    throw new ConfigError(`${name}: "${wrong}" is not allowed; allowed: host names, addresses and networks (10.1.0.0/16), comma-separated`);
  return entries;
}

function oneOf<const T extends string>(...allowed: T[]): Reader<T> {
  return (value, name) => {
    const found = allowed.find((item) => item === value);
    if (!found) throw new ConfigError(`${name}: "${value}" is not allowed; allowed: ${allowed.join(', ')}`);
    return found;
  };
}

function someOf<const T extends string>(...allowed: T[]): Reader<T[]> {
  const one = oneOf(...allowed);
  return (value, name) => commaList(value).map((item) => one(item, name));
}

function wholeNumber(min: number, max: number): Reader<number> {
  return (value, name) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw new ConfigError(`${name}: "${value}" is not allowed; allowed: a whole number from ${min} to ${max}`);
    return number;
  };
}

function httpUrl(value: string, name: string): string {
  if (value && !(URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)))
    throw new ConfigError(`${name}: not a URL; allowed: http://host:port or https://host, or empty`);
  return value;
}

function hostAndPort(value: string, name: string): string {
  if (value && !/^.+:\d{1,5}$/.test(value)) throw new ConfigError(`${name}: "${value}" is not allowed; allowed: host:port, or empty`);
  return value;
}

/** The value holds a password, so the message never repeats it. */
function postgresUrl(value: string, name: string): string {
  if (namesSeveralServers(value))
    throw new ConfigError(
      `${name}: several hosts and target_session_attrs are not supported; allowed: one address that always leads to the server, a proxy that asks who the primary is or an address that moves with it (docs/operations.md, "When the database moves")`,
    );
  if (value && !(URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol)))
    throw new ConfigError(
      `${name}: not a PostgreSQL URL; allowed: postgres://user:password@host:5432/database, or empty for the embedded server`,
    );
  return value;
}

/** The ways in which libpq names several servers (PostgreSQL 18, 32.1.1): `//h1:1,h2:2/db`, `?host=h1,h2&port=1,2`, `?target_session_attrs=…`. */
function namesSeveralServers(url: string): boolean {
  const [, authority = '', query = ''] = /^postgres(?:ql)?:\/\/([^/?#]*)[^?]*(?:\?([^#]*))?/.exec(url) ?? [];
  const given = new URLSearchParams(query);
  const lists = ['host', 'hostaddr', 'port'].some((name) => given.get(name)?.includes(','));
  return (
    authority.slice(authority.lastIndexOf('@') + 1).includes(',') ||
    lists ||
    given.has('target_session_attrs') ||
    given.has('load_balance_hosts')
  );
}
