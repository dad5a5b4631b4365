import type { EntityManager } from 'typeorm';
import type { LegalDate } from '../platform/text/legal-date.js';
import type { Limit } from '../rules/limits/limit.js';
import type { StoredLimit } from './petition.js';

/*
 * The limits of a petition as rows. Whether one is late is never stored: it follows from its due day and today.
 * The earliest due days of the open ones stand on the petition too, for lists; every change here ends with refreshNextDue.
 */

const limitRecord = `"ruleId" text, "ruleVersion" text, "startsOn" date, "dueOn" date, "backlogOn" date, amount int, unit text, "calendarStatus" text, sources jsonb`;

/** An open limit that is the same as a wanted one goes on. */
const goesOn = `known.rule_id = wanted."ruleId" and known.starts_on = wanted."startsOn" and known.due_on = wanted."dueOn" and known.unit_id = $2`;

/** Starts limits at a unit. One that is already open goes on; one that is open with other days is replaced. */
export async function startLimits(
  tx: EntityManager,
  petitionId: string,
  unitId: string,
  limits: readonly Limit[],
  on: LegalDate,
): Promise<void> {
  if (limits.length === 0) return;
  await tx.query(
    `update petition_limit known set void_on = $4 from jsonb_to_recordset($3::jsonb) as wanted (${limitRecord})
     where known.petition_id = $1 and known.met_on is null and known.void_on is null and known.rule_id = wanted."ruleId" and not (${goesOn})`,
    [petitionId, unitId, JSON.stringify(limits), on],
  );
  await tx.query(
    `insert into petition_limit (petition_id, unit_id, rule_id, rule_version, starts_on, due_on, backlog_on, amount, unit, calendar_status, sources)
     select $1, $2, "ruleId", "ruleVersion", "startsOn", "dueOn", "backlogOn", amount, unit, "calendarStatus", sources
     from jsonb_to_recordset($3::jsonb) as wanted (${limitRecord})
     where not exists (select from petition_limit known where known.petition_id = $1 and known.met_on is null and known.void_on is null and ${goesOn})`,
    [petitionId, unitId, JSON.stringify(limits)],
  );
}

/** Ends every open limit as kept on a day; whether in time follows from its due day. */
export async function meetOpenLimits(tx: EntityManager, petitionId: string, on: LegalDate, except: readonly string[] = []): Promise<void> {
  await tx.query(
    'update petition_limit set met_on = $2 where petition_id = $1 and met_on is null and void_on is null and not (rule_id = any ($3))',
    [petitionId, on, except],
  );
}

/** Ends open limits that no longer apply, e.g. because the petition turned out to be of another kind. */
export async function voidOpenLimits(tx: EntityManager, petitionId: string, on: LegalDate, except: readonly string[]): Promise<void> {
  await tx.query(
    'update petition_limit set void_on = $2 where petition_id = $1 and met_on is null and void_on is null and not (rule_id = any ($3))',
    [petitionId, on, except],
  );
}

/** Copies the earliest due day and backlog day of the open limits to the petition. */
export async function refreshNextDue(tx: EntityManager, petitionId: string): Promise<void> {
  await tx.query(
    `update petition set (next_due_on, next_backlog_on) =
       (select min(due_on), min(backlog_on) from petition_limit where petition_id = $1 and met_on is null and void_on is null and suspended_on is null)
     where id = $1`,
    [petitionId],
  );
}

/** A limit that is open, with what its days are counted from. */
export type OpenLimit = Omit<StoredLimit, 'sources' | 'metOn' | 'voidOn'>;

const openColumns = `id, unit_id as "unitId", rule_id as "ruleId", rule_version as "ruleVersion", starts_on as "startsOn", due_on as "dueOn",
  backlog_on as "backlogOn", amount, unit, calendar_status as "calendarStatus", extensions_days as "extensionsDays",
  suspended_days as "suspendedDays", suspended_on as "suspendedOn", subject_id as "subjectId"`;

/** The open limits of a petition, suspended ones included. */
export function openLimits(tx: EntityManager, petitionId: string): Promise<OpenLimit[]> {
  return tx.query<OpenLimit[]>(
    `select ${openColumns} from petition_limit where petition_id = $1 and met_on is null and void_on is null order by due_on, id`,
    [petitionId],
  );
}

