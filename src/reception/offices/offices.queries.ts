import type { NamedQuery } from '../../platform/database/transactions.js';

const officeColumns = `o.id, o.unit_id as "unitId", o.name, o.address, o.directions, o.phone, o.latitude::float as latitude, o.longitude::float as longitude,
  o.opening_hours as "openingHours", o.valid_from as "validFrom", o.valid_to as "validTo", o.version`;

/** Values: units or null for all, day or null, name and id to start after or null, limit. */
export const officeList: NamedQuery = {
  name: 'reception-offices',
  text: `select ${officeColumns} from reception_office o
    where ($1::uuid[] is null or o.unit_id = any ($1)) and ($2::date is null or ($2 >= o.valid_from and $2 <= coalesce(o.valid_to, 'infinity')))
      and ($3::text is null or (o.name, o.id) > ($3, $4::uuid))
    order by o.name, o.id limit $5`,
};

/** Values: id. */
export const officeById: NamedQuery = { name: 'reception-office', text: `select ${officeColumns} from reception_office o where o.id = $1` };

const roomColumns = 'r.id, r.office_id as "officeId", r.name, r.seats, r.equipment, r.active, r.version';
/** Values: office. */
export const roomsOf: NamedQuery = {
  name: 'reception-rooms-of',
  text: `select ${roomColumns} from reception_room r where r.office_id = $1 order by r.name, r.id`,
};
/** Values: ids. */
export const roomsById: NamedQuery = { name: 'reception-rooms', text: `select ${roomColumns} from reception_room r where r.id = any ($1)` };

const receiverColumns = `r.id, r.office_id as "officeId", r.name, r.title, r.phone, r.account_id as "accountId", r.appointed_by as "appointedBy",
  r.serves_from as "servesFrom", r.serves_to as "servesTo", r.version`;
/** Values: office. */
export const receiversOf: NamedQuery = {
  name: 'reception-receivers-of',
  text: `select ${receiverColumns} from reception_receiver r where r.office_id = $1 order by r.serves_to desc nulls first, r.name, r.id`,
};
/** Values: id. */
export const receiverById: NamedQuery = {
  name: 'reception-receiver',
  text: `select ${receiverColumns} from reception_receiver r where r.id = $1`,
};

const noticeColumns = `n.id, n.office_id as "officeId", n.type, n.title, n.posted_on as "postedOn", n.removed_on as "removedOn",
  n.removal_reason as "removalReason", n.photo_id as "photoId", n.version`;
/** Values: office. The newest first. */
export const noticesOf: NamedQuery = {
  name: 'reception-notices-of',
  text: `select ${noticeColumns} from reception_notice n where n.office_id = $1 order by n.posted_on desc, n.id desc`,
};
/** Values: id. */
export const lockNotice: NamedQuery = {
  name: 'reception-notice-locked',
  text: `select ${noticeColumns} from reception_notice n where n.id = $1 for update`,
};

const dutyColumns = `d.id, d.office_id as "officeId", d.on_date as "onDate", d.shift, d.receiver_id as "receiverId", r.name as "receiverName",
  r.title as "receiverTitle", d.agency_unit_id as "agencyUnitId", d.official, d.substitutes_id as "substitutesId", d.state, d.reason`;
const dutyTables = 'reception_duty d left join reception_receiver r on r.id = d.receiver_id';
/** Values: office, first and last day. */
export const dutiesOf: NamedQuery = {
  name: 'reception-duties-of',
  text: `select ${dutyColumns} from ${dutyTables} where d.office_id = $1 and d.on_date between $2 and $3
    order by d.on_date, array_position(array['day', 'morning', 'afternoon'], d.shift), d.id`,
};
/** Values: id. */
export const dutyById: NamedQuery = { name: 'reception-duty', text: `select ${dutyColumns} from ${dutyTables} where d.id = $1` };
