import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long personal data are kept, what stops their end, and what is left of a petition afterwards. */
export class PersonalData1764000000016 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table petition add column anonymised_on date;
      create index petition_to_anonymise on petition (last_step_on) where anonymised_on is null;

      create index petition_signatory_national_id on petition_signatory (national_id) where national_id is not null;

      -- Years after the end of a petition. The figures are those of the archive rules as far as they are known: to be verified, and corrected here.
      create table retention_rule (
        kind text primary key,
        years int not null,
        source text not null,
        verified boolean not null default false,
        version int not null default 1,
        updated_at timestamptz not null default now(),
        constraint retention_rule_kind check (kind in ('complaint', 'denunciation', 'recommendation', 'reflection')),
        constraint retention_rule_years check (years between 1 and 100)
      );
      insert into retention_rule (kind, years, source) values
        ('complaint', 15, 'Thông tư 10/2022/TT-BNV: hồ sơ giải quyết khiếu nại, tố cáo'),
        ('denunciation', 15, 'Thông tư 10/2022/TT-BNV: hồ sơ giải quyết khiếu nại, tố cáo'),
        ('recommendation', 5, 'Thông tư 10/2022/TT-BNV: văn bản trao đổi'),
        ('reflection', 5, 'Thông tư 10/2022/TT-BNV: văn bản trao đổi');

      create table legal_hold (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        reason text not null,
        placed_on date not null,
        placed_by uuid not null references account,
        lifted_on date,
        lifted_by uuid references account,
        lift_reason text,
        created_at timestamptz not null default now(),
        constraint legal_hold_lifted check ((lifted_on is null) = (lift_reason is null))
      );
      create index legal_hold_petition on legal_hold (petition_id, created_at);
      create unique index legal_hold_one_open on legal_hold (petition_id) where lifted_on is null;

      -- The row of a file outlives its content.
      alter table attachment
        alter column sha256 drop not null,
        add column removed_on date,
        add constraint attachment_removed check ((sha256 is null) = (removed_on is not null));

      create trigger audit_change after insert or update or delete on retention_rule for each row execute function audit_change('{kind}', '{}', '{}', '');
      create trigger audit_change after insert or update or delete on legal_hold for each row
        execute function audit_change('{id}', '{reason,lift_reason}', '{}', 'petition_id');
      revoke insert, delete on retention_rule from tiepdan_api;
      revoke delete on legal_hold from tiepdan_api;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from attachment where sha256 is null) then
          raise exception 'contents of files were removed at the end of their time: a schema without that cannot hold the rows that are left';
        end if;
      end $$;
      alter table attachment drop constraint attachment_removed, drop column removed_on, alter column sha256 set not null;
      drop index petition_signatory_national_id;
      drop table legal_hold, retention_rule;
      drop index petition_to_anonymise;
      alter table petition drop column anonymised_on;
    `);
  }
}
