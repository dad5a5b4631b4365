import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, open, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { everyContent } from './blob-store.js';
import { DiskBlobStore } from './disk-blob-store.js';

let folder: string;
let store: DiskBlobStore;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-store-'));
  store = new DiskBlobStore(folder);
  await mkdir(path.join(folder, 'incoming'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(content: string, sha256 = createHash('sha256').update(content).digest('hex')): Promise<string> {
  const incoming = path.join(folder, 'incoming', randomUUID());
  await writeFile(incoming, content);
  await store.put(sha256, incoming);
  return sha256;
}

it('a name outlives the loss of power: the folder of a content is flushed, and every folder that is new on the way', async () => {
  const handle = await open(folder, 'r');
  const sync = jest.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync');
  await handle.close();
  try {
    await put('a', 'ab'.repeat(32));
    expect(sync).toHaveBeenCalledTimes(3);
    await put('b', `abab${'cd'.repeat(30)}`);
    expect(sync).toHaveBeenCalledTimes(4);
    await put('c', 'abcd'.repeat(16));
    expect(sync).toHaveBeenCalledTimes(6);
  } finally {
    sync.mockRestore();
  }
});

it('is listed in the order of the bytes, page by page, with size and age, without what else lies there', async () => {
  const contents = await Promise.all(Array.from({ length: 50 }, (_, index) => put('x'.repeat(index))));
  const sorted = [...contents].sort();
  const [first] = sorted;
  await utimes(path.join(folder, first!.slice(0, 2), first!.slice(2, 4), first!), 1_000_000_000, 1_000_000_000);
  await mkdir(path.join(folder, 'lost+found'));
  await writeFile(path.join(folder, sorted[3]!.slice(0, 2), 'note.txt'), 'not a content');
  const pages = [];
  for await (const page of everyContent(store, 7)) pages.push(page);
  expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 7, 7, 7, 7, 1]);
  const listed = pages.flat();
  expect(listed.map(({ sha256 }) => sha256)).toEqual(sorted);
  expect(listed.map(({ size }) => size)).toEqual(sorted.map((sha256) => contents.indexOf(sha256)));
  // Twenty years, and a moment.
  expect(listed[0]!.age).toBeGreaterThan(20 * 365 * 86_400_000);
  for (const { age } of listed.slice(1)) expect(Math.abs(age)).toBeLessThan(60_000);
  expect(await store.list(sorted.at(-1)!, 10)).toEqual([]);
  expect(await new DiskBlobStore(path.join(folder, 'nowhere')).list('', 10)).toEqual([]);
});

it('says how large a content is, and that there is none', async () => {
  const sha256 = await put('bốn');
  expect(await store.sizeOf(sha256)).toBe(5);
  await store.remove(sha256);
  await store.remove(sha256);
  expect(await store.sizeOf(sha256)).toBeUndefined();
});
