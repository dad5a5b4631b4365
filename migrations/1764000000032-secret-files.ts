import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Looks at files of denunciations, each with its reason, and which papers were made without naming anybody. */
export class SecretFiles1764000000032 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table document
        -- Made when who is behind it was secret already, so that it names nobody.
        add column withheld boolean not null default false,
        -- What it was made for where that is no petition.
        add column visit_id uuid references reception_visit,
        add column appointment_id uuid references reception_appointment;
      create index document_visit on document (visit_id) where visit_id is not null;
      create index document_appointment on document (appointment_id) where appointment_id is not null;

      -- A look is at an identity, or at a file that shows it: of a petition, or of a visit that no petition came of.
      alter table identity_reveal
        alter column petition_id drop not null,
        add column visit_id uuid references reception_visit,
        add column attachment_id uuid references attachment,
        add column document_id uuid references document,
        drop constraint identity_reveal_basis,
        add constraint identity_reveal_basis check (basis in ('assigned', 'deciding_leader')
          or (basis = 'entered' and num_nonnulls(attachment_id, document_id) = 1)),
        add constraint identity_reveal_of check (num_nonnulls(petition_id, visit_id) >= 1 and num_nonnulls(attachment_id, document_id) <= 1);
      create index identity_reveal_visit on identity_reveal (visit_id) where visit_id is not null;
      create index identity_reveal_attachment on identity_reveal (attachment_id) where attachment_id is not null;
      create index identity_reveal_document on identity_reveal (document_id) where document_id is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger identity_reveal_append_only on identity_reveal;
      delete from identity_reveal where num_nonnulls(attachment_id, document_id) > 0 or petition_id is null;
      create trigger identity_reveal_append_only before update or delete or truncate on identity_reveal for each statement execute function refuse_change();
      alter table identity_reveal
        drop constraint identity_reveal_of,
        drop constraint identity_reveal_basis,
        add constraint identity_reveal_basis check (basis in ('assigned', 'deciding_leader')),
        drop column document_id,
        drop column attachment_id,
        drop column visit_id,
        alter column petition_id set not null;
      alter table document drop column appointment_id, drop column visit_id, drop column withheld;
    `);
  }
}
