/**
 * Rows whose first one was read: what is wrong with the question – an unknown unit, a day that there is not – is known before anything is written.
 * @throws whatever reading the first row throws
 */
export async function whenFirstIsRead<Row>(rows: AsyncIterable<Row>): Promise<AsyncIterable<Row>> {
  const iterator = rows[Symbol.asyncIterator]();
  let first: IteratorResult<Row> | undefined = await iterator.next();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const result = first;
        first = undefined;
        return result ? Promise.resolve(result) : iterator.next();
      },
      return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    }),
  };
}