/** Gives an open limit other days; the history keeps those of before. */
export async function moveLimit(
  tx: EntityManager,
  limitId: string,
  {
    dueOn,
    backlogOn,
    amount,
    calendarStatus,
    extensionsDays = [],
    suspendedDays,
    suspendedOn,
  }: Pick<Limit, 'dueOn' | 'backlogOn' | 'amount' | 'calendarStatus'> &
    Partial<Pick<StoredLimit, 'extensionsDays' | 'suspendedDays' | 'suspendedOn'>>,
): Promise<void> {
  await tx.query(
    `update petition_limit set due_on = $2, backlog_on = $3, amount = $4, calendar_status = $5, extensions_days = $6,
       suspended_days = coalesce($7, suspended_days), suspended_on = case when $8::boolean then $9::date else suspended_on end
     where id = $1`,
    [
      limitId,
      dueOn,
      backlogOn,
      amount,
      calendarStatus,
      extensionsDays,
      suspendedDays ?? null,
      suspendedOn !== undefined,
      suspendedOn ?? null,
    ],
  );
}

/** Stops the clock of an open limit. */
export async function stopLimit(tx: EntityManager, limitId: string, on: LegalDate): Promise<void> {
  await tx.query('update petition_limit set suspended_on = $2 where id = $1', [limitId, on]);
}

/** Starts a limit that runs for one thing of a petition: an obligation, a request for protection. */
export async function startLimitFor(tx: EntityManager, petitionId: string, unitId: string, limit: Limit, subjectId: string): Promise<void> {
  await tx.query(
    `insert into petition_limit (petition_id, unit_id, rule_id, rule_version, starts_on, due_on, backlog_on, amount, unit, calendar_status, sources, subject_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      petitionId,
      unitId,
      limit.ruleId,
      limit.ruleVersion,
      limit.startsOn,
      limit.dueOn,
      limit.backlogOn,
      limit.amount,
      limit.unit,
      limit.calendarStatus,
      JSON.stringify(limit.sources),
      subjectId,
    ],
  );
}

/** Ends the open limit of one such thing as kept on a day. Answers whether there was one. */
export async function meetLimitFor(tx: EntityManager, subjectId: string, on: LegalDate): Promise<boolean> {
  const [, met] = await tx.query<[unknown, number]>(
    'update petition_limit set met_on = $2 where subject_id = $1 and met_on is null and void_on is null',
    [subjectId, on],
  );
  return met > 0;
}

/** Ends the open limits of some rules as kept on a day. */
export async function meetLimits(tx: EntityManager, petitionId: string, ruleIds: readonly string[], on: LegalDate): Promise<void> {
  await tx.query(
    'update petition_limit set met_on = $3 where petition_id = $1 and rule_id = any ($2) and met_on is null and void_on is null',
    [petitionId, ruleIds, on],
  );
}

/** Meets the open limits of one rule of all petitions of a case that lie with these units. Answers the petitions. */
export async function meetLimitsOfCase(
  tx: EntityManager,
  caseId: string,
  unitIds: readonly string[],
  ruleId: string,
  on: LegalDate,
): Promise<string[]> {
  const [met] = await tx.query<[{ petition_id: string }[], number]>(
    `update petition_limit set met_on = $3 from petition p
     where p.id = petition_limit.petition_id and p.case_id = $1 and p.responsible_unit_id = any ($2::uuid[]) and petition_limit.rule_id = $4
       and petition_limit.met_on is null and petition_limit.void_on is null returning petition_limit.petition_id`,
    [caseId, unitIds, on, ruleId],
  );
  return met.map(({ petition_id: id }) => id);
}

/** Ends the open limits of some rules because what they run for does not hold, e.g. a decision against which somebody appeals. */
export async function voidLimits(tx: EntityManager, petitionId: string, ruleIds: readonly string[], on: LegalDate): Promise<void> {
  await tx.query(
    'update petition_limit set void_on = $3 where petition_id = $1 and rule_id = any ($2) and met_on is null and void_on is null',
    [petitionId, ruleIds, on],
  );
}
