import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

/** Work that ends when it is told to. */
function held(): { work: () => Promise<void>; end: () => void; started: () => boolean } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let started = false;
  return {
    work: () => {
      started = true;
      return promise;
    },
    end: resolve,
    started: () => started,
  };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('are taken in order, so many at once', async () => {
    const turns = new Turns(2, 10, 10);
    const works = Array.from({ length: 4 }, held);
    const done = works.map(({ work }) => turns.take('a', work));
    await settle();
    expect(works.map(({ started }) => started())).toEqual([true, true, false, false]);
    works[1]!.end();
    await settle();
    expect(works.map(({ started }) => started())).toEqual([true, true, true, false]);
    for (const { end } of works) end();
    await Promise.all(done);
  });

  it('are refused to one network that fills the queue, and to nobody else', async () => {
    const turns = new Turns(1, 3, 2);
    const works = Array.from({ length: 4 }, held);
    const done = [turns.take('a', works[0]!.work), turns.take('a', works[1]!.work), turns.take('a', works[2]!.work)];
    await expect(turns.take('a', held().work)).rejects.toMatchObject({ code: 'too-many-requests', members: { retryAfter: 2 } });
    done.push(turns.take('b', works[3]!.work));
    await expect(turns.take('c', held().work)).rejects.toMatchObject({ code: 'service-unavailable' });
    for (const { end } of works) end();
    await Promise.all(done);
    expect(works.every(({ started }) => started())).toBe(true);
  });

  it('go on after work that failed', async () => {
    const turns = new Turns(1, 3, 2);
    const failing = turns.take('a', () => Promise.reject(new Error('no')));
    const next = turns.take('a', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
