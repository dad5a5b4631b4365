import type { NamedQuery } from '../../platform/database/transactions.js';

/** Values: job. */
export const reportFileOf: NamedQuery = {
  name: 'report-file-of',
  text: `select f.filename, f.media_type as "mediaType", b.size, f.sha256 from report_file f join blob b on b.sha256 = f.sha256 where f.job_id = $1`,
};

/** Values: days. Takes files out of the books that were kept that long, and answers their contents. */
export const staleReportFiles: NamedQuery = {
  name: 'stale-report-files',
  text: `delete from report_file where created_at < now() - make_interval(days => $1) returning sha256`,
};
