/**
 * Looks until there is something.
 * @param look answers undefined or false while there is nothing
 * @throws Error when nothing came in time
 */
export async function until<T>(look: () => Promise<T | undefined | false> | T | undefined | false, seconds = 30): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
