/* What becomes of an urging `u` about a petition `p`, as SQL: it is never stored, because it follows from limits, answers and the day. */

/** No answer in time, and the petition is not finished: it is the next level's turn. */
export const isEscalated = (day: string): string => `(u.escalates_on <= ${day}::date and u.answered_on is null and p.open)`;
/** Its answer is late, and the petition is not finished. */
export const isUnanswered = (day: string): string => `(u.answered_on is null and u.answer_by < ${day}::date and p.open)`;
/** When the most urgent limit that was open on the day of the urging ended. */
export const settledOn = `(select coalesce(l.met_on, l.void_on) from petition_limit l
    where l.petition_id = u.petition_id and l.starts_on <= u.urged_on and coalesce(l.met_on, l.void_on, 'infinity') >= u.urged_on order by l.due_on, l.id limit 1)`;
