import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nobody, PetitionRetention } from '../petitions/retention/petition-retention.service.js';
import { Transactions } from '../platform/database/transactions.js';
import { JobRunner } from '../structure/jobs/job-runner.js';

/** So many days after its session an appointment is forgotten: what came of it stands in the ledger. */
const appointmentDays = 90;
const rowsOfBatch = 500;

/**
 * The end of personal data at reception: of appointments soon, of visits and gatherings with their petition, or where there is none after the
 * period of their kind once somebody compared it with the law. What is counted stays.
 */
@Injectable()
export class ReceptionRetention implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly runner: JobRunner,
    private readonly petitions: PetitionRetention,
  ) {}

  onModuleInit(): void {
    // Every night, at half past two in Viet Nam.
    this.runner.registerTask('reception_retention', () => this.run(), '30 19 * * *');
  }

  /** Forgets what is due, batch by batch. */
  async run(): Promise<void> {
    for (const statement of [forgetAppointments, anonymiseVisits, anonymiseIncidents])
      while ((await this.transactions.run((tx) => tx.query<{ id: string }[]>(statement, [rowsOfBatch]))).length > 0);
    while ((await this.forgetRecordings()) > 0);
  }

  /** A recording goes with the last visit of its session. */
  private forgetRecordings(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const files = await tx.query<{ id: string; sha256: string }[]>(recordingsDue, [rowsOfBatch]);
      await this.petitions.forgetFiles(tx, files);
      return files.length;
    });
  }
}

const today = `(now() at time zone 'Asia/Ho_Chi_Minh')::date`;

const forgetAppointments = `with gone as (
    update reception_appointment set sealed = null, sealed_key = null, contact_index = null, matter = '${nobody}', version = version + 1
    where id = any (array(
      select a.id from reception_appointment a join reception_session s on s.id = a.session_id
      where a.sealed is not null and s.on_date < ${today} - ${appointmentDays} limit $1 for update of a skip locked))
    returning id)
  select id from gone`;

const over = (
  table: string,
  on: string,
) => `exists (select from petition p where p.id = ${table}.petition_id and p.anonymised_on is not null)
    or (${table}.petition_id is null and exists (
      select from retention_rule rule where rule.kind = ${table}.kind and rule.verified and ${table}.${on} < ${today} - make_interval(years => rule.years)))`;

const anonymiseVisits = `with gone as (
    update reception_visit set sealed = null, sealed_key = null, search_names = '', matter = '${nobody}', content = '', result_note = null,
      refusal_reason = null, refusal_basis = null, answer_content = null, papers = '[]', earlier_resolver = null, anonymised_on = ${today}, version = version + 1, updated_at = now()
    where id = any (array(
      select v.id from reception_visit v where v.anonymised_on is null and v.state <> 'in_reception' and (${over('v', 'visited_on')})
      limit $1 for update of v skip locked))
    returning id
  ), hidden as (
    delete from hidden_words h using gone where h.visit_id = gone.id
  ), revisions as (
    update reception_visit_revision r set sealed = null, sealed_key = null, content = '{}' from gone where r.visit_id = gone.id
  )
  select id from gone`;

const recordingsDue = `select id, sha256 from attachment a where a.session_id is not null and a.sha256 is not null
    and exists (select from reception_visit v where v.session_id = a.session_id)
    and not exists (select from reception_visit v where v.session_id = a.session_id and v.anonymised_on is null)
  order by id limit $1 for update of a skip locked`;

const anonymiseIncidents = `with gone as (
    update reception_incident set sealed = null, sealed_key = null, matter = '${nobody}', version = version + 1
    where id = any (array(
      select i.id from reception_incident i where i.sealed is not null and i.ended_at is not null and (${over('i', 'on_date')})
      limit $1 for update of i skip locked))
    returning id)
  select id from gone`;
