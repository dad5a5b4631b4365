import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOneStep } from './online.js';

/**
 * What a guidance at a visit is known again by, so that nobody is guided twice about a matter: blind indexes of the national ids of who came, and what the
 * words are compared by. Nothing of visits whose authors are secret: it is gone as soon as one is, or is forgotten.
 */
export class VisitGuidance1764000000073 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        create table if not exists visit_guidance (
          visit_id uuid primary key references reception_visit,
          person_keys bytea[] not null,
          signature bytea not null,
          constraint visit_guidance_people check (cardinality(person_keys) > 0)
        );
        create index if not exists visit_guidance_people on visit_guidance using gin (person_keys);

        create or replace function forget_visit_guidance() returns trigger language plpgsql as $$
        begin
          delete from visit_guidance where visit_id = new.id;
          return null;
        end $$;
        create or replace trigger forget_visit_guidance after update of identity_secret, kind, anonymised_on on reception_visit
          for each row when (new.identity_secret or new.kind = 'denunciation' or new.anonymised_on is not null) execute function forget_visit_guidance();
        create or replace function refuse_secret_guidance() returns trigger language plpgsql as $$
        begin
          if exists (select from reception_visit where id = new.visit_id and (identity_secret or kind = 'denunciation')) then
            raise exception 'a visit whose author is secret is known again by nothing';
          end if;
          return new;
        end $$;
        create or replace trigger refuse_secret_guidance before insert or update on visit_guidance
          for each row execute function refuse_secret_guidance()`);
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        drop trigger if exists forget_visit_guidance on reception_visit;
        drop function if exists forget_visit_guidance;
        drop table if exists visit_guidance;
        drop function if exists refuse_secret_guidance`);
    });
  }
}
