import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { ConnectionLost, databaseFault, mayCome, ofDatabase, TooManyWaiting, wasRefused } from './faults.js';

const ofServer = (code: string, where?: string): Error => Object.assign(new Error('no'), { code, where });
const ofNetwork = (message: string, code?: string): Error => ofDatabase(Object.assign(new Error(message), code && { code }));
const throughTypeOrm = (error: Error): Error => new QueryFailedError('select', [], error);

describe('a fault of the database', () => {
  it.each([
    ['ECONNRESET', 'read ECONNRESET'],
    ['EPIPE', 'write EPIPE'],
    ['ETIMEDOUT', 'connect ETIMEDOUT'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND'],
    ['EHOSTUNREACH', 'connect EHOSTUNREACH'],
    ['ECONNREFUSED', 'connect ECONNREFUSED'],
    [undefined, 'Connection terminated unexpectedly'],
    [undefined, 'Query read timeout'],
    [undefined, 'timeout expired'],
    [undefined, 'Client has encountered a connection error and is not queryable'],
  ])('is a connection that broke: %s %s', (code, message) => {
    expect(databaseFault(ofNetwork(message, code))).toBe('away');
    expect(databaseFault(throughTypeOrm(ofNetwork(message, code)))).toBe('away');
  });

  it.each([
    ['08006', 'away'],
    ['57P01', 'away'],
    ['57P03', 'away'],
    ['28P01', 'away'],
    ['25006', 'read-only'],
    ['53100', 'disk-full'],
    ['53300', 'no-resources'],
    ['57014', 'too-long'],
    ['40001', 'conflict'],
    ['40P01', 'conflict'],
    ['55P03', 'conflict'],
    ['23505', null],
    ['22003', null],
    ['42P01', null],
  ])('is told by SQLSTATE %s: %s', (code, fault) => {
    expect(databaseFault(throughTypeOrm(ofServer(code)))).toBe(fault);
  });

  it('is slow commits where all transactions wait for the same', () => {
    const audit =
      'SQL statement "SELECT pg_advisory_xact_lock(12072018)"\nPL/pgSQL function public.audit_link_transaction() line 8 at PERFORM';
    expect(databaseFault(ofServer('55P03', audit))).toBe('slow-commits');
    expect(databaseFault(ofServer('55P03', 'while locking tuple (0,4) in relation "running_number"'))).toBe('slow-commits');
    expect(databaseFault(ofServer('55P03', 'while locking tuple (0,4) in relation "petition"'))).toBe('conflict');
    expect(databaseFault(ofServer('55P03', 'SQL statement "SELECT pg_advisory_xact_lock(120720189)"'))).toBe('conflict');
  });

  it('is none where something else failed: another connection, a value that cannot be sent', () => {
    expect(databaseFault(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBeNull();
    expect(databaseFault(ofDatabase(new TypeError('Converting circular structure to JSON')))).toBeNull();
    expect(databaseFault(undefined)).toBeNull();
    expect(databaseFault('text')).toBeNull();
  });

  it('is told of those that the product finds itself', () => {
    expect(databaseFault(new TooManyWaiting())).toBe('crowded');
    expect(databaseFault(new ConnectionLost())).toBe('away');
  });

  it('may have come after a change was stored, or not', () => {
    expect([ofServer('55P03'), ofServer('23505'), ofServer('53100'), ofServer('57P03')].map(wasRefused)).toEqual([true, true, true, true]);
    expect([ofServer('57P01'), ofServer('08006'), ofNetwork('gone', 'EPIPE')].map(wasRefused)).toEqual([false, false, false]);
  });

  it('is waited for at a start where it passes', () => {
    const passes = [ofServer('57P03'), ofServer('25006'), ofServer('53300'), ofNetwork('connect', 'ECONNREFUSED')];
    expect(passes.map(mayCome)).toEqual([true, true, true, true]);
    expect([ofServer('28P01'), ofServer('3D000'), ofServer('08P01')].map(mayCome)).toEqual([false, false, false]);
  });
});
