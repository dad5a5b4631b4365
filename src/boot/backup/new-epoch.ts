import type pg from 'pg';

/** What ended with the time that a restore has undone. */
export interface NewEpoch {
  epoch: string;
  /** Last event that the feed has from before. */
  eventPosition: number;
  sessions: number;
  /** Invitations and codes that would work a second time. */
  codes: number;
  deliveries: number;
  messages: number;
}

/**
 * Begins a new epoch in a database that was restored, in the running transaction: sessions, codes and access tokens of before end, readers of the
 * feed are told that numbers went back, and what was on its way – webhooks, messages to citizens – is laid aside, because it may have arrived
 * in the time that was undone. Works on every schema since the migration "epochs".
 */
export async function beginNewEpoch(client: pg.Client, action: string): Promise<NewEpoch> {
  const changed = async (text: string): Promise<number> => (await client.query(text)).rowCount ?? 0;
  const actor = { action, accountId: null, unitId: null, onBehalfOf: null, address: null, requestId: null };
  await client.query(`select set_config('tiepdan.actor', $1, true)`, [JSON.stringify(actor)]);
  const { rows } = await client.query<{ epoch: string; eventPosition: number }>(
    `insert into public.system_epoch (number, because, event_position)
     select coalesce(max(number), 0) + 1, 'restored', coalesce((select max(position) from public.outgoing_event), 0) from public.system_epoch
     returning id as epoch, event_position as "eventPosition"`,
  );
  const sessions = await changed(
    `update public.account_session set revoked_at = now(), revoked_because = 'restored from a backup' where revoked_at is null`,
  );
  await changed('delete from public.refresh_token');
  const invitations = await changed(
    `update public.account set invitation_digest = null, invitation_expires_at = null, version = version + 1 where invitation_digest is not null`,
  );
  const confirmations = await changed(
    'update public.reception_appointment set confirmation_hash = null where confirmation_hash is not null',
  );
  const deliveries = await changed(
    `update public.webhook_delivery set state = 'dead', last_error = 'restored from a backup' where state = 'pending'`,
  );
  const messages = await changed(
    `update public.outgoing_message set state = 'failed', sealed = null, sealed_key = null, ended_at = now() where state = 'waiting'`,
  );
  await changed(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier in ('deliver_webhook', 'send_message')`,
  );
  return { ...rows[0]!, sessions, codes: invitations + confirmations, deliveries, messages };
}
