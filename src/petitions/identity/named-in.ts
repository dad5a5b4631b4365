const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const petitionNumber = /[\p{L}\d.][\p{L}\d.-]{0,40}-\d{4}-\d{6,12}(?!\d)/gu;
/** Ids of one request that are followed: as many as the longest list of a body, and some. */
const mostIds = 5_000;
/** Letters of a text that are looked through for numbers, and numbers that are followed. */
const most = { letters: 50_000, numbers: 100 };

/** Every id that is a value of its own, and every number of a petition that stands anywhere in the words of a request. */
export function namedIn(value: unknown): { ids: string[]; numbers: string[] } {
  const [ids, numbers] = [new Set<string>(), new Set<string>()];
  const look = (item: unknown): void => {
    if (ids.size > mostIds) return;
    if (typeof item === 'string') {
      if (uuid.test(item)) return void ids.add(item.toLowerCase());
      for (const [number] of item.slice(0, most.letters).matchAll(petitionNumber))
        if (numbers.size < most.numbers) numbers.add(number.toUpperCase());
    } else if (item !== null && typeof item === 'object' && !Buffer.isBuffer(item)) Object.values(item).forEach(look);
  };
  look(value);
  return { ids: [...ids], numbers: [...numbers] };
}
