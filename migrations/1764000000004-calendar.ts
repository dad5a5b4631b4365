import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Official working-day calendars, a year at a time. A year without a row is computed from the rules and provisional. */
export class Calendar1764000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table calendar_year (
        year int primary key,
        status text not null,
        source text not null,
        version int not null default 1,
        updated_at timestamptz not null default now(),
        constraint calendar_year_status check (status in ('official', 'provisional')),
        constraint calendar_year_range check (year between 1990 and 2199)
      );

      create table calendar_day (
        date date primary key,
        year int not null references calendar_year on delete cascade,
        working boolean not null,
        name text not null,
        status text not null,
        constraint calendar_day_of_its_year check (extract(year from date) = year),
        constraint calendar_day_status check (status in ('official', 'provisional'))
      );
      create index calendar_day_year on calendar_day (year);

      create trigger calendar_year_version after insert or update or delete on calendar_year for each statement execute function bump_reference_version('calendar');
      create trigger calendar_day_version after insert or update or delete on calendar_day for each statement execute function bump_reference_version('calendar');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table calendar_day, calendar_year');
  }
}
