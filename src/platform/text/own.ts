/**
 * What stands under a key in a record: what was put there, and never what every object inherits (`constructor`, `toString`). For keys that come from
 * outside; the lint rule `local/open-key` asks for it.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
