/** What takes no longer than this is not spoken of. */
const firstMilliseconds = 3_000;
const everyMilliseconds = 10_000;

/**
 * Does something of the start, and says on stderr what it is while it takes longer than some seconds, so that nobody takes it for hanging.
 * @param what in words that go on with "…"; asked anew for each line where it is a function
 */
export async function sayingSo<T>(what: string | (() => string), work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const say = (): void => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.error(`${typeof what === 'string' ? what : what()} … ${seconds} s`);
    timer = setTimeout(say, everyMilliseconds);
  };
  let timer = setTimeout(say, firstMilliseconds);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
