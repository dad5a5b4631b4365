import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files with what they are attached to, the register of documents with their templates, and who guesses at public look-ups. */
export class Papers1764000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- A content that is stored, once, under its SHA-256.
      create table blob (
        sha256 text primary key,
        size bigint not null,
        media_type text not null,
        created_at timestamptz not null default now(),
        constraint blob_sha256 check (sha256 ~ '^[0-9a-f]{64}$')
      );

      create table attachment (
        id uuid primary key default new_id(),
        petition_id uuid references petition,
        sha256 text not null references blob,
        filename text not null,
        purpose text not null,
        scan text not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'other')),
        constraint attachment_scan check (scan in ('clean', 'not_configured'))
      );
      create index attachment_petition on attachment (petition_id, created_at);
      alter table verification_entry add constraint verification_entry_attachment foreign key (attachment_id) references attachment;

      create table document_counter (
        unit_id uuid not null references unit,
        year int not null,
        last_number int not null,
        primary key (unit_id, year)
      );

      create table document (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        year int not null,
        sequence int not null,
        number text not null,
        paper text not null,
        petition_id uuid references petition,
        gist text not null,
        issued_on date not null,
        signer_title text not null,
        signer_name text not null,
        recipients text[] not null default '{}',
        sha256 text not null references blob,
        signed_copy_id uuid references attachment,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint document_sequence unique (unit_id, year, sequence)
      );
      create index document_petition on document (petition_id, issued_on) where petition_id is not null;
      create index document_register on document (unit_id, issued_on desc, id desc);

      -- A unit's own template; the newest one of a paper is used.
      create table document_template (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        paper text not null,
        filename text not null,
        sha256 text not null references blob,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        replaced_at timestamptz
      );
      create unique index document_template_current on document_template (unit_id, paper) where replaced_at is null;

      -- Wrong codes of one number, whether it exists or not.
      create table status_guess (
        number_hash text primary key,
        failures int not null,
        since timestamptz not null
      );
      create index status_guess_since on status_guess (since);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table status_guess, document_template, document, document_counter;
      alter table verification_entry drop constraint verification_entry_attachment;
      drop table attachment, blob;
    `);
  }
}
