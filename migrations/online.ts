import type { QueryRunner } from 'typeorm';

/*
 * Steps of a migration beside a service that goes on: `transaction = false`, and every step by itself, because a lock is held until its
 * transaction ends. A lock that is not given within a second is refused (`migrationSettings`), and the whole migration is tried again: each step
 * can be done twice.
 */

/** One step in a transaction of its own. */
export async function inOneStep(queryRunner: QueryRunner, step: () => Promise<void>): Promise<void> {
  await queryRunner.startTransaction();
  try {
    await step();
    await queryRunner.commitTransaction();
  } catch (error) {
    await queryRunner.rollbackTransaction();
    throw error;
  }
}

/**
 * Adds a check: from now on new rows are looked at, which locks the table for a moment; then the old ones, which locks nobody out
 * (PostgreSQL, ALTER TABLE … VALIDATE CONSTRAINT: SHARE UPDATE EXCLUSIVE).
 * @param check `check (…)`
 */
export async function addCheck(queryRunner: QueryRunner, table: string, name: string, check: string): Promise<void> {
  await queryRunner.query(`alter table "${table}" drop constraint if exists ${name}, add constraint ${name} ${check} not valid`);
  await queryRunner.query(`alter table "${table}" validate constraint ${name}`);
}

/**
 * Makes an index while rows go on being written; what a broken-off try left is taken away first.
 * @param definition what stands after the name: `on table (column) where …`
 */
export async function addIndex(
  queryRunner: QueryRunner,
  name: string,
  definition: string,
  { unique = false }: { unique?: boolean } = {},
): Promise<void> {
  await queryRunner.query(`drop index if exists ${name}`);
  await queryRunner.query(`create ${unique ? 'unique ' : ''}index concurrently ${name} ${definition}`);
}

/**
 * Changes rows some at a time, each time in a transaction of its own, until none is left.
 * @param statement an `update` that finds rows by what it changes, with $1 for how many it takes at most
 */
export async function inBatches(queryRunner: QueryRunner, statement: string, atOnce = 200): Promise<void> {
  for (;;) {
    const [, changed] = (await queryRunner.query(statement, [atOnce])) as [unknown, number];
    if (changed === 0) return;
  }
}
