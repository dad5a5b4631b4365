import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Transfers of petitions between units, and urgings of late ones. */
export class Routing1764000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table transfer (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        from_unit_id uuid not null references unit,
        to_unit_id uuid not null references unit,
        state text not null default 'pending',
        reason text not null,
        -- Since when the sender had it: where the clock goes on if it comes back.
        sender_since date not null,
        sent_on date not null,
        -- A day that the sender set; else the reply is due by the default limit from receipt.
        reply_by date,
        reply_due_on date not null,
        received_on date,
        returned_on date,
        return_reason text,
        replied_on date,
        reply jsonb,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint transfer_state check (state in ('pending', 'received', 'returned', 'replied')),
        constraint transfer_to_another check (from_unit_id <> to_unit_id),
        constraint transfer_received check (state not in ('received', 'replied') or received_on is not null),
        constraint transfer_returned check ((state = 'returned') = (returned_on is not null and return_reason is not null)),
        constraint transfer_replied check ((state = 'replied') = (replied_on is not null and reply is not null))
      );
      -- A petition is on its way to one unit at a time.
      create unique index transfer_one_pending on transfer (petition_id) where state = 'pending';
      create index transfer_petition on transfer (petition_id);
      create index transfer_in on transfer (to_unit_id, state, sent_on desc, id desc);
      create index transfer_out on transfer (from_unit_id, state, sent_on desc, id desc);

      create table urging (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        from_unit_id uuid not null references unit,
        to_unit_id uuid not null references unit,
        content text not null,
        urged_on date not null,
        answer_by date not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint urging_answer_after check (answer_by >= urged_on)
      );
      create index urging_petition on urging (petition_id, urged_on);
      create index urging_in on urging (to_unit_id, urged_on desc, id desc);
      create index urging_out on urging (from_unit_id, urged_on desc, id desc);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table urging, transfer');
  }
}
