import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** As in the migration "events": the order in which transactions commit. */
const commitOrder = 1_207_2018;

/** What services may be and have; the same as `servicesMay` in src/accounts/roles-of-units.ts, as it was when this migration was made. */
const serviceRoles = `array['clerk', 'analyst']`;
const serviceScopes = `case when 'clerk' = any (roles) then array['reference:read', 'petitions:read', 'petitions:write', 'reception:read', 'reception:write',
    'people:read', 'people:write', 'documents:read', 'documents:write', 'reports:read', 'reports:write', 'regulations:read', 'regulations:write',
    'oversight:read', 'oversight:write', 'inspections:read', 'events:read', 'administration:read']
  else array['reference:read', 'reports:read', 'reports:write', 'regulations:read', 'oversight:read', 'administration:read'] end`;

/** Accounts that read petitions take two persons; passwords are chosen by their owners; services lose what no service may have. */
export class TwoPersons1764000000037 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table account
        -- Since when it may be used: at once where it reads no petitions, else since a leader agreed.
        add column approved_at timestamptz,
        -- With which its owner chooses a password, once.
        add column invitation_digest bytea,
        add column invitation_expires_at timestamptz,
        -- What a service had that no service may have; for its administrator to see.
        add column lost_roles text[] not null default '{}',
        add column lost_scopes text[] not null default '{}';
      update account set approved_at = created_at;

      update account set
        lost_roles = array(select unnest(roles) except select unnest(${serviceRoles})),
        roles = case when roles && ${serviceRoles} then array(select role from unnest(roles) with ordinality as held (role, place) where role = any (${serviceRoles}) order by place)
          else roles end,
        active = active and roles && ${serviceRoles},
        version = version + 1
      where kind = 'service' and not roles <@ ${serviceRoles};
      update account set
        lost_scopes = array(select unnest(scopes) except select unnest(${serviceScopes})),
        scopes = array(select scope from unnest(scopes) with ordinality as held (scope, place) where scope = any (${serviceScopes}) order by place),
        active = active and scopes && ${serviceScopes},
        version = version + 1
      where kind = 'service' and not scopes <@ ${serviceScopes};
      update account_session set revoked_at = now(), revoked_because = 'services lost rights'
      where revoked_at is null and account_id in (select id from account where lost_roles <> '{}' or lost_scopes <> '{}');

      -- Who is known to the provider of identities signs in there alone.
      update account set password_hash = null, must_change_password = false, totp_sealed = null, totp_key = null, totp_confirmed_at = null,
        totp_last_step = null, totp_next_sealed = null, totp_next_key = null, version = version + 1
      where external_subject is not null;

      alter table account
        add constraint account_approved check (not active or approved_at is not null),
        add constraint account_invitation check ((invitation_digest is null) = (invitation_expires_at is null)
          and (invitation_digest is null or (active and kind = 'person' and external_subject is null))),
        add constraint account_service_rights check (kind = 'person' or (not scopes && array['identity:read', 'identity:write', 'audit:read', 'audit:write']
          and (not active or roles <@ ${serviceRoles}))),
        add constraint account_governed check (external_subject is null or (password_hash is null and totp_sealed is null and totp_next_sealed is null));
      create unique index account_invitation_unique on account (invitation_digest) where invitation_digest is not null;
      drop trigger audit_change on account;
      create trigger audit_change after insert or update or delete on account for each row
        execute function audit_change('{id}', '{password_hash,client_secret_digest,totp_sealed,totp_next_sealed,invitation_digest}', '{}', '');

      create table account_proposal (
        id uuid primary key default new_id(),
        account_id uuid not null references account,
        type text not null,
        -- The unit that the account is at afterwards, and the one whose leader is asked; null where there is none.
        unit_id uuid not null references unit,
        approving_unit_id uuid references unit,
        -- What would change; null stays as it is.
        roles text[],
        active boolean,
        scopes text[],
        rate_limit int,
        display_name text,
        external_issuer text,
        external_subject text,
        remove_second_factor boolean not null default false,
        state text not null default 'pending',
        proposed_by uuid not null references account,
        proposed_at timestamptz not null default now(),
        decided_by uuid references account,
        decided_at timestamptz,
        reason text,
        constraint account_proposal_type check (type in ('account', 'change', 'credentials', 'identity')),
        constraint account_proposal_state check (state in ('pending', 'approved', 'refused', 'withdrawn')),
        constraint account_proposal_decided check ((state = 'pending') = (decided_at is null)),
        constraint account_proposal_reasoned check (state <> 'refused' or reason is not null),
        -- Nobody agrees to what he proposed or to what is about himself.
        constraint account_proposal_two_persons check (state in ('pending', 'withdrawn')
          or (decided_by is not null and decided_by <> proposed_by and decided_by <> account_id))
      );
      create unique index account_proposal_one_pending on account_proposal (account_id) where state = 'pending';
      create index account_proposal_list on account_proposal (unit_id, proposed_at desc, id desc);

      create function account_proposal_out() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        told outgoing_event;
      begin
        perform pg_advisory_xact_lock(${commitOrder});
        insert into outgoing_event (position, type, occurred_on, recorded_at, unit_ids, data)
        select coalesce((select max(position) from outgoing_event), 0) + 1,
          'account_proposal.' || case new.state when 'pending' then 'proposed' else new.state end,
          (now() at time zone 'Asia/Ho_Chi_Minh')::date, now(), array_remove(array[new.unit_id, new.approving_unit_id], null),
          jsonb_build_object('proposalId', new.id, 'accountId', new.account_id, 'type', new.type, 'unitId', new.unit_id,
            'approvingUnitId', new.approving_unit_id, 'state', new.state)
        returning * into told;
        perform webhook_fan_out(told);
        return null;
      end
      $$;
      create constraint trigger account_proposal_out after insert or update on account_proposal deferrable initially deferred
        for each row execute function account_proposal_out();
      revoke delete on account_proposal from tiepdan_api;
    `);
    await auditChanges(queryRunner, { account_proposal: { digested: ['display_name', 'external_subject', 'reason'] } });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table account_proposal;
      drop function account_proposal_out();
      alter table outgoing_event disable trigger outgoing_event_append_only;
      delete from webhook_delivery d using outgoing_event e where e.position = d.event_position and e.type like 'account_proposal.%';
      delete from outgoing_event where type like 'account_proposal.%';
      alter table outgoing_event enable trigger outgoing_event_append_only;
      drop trigger audit_change on account;
      drop index account_invitation_unique;
      alter table account
        drop constraint account_approved, drop constraint account_invitation, drop constraint account_service_rights, drop constraint account_governed,
        drop column approved_at, drop column invitation_digest, drop column invitation_expires_at, drop column lost_roles, drop column lost_scopes;
      create trigger audit_change after insert or update or delete on account for each row
        execute function audit_change('{id}', '{password_hash,client_secret_digest,totp_sealed,totp_next_sealed}', '{}', '');
    `);
  }
}
