import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sayingSo } from './progress.js';

let lines: string[];

beforeEach(() => {
  lines = [];
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const taking = (milliseconds: number): Promise<string> => new Promise((resolve) => setTimeout(resolve, milliseconds, 'done'));

describe('a step of the start', () => {
  it('that is quick is not spoken of', async () => {
    const work = sayingSo('Migrating', () => taking(2_900));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await work).toBe('done');
    expect(lines).toEqual([]);
  });

  it('that takes long is told after three seconds and then every ten, with how far it is, until it ends', async () => {
    let at = 0;
    const work = sayingSo(
      () => `Migrating: ${++at} of 40`,
      () => taking(14_000),
    );
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await work).toBe('done');
    expect(lines).toEqual(['Migrating: 1 of 40 … 3 s', 'Migrating: 2 of 40 … 13 s']);
  });

  it('that fails is told no longer', async () => {
    const work = sayingSo('Migrating', async () => {
      await taking(4_000);
      throw new Error('no');
    });
    const failing = expect(work).rejects.toThrow('no');
    await jest.advanceTimersByTimeAsync(60_000);
    await failing;
    expect(lines).toHaveLength(1);
  });
});
