import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What began anew when: an installation, and with it every restore of it. Numbers of events count on from what was restored, so that whoever
 * follows the feed has to know that they are other events; and access tokens of before are worth nothing (docs/decisions/0022).
 */
export class Epochs1764000000051 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table system_epoch (
        id uuid primary key default gen_random_uuid(),
        number int not null,
        because text not null,
        began_at timestamptz not null default now(),
        -- The last event of before it: up to there the feed is the same.
        event_position bigint not null,
        constraint system_epoch_number_unique unique (number),
        constraint system_epoch_because check (because in ('installed', 'restored'))
      );
      insert into system_epoch (number, because, event_position) values (1, 'installed', 0);
      create trigger system_epoch_append_only before update or delete or truncate on system_epoch for each statement execute function refuse_change();
      -- Instances look which tokens hold.
      create trigger system_epoch_version after insert on system_epoch for each statement execute function bump_reference_version('revocations');
      revoke insert, update, delete on system_epoch from tiepdan_api;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table system_epoch');
  }
}
