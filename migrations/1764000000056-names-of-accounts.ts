import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOneStep } from './online.js';

/**
 * Names that an account had before, and those that the provider of identities says: whoever is denounced is kept out by each of them (Law on
 * Denunciations art. 8). The database remembers them, so that no way of renaming forgets to.
 */
export class NamesOfAccounts1764000000056 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    // A constant default is no rewriting of the table, and what an older instance writes has it.
    await queryRunner.query(`alter table account add column if not exists other_names text[] not null default '{}'`);
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        create or replace function remember_name() returns trigger language plpgsql set search_path from current as $$
        begin
          -- What was remembered stays, whatever the update says.
          new.other_names := array(select distinct name from unnest(old.other_names || new.other_names || old.display_name) name
            where name <> new.display_name or name = any (old.other_names) order by name);
          return new;
        end
        $$`);
      await queryRunner.query(`
        create or replace trigger account_names before update of display_name, other_names on account
        for each row execute function remember_name()`);
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query('drop trigger account_names on account');
      await queryRunner.query('drop function remember_name()');
      await queryRunner.query('alter table account drop column other_names');
    });
  }
}
