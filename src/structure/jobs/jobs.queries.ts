import type { NamedQuery } from '../../platform/database/transactions.js';

export const jobColumns = `id, type, unit_id as "unitId", parameters, state, cancel_requested as "cancelRequested", total, done, created, unchanged, refused,
  error, running_seconds + case when state = 'running' then extract(epoch from coalesce(heartbeat_at, now()) - started_at) else 0 end as "runningSeconds",
  started_at as "startedAt", heartbeat_at as "heartbeatAt", finished_at as "finishedAt", attempts, created_by as "createdBy", created_at as "createdAt"`;

/** Values: id, units. */
export const jobById: NamedQuery = {
  name: 'job-by-id',
  text: `select ${jobColumns} from background_job where id = $1 and unit_id = any ($2::uuid[])`,
};

/** Values: type. */
export const lastJobOf: NamedQuery = {
  name: 'last-job-of',
  text: `select ${jobColumns} from background_job where type = $1 order by created_at desc, id desc limit 1`,
};

/** Values: units. */
export const jobList: NamedQuery = {
  name: 'job-list',
  text: `select ${jobColumns} from background_job where unit_id = any ($1::uuid[]) order by created_at desc, id desc limit 100`,
};

/** Values: job id, line and position to start after, limit. */
export const jobFaults: NamedQuery = {
  name: 'job-faults',
  text: `select line, position, column_name as column, code, reason_vi as vi, reason_en as en from background_job_fault
    where job_id = $1 and (line, position) > ($2::int, $3::int) order by line, position limit $4`,
};
