import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { configVariables, readConfig } from './config.js';

describe('settings', () => {
  it('has every variable in .env.example, each with its default and a comment above', () => {
    const text = readFileSync('.env.example', 'utf8');
    expect(Object.keys(parseEnv(text)).sort()).toEqual([...configVariables].sort());
    expect(readConfig({}, '.env.example')).toEqual(readConfig({}, ''));
    for (const block of text.trim().split('\n\n')) expect(block).toMatch(/^#/);
  });

  it.each([
    [{ PORT: 'http' }, 'PORT: "http" is not allowed; allowed: a whole number from 0 to 65535'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV: "prod" is not allowed; allowed: development, test, production'],
    [{ TIEPDAN_ACCESS_TOKEN_SECONDS: '5' }, 'TIEPDAN_ACCESS_TOKEN_SECONDS: "5" is not allowed; allowed: a whole number from 60 to 3600'],
    [{ DATABASE_URL: 'postgres//host' }, 'DATABASE_URL: not a PostgreSQL URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: "loud" is not allowed; allowed: trace, debug, info, warn, error, silent'],
    [{ TIEPDAN_SECRET: 'x' }, 'TIEPDAN_SECRET: unknown setting in the environment'],
    [
      { TIEPDAN_OIDC_ACCOUNT_CLAIM: 'preferred_username' },
      'TIEPDAN_OIDC_ACCOUNT_CLAIM: "preferred_username" is not allowed, because users change it',
    ],
    [{ NODE_ENV: 'production', TIEPDAN_DEMO: 'on' }, 'TIEPDAN_DEMO: demo accounts have a documented password'],
  ])('refuses %j and says what is allowed', (environment, message) => {
    expect(() => readConfig(environment, '')).toThrow(message);
  });

  it('never repeats the password of a URL', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://root:geheim@host/db' }, '')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('geheim') }),
    );
  });
});
