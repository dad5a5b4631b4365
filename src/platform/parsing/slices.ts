import { setImmediate } from 'node:timers/promises';

/** Work that says where it may be interrupted: not later than after some hundred microseconds. */
export type Sliced<T> = Generator<void, T, void>;

/** How long a request that waits behind a slice is held up. */
const longestSlice = 4;

/** Slices of all works stand in one line, so that each turn of the event loop has time for one of them and for whatever else has come. */
let line: Promise<unknown> = Promise.resolve();

/** Does the work within this process, and lets others in every few milliseconds. */
export async function inSlices<T>(work: Sliced<T>): Promise<T> {
  for (let until = performance.now() + longestSlice; ;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < until) continue;
    await (line = line.then(() => setImmediate()));
    until = performance.now() + longestSlice;
  }
}

/** Does the work without interruption: for what is known to be little. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
