import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Withdrawals as they were made: by a petition or by minutes, of the whole, of a part, or by some of several people, who then have no rights of a
 * complainant any more (Law on Complaints art. 10, Decree 124/2020/NĐ-CP art. 7a, Law on Denunciations art. 33).
 */
export class Withdrawals1764000000061 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table withdrawal (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        withdrawn_on date not null,
        form text not null,
        extent text not null,
        -- What was withdrawn, where it is a part.
        content text,
        -- Positions in the petition's parties and in its list of signatories.
        party_positions int[] not null default '{}',
        signatory_positions int[] not null default '{}',
        coerced boolean not null,
        goes_on_because text,
        goes_on boolean not null,
        reason text not null,
        document_number text,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint withdrawal_form check (form in ('petition', 'minutes')),
        constraint withdrawal_extent check (extent in ('whole', 'part', 'some_people')),
        constraint withdrawal_goes_on_because check (goes_on_because in ('signs_of_violation', 'threatened', 'bribed', 'abuse_of_right')),
        constraint withdrawal_people check ((extent = 'some_people') = (cardinality(party_positions) + cardinality(signatory_positions) > 0)),
        constraint withdrawal_part check (extent <> 'part' or content is not null),
        constraint withdrawal_goes_on check (goes_on or (extent = 'whole' and not coerced and goes_on_because is null))
      );
      create index withdrawal_petition on withdrawal (petition_id, created_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table withdrawal');
  }
}
