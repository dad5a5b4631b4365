import type { NamedQuery } from '../../platform/database/transactions.js';
import type { Accountable, Accusation } from './denounced.js';

const facts = `p.id, p.number, p.state, p.received_on as "receivedOn", p.identity_secret as "identitySecret", p.responsible_unit_id as "responsibleUnitId",
  p.received_unit_id as "receivedUnitId", p.respondent ->> 'unitId' as "respondentUnitId", p.within_competence as "withinCompetence", p.open,
  p.created_by as "createdBy",
  exists (select from petition_assignment a where a.petition_id = p.id and a.account_id = $2 and a.ended_on is null) as assigned,
  exists (select from verification v join verification_member m on m.verification_id = v.id
          where v.petition_id = p.id and v.reported_on is null and v.assigned_on >= p.responsible_since and m.account_id = $2) as "onTeam"`;

/** Values: petition id, account id. */
export const secretFacts: NamedQuery = { name: 'secret-facts', text: `select ${facts} from petition p where p.id = $1` };

/** Values: blind indexes of a national id, account id. Petitions whose author is secret and has it. */
export const secretByNationalId: NamedQuery = {
  name: 'secret-by-national-id',
  text: `select ${facts} from petition p where p.identity_secret
    and p.id in (select petition_id from petition_party where national_id_index = any ($1::bytea[])) order by p.received_on desc, p.id desc limit 200`,
};

/**
 * Values: petition id. Whom it is directed against, and with it the whole that it is a part of, the other parts, and the denunciations of its
 * case: they are of the same people, and whoever knows who filed one of them knows who filed the others.
 */
export const accusationsAround: NamedQuery = {
  name: 'accusations-around',
  text: `with own as (select id, coalesce(parent_id, id) as whole, case_id from petition where id = $1),
    around as (
      select whole as id from own
      union select p.id from own join petition p on p.parent_id = own.whole
      union select p.id from own join petition p on p.case_id = own.case_id and p.identity_secret)
    select p.id, p.kind, p.respondent, p.matter_unit_id as "matterUnitId",
      array(select jsonb_build_object('name', name, 'office', office, 'isBody', type = 'organisation') from petition_party party
        where party.petition_id = p.id and party.role = 'respondent' and (party.name <> '' or party.office is not null)) as written,
      array(select name from petition_party party where party.petition_id = p.id and party.role = 'respondent' and party.name <> '') as named
    from around join petition p using (id)`,
};
export type AccusationRow = Accusation & { id: string };

/** Values: account ids. */
export const accountables: NamedQuery = {
  name: 'accountables',
  text: `select id, unit_id as "unitId", roles, display_name as "displayName", other_names || username as "otherNames"
    from account where id = any ($1::uuid[])`,
};
export type AccountableRow = Accountable & { id: string };
