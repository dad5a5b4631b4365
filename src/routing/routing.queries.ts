import type { NamedQuery } from '../platform/database/transactions.js';
import { isEscalated, isUnanswered, settledOn } from './urging-state.js';
import type { PetitionKind } from '../rules/evaluation/filing.js';

export const transferStates = ['pending', 'received', 'returned', 'replied'] as const;
export type TransferState = (typeof transferStates)[number];
/** States as Vietnamese sentences name them. */
export const transferStateNames: Record<TransferState, string> = {
  pending: 'chờ tiếp nhận',
  received: 'đã tiếp nhận',
  returned: 'đã trả lại',
  replied: 'đã phúc đáp',
};

/** The receiver's written answer to a transfer. */
export interface Reply {
  documentNumber: string | null;
  content: string;
}

export interface TransferRow {
  id: string;
  petitionId: string;
  petitionNumber: string;
  petitionKind: PetitionKind;
  petitionSummary: string;
  fromUnitId: string;
  toUnitId: string;
  state: TransferState;
  reason: string;
  senderSince: string;
  sentOn: string;
  replyBy: string | null;
  replyDueOn: string;
  receivedOn: string | null;
  returnedOn: string | null;
  returnReason: string | null;
  repliedOn: string | null;
  reply: Reply | null;
  version: number;
}

const transferColumns = `t.id, t.petition_id as "petitionId", p.number as "petitionNumber", p.kind as "petitionKind", p.summary as "petitionSummary",
  t.from_unit_id as "fromUnitId", t.to_unit_id as "toUnitId", t.state, t.reason, t.sender_since as "senderSince", t.sent_on as "sentOn",
  t.reply_by as "replyBy", t.reply_due_on as "replyDueOn", t.received_on as "receivedOn", t.returned_on as "returnedOn",
  t.return_reason as "returnReason", t.replied_on as "repliedOn", t.reply, t.version`;

/** Sent or received by a unit in the caller's scope. */
const seen = (roots: string, subtree: string) => `exists (
    select from unit_closure seen where seen.descendant_id in (t.from_unit_id, t.to_unit_id)
    and seen.ancestor_id = any (${roots}::uuid[]) and (${subtree}::boolean or seen.depth = 0))`;

/** Values: id, roots, subtree. */
export const transferById: NamedQuery = {
  name: 'transfer-by-id',
  text: `select ${transferColumns} from transfer t join petition p on p.id = t.petition_id where t.id = $1 and ${seen('$2', '$3')}`,
};

/** Values: id. For the transaction that already holds the petition. */
export const lockTransfer: NamedQuery = {
  name: 'lock-transfer',
  text: `select ${transferColumns} from transfer t join petition p on p.id = t.petition_id where t.id = $1 for update of t`,
};

/** Values: units, state or null, last sent day or null, last id or null, limit, petition id or null. */
export function transferList(direction: 'in' | 'out'): NamedQuery {
  const column = direction === 'in' ? 't.to_unit_id' : 't.from_unit_id';
  return {
    name: `transfers-${direction}`,
    text: `select ${transferColumns} from transfer t join petition p on p.id = t.petition_id
      where ${column} = any ($1::uuid[]) and ($2::text is null or t.state = $2)
        and ($3::date is null or (t.sent_on, t.id) < ($3::date, $4::uuid)) and ($6::uuid is null or t.petition_id = $6)
      order by t.sent_on desc, t.id desc limit $5`,
  };
}

const urgingColumns = (
  today: string,
) => `u.id, u.petition_id as "petitionId", p.number as "petitionNumber", p.summary as "petitionSummary", u.from_unit_id as "fromUnitId",
  u.to_unit_id as "toUnitId", u.content, u.urged_on as "urgedOn", u.answer_by as "answerBy", u.letter_id as "letterId", u.answered_on as "answeredOn", u.answer,
  u.escalates_to_unit_id as "escalatesToUnitId", u.escalates_on as "escalatesOn", coalesce(${isEscalated(today)}, false) as escalated, u.handled_on as "handledOn", u.handling,
  ${settledOn} as "settledOn"`;

/** Values: petition id, today. */
export const urgingsOfPetition: NamedQuery = {
  name: 'urgings-of-petition',
  text: `select ${urgingColumns('$2')} from urging u join petition p on p.id = u.petition_id where u.petition_id = $1 order by u.urged_on, u.id`,
};

/** Values: units, last day or null, last id or null, limit, today. */
export function urgingList(direction: 'in' | 'out'): NamedQuery {
  const column = direction === 'in' ? 'u.to_unit_id' : 'u.from_unit_id';
  return {
    name: `urgings-${direction}`,
    text: `select ${urgingColumns('$5')} from urging u join petition p on p.id = u.petition_id
      where ${column} = any ($1::uuid[]) and ($2::date is null or (u.urged_on, u.id) < ($2::date, $3::uuid))
      order by u.urged_on desc, u.id desc limit $4`,
  };
}

/** Values: units, last day or null, last id or null, limit, today. Urgings without an answer that are the turn of these units, the oldest last. */
export const escalatedUrgings: NamedQuery = {
  name: 'urgings-escalated',
  text: `select ${urgingColumns('$5')} from urging u join petition p on p.id = u.petition_id
    where u.escalates_to_unit_id = any ($1::uuid[]) and ${isEscalated('$5')} and u.handled_on is null
      and ($2::date is null or (u.urged_on, u.id) < ($2::date, $3::uuid))
    order by u.urged_on desc, u.id desc limit $4`,
};

/** Values: units, last day or null, last id or null, limit, today. Urgings of these units whose answer is late, the latest first. */
export const unansweredUrgings: NamedQuery = {
  name: 'urgings-unanswered',
  text: `select ${urgingColumns('$5')} from urging u join petition p on p.id = u.petition_id
    where u.to_unit_id = any ($1::uuid[]) and ${isUnanswered('$5')} and ($2::date is null or (u.urged_on, u.id) < ($2::date, $3::uuid))
    order by u.urged_on desc, u.id desc limit $4`,
};

/** Values: letter, today. */
export const urgingsOfLetter: NamedQuery = {
  name: 'urgings-of-letter',
  text: `select ${urgingColumns('$2')} from urging u join petition p on p.id = u.petition_id where u.letter_id = $1 order by p.next_due_on nulls last, u.id`,
};

/** Values: id, today. Held until the end of the transaction. */
export const lockUrging: NamedQuery = {
  name: 'urging-locked',
  text: `select ${urgingColumns('$2')} from urging u join petition p on p.id = u.petition_id where u.id = $1 for update of u`,
};
