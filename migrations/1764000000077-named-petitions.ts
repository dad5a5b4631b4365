import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which petitions a request about the software names. Those that stand in earlier ones are found by their numbers, as far as the unit that asked is or
 * was involved in them.
 */
export class NamedPetitions1764000000077 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table unit_request_petition (
        request_id uuid not null references unit_request,
        petition_id uuid not null references petition,
        primary key (request_id, petition_id)
      );
      create index unit_request_petition_petition on unit_request_petition (petition_id);
      insert into unit_request_petition (request_id, petition_id)
        select distinct r.id, p.id
        from (
          select id, unit_id, title || ' ' || content as words from unit_request
          union all select r.id, r.unit_id, entry.content from unit_request_entry entry join unit_request r on r.id = entry.request_id
        ) r
        cross join lateral regexp_matches(upper(r.words), '[[:alnum:].][[:alnum:].-]{0,40}-[0-9]{4}-[0-9]{6,12}', 'g') as named (number)
        join petition p on p.number = named.number[1] and r.unit_id = any (p.involved_unit_ids);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table unit_request_petition');
  }
}
