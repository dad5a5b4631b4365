import type { NamedQuery } from '../../platform/database/transactions.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

/** Whose turn it was by the roster, or who held a session of the head. */
export const capacities = ['assigned', 'head'] as const;
export type Capacity = (typeof capacities)[number];

/** The days on which somebody received at one office in one capacity. */
export interface ReceivedRow {
  /** The unit that the person belongs to: the agency that sent him, else the one that receives. */
  unitId: string;
  /** As the roster or the session has it; null where an agency is on duty and nobody is named. */
  name: string | null;
  title: string | null;
  accountId: string | null;
  officeId: string;
  officeName: string;
  officeUnitId: string;
  capacity: Capacity;
  days: LegalDate[];
}

/**
 * Values: units, first and last day. Who received: of the roster whoever is on duty after substitutions and cancellations, while the receiver serves and the
 * office exists; of the sessions that were held and closed the head, or the delegate who stood in.
 */
export const receivedDays: NamedQuery = {
  name: 'reception-received-days',
  text: `with received as (
      select coalesce(d.agency_unit_id, o.unit_id) as unit_id, coalesce(r.name, d.official) as name, r.title, r.account_id, d.office_id, d.on_date,
        'assigned' as capacity
      from reception_office o join reception_duty d on d.office_id = o.id left join reception_receiver r on r.id = d.receiver_id
      where o.unit_id = any ($1::uuid[]) and d.state = 'planned' and d.on_date between $2 and $3
        and d.on_date >= o.valid_from and d.on_date <= coalesce(o.valid_to, 'infinity')
        and (r.id is null or (d.on_date >= r.serves_from and d.on_date <= coalesce(r.serves_to, 'infinity')))
      union all
      select s.unit_id, case s.held_by when 'head' then s.head_name else s.delegate_name end,
        case s.held_by when 'head' then s.head_title else s.delegate_title end, null, s.office_id, s.on_date, 'head'
      from reception_session s
      where s.unit_id = any ($1::uuid[]) and s.state = 'closed' and s.held_by in ('head', 'delegate') and s.on_date between $2 and $3
    )
    select p.unit_id as "unitId", p.name, p.title, p.account_id as "accountId", p.office_id as "officeId", o.name as "officeName",
      o.unit_id as "officeUnitId", p.capacity, array_agg(distinct p.on_date::text) as days
    from received p join reception_office o on o.id = p.office_id
    group by p.unit_id, p.name, p.title, p.account_id, p.office_id, o.name, o.unit_id, p.capacity order by p.name, p.office_id, p.capacity, p.title`,
};
