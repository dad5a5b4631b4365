import type { NamedQuery } from '../../platform/database/transactions.js';
import { isEscalated, settledOn } from '../../routing/urging-state.js';
import { seenUnit } from '../../structure/units/seen-unit.js';

/** Open petitions `p` past their last legal day on $1 with units $2, that were not urged in the last $3 days. */
const proposed = `petition p
    left join lateral (select max(u.urged_on) as urged_on from urging u where u.petition_id = p.id) last on true
    where p.open and p.next_due_on < $1::date and p.responsible_unit_id = any ($2::uuid[]) and (last.urged_on is null or last.urged_on <= $1::date - $3::int)`;

/** Values: day, units, quiet days. */
export const proposalFigures: NamedQuery = {
  name: 'urging-proposals',
  text: `select p.responsible_unit_id as "unitId", count(*) filter (where p.next_backlog_on > $1::date)::int as overdue,
      count(*) filter (where p.next_backlog_on <= $1::date)::int as backlog, min(p.next_due_on) as "oldestDueOn"
    from ${proposed} group by p.responsible_unit_id order by min(p.next_due_on), p.responsible_unit_id`,
};

const columns = `p.id as "petitionId", p.number, p.kind, p.summary, p.responsible_unit_id as "unitId", p.received_on as "receivedOn", p.next_due_on as "dueOn",
    $1::date - p.next_due_on as "daysOver", case when p.next_backlog_on <= $1::date then 'backlog' else 'overdue' end as alert, last.urged_on as "lastUrgedOn"`;

/** Values: day, units, quiet days, last day and id to start after or null, limit. The oldest first. */
export const proposalList: NamedQuery = {
  text: `select ${columns} from ${proposed} and ($4::date is null or (p.next_due_on, p.id) > ($4, $5::uuid)) order by p.next_due_on, p.id limit $6`,
};

/** Values: day, units, petitions. Late ones among these petitions. */
export const lateOf: NamedQuery = {
  name: 'urging-late-of',
  text: `select ${columns} from ${proposed.replace('and (last.urged_on is null or last.urged_on <= $1::date - $3::int)', '')}
    and p.id = any ($3::uuid[]) order by p.next_due_on, p.id`,
};

/** Values: today, id or null, units from or null, units to or null, answered or not or null, roots, subtree, day and id to start after or null, limit. */
export const letterList: NamedQuery = {
  text: `select l.id, l.from_unit_id as "fromUnitId", l.to_unit_id as "toUnitId", l.document_id as "documentId", d.number, l.content, l.urged_on as "urgedOn",
      l.answer_by as "answerBy", state.petitions, state.answered, state.settled, state.escalated
    from urging_letter l join document d on d.id = l.document_id
    cross join lateral (select count(*)::int as petitions, count(u.answered_on)::int as answered, count(${settledOn})::int as settled,
        count(*) filter (where ${isEscalated('$1')})::int as escalated
      from urging u join petition p on p.id = u.petition_id where u.letter_id = l.id) state
    where ($2::uuid is null or l.id = $2) and ($3::uuid[] is null or l.from_unit_id = any ($3)) and ($4::uuid[] is null or l.to_unit_id = any ($4))
      and ($5::boolean is null or (state.answered = state.petitions) = $5)
      and (${seenUnit('l.from_unit_id', '$6', '$7')} or ${seenUnit('l.to_unit_id', '$6', '$7')})
      and ($8::date is null or (l.urged_on, l.id) < ($8, $9::uuid))
    order by l.urged_on desc, l.id desc limit $10`,
};

/** Values: today, units urged, first and last day of urging, days. */
export const urgingEffect: NamedQuery = {
  name: 'urging-effect',
  text: `select "unitId", count(*)::int as urgings, count(answered_on)::int as answered, count(*) filter (where answered_on <= answer_by)::int as "answeredInTime",
      count(*) filter (where settled_on <= urged_on + $5::int)::int as settled, count(*) filter (where settled_on > urged_on + $5::int)::int as "settledLater",
      count(*) filter (where settled_on is null)::int as open, count(*) filter (where escalated)::int as escalated
    from (
      select u.to_unit_id as "unitId", u.urged_on, u.answer_by, u.answered_on, ${settledOn} as settled_on, coalesce(${isEscalated('$1')}, false) as escalated
      from urging u join petition p on p.id = u.petition_id
      where u.to_unit_id = any ($2::uuid[]) and u.urged_on between $3 and $4
    ) urging group by "unitId"`,
};
