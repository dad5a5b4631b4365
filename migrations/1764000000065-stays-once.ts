import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each event does to the stay of a petition at a unit. */
const outcomeOfEvent = {
  accepted: 'accepted',
  answered: 'answered',
  refused: 'refused',
  guided: 'guided',
  transferred: 'transferred',
  referred: 'referred',
  returned: 'returned',
  filed_away: 'filed_away',
  withdrawn: 'withdrawn',
};

/** How an ended petition of an old ledger stands for a stay: what was resolved there was accepted before. */
const outcomeOfImport = {
  guided: 'guided',
  returned: 'returned',
  filed_away: 'filed_away',
  refused: 'refused',
  terminated: 'accepted',
  closed: 'accepted',
};

/**
 * Stays tell the day on which a petition was classified; a petition is split at the unit where that happens, and not at those that it lay with before; an
 * answer that resolves nothing leaves the matter in hand.
 */
export class StaysOnce1764000000065 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table petition_stay add column classified_on date');
    await queryRunner.query(followFunction(true));
    await queryRunner.query(`
      update petition_stay s set split = false
      where s.split and exists (select from petition_stay later where later.petition_id = s.petition_id and (later.arrived_on, later.id) > (s.arrived_on, s.id));

      update petition_stay s set classified_on = classified.on_day
      from (
        select s.id, min(e.occurred_on) as on_day from petition_stay s join petition_event e on e.petition_id = s.petition_id
          and (e.type = 'classified' or e.type = 'split_off' and s.part and s.arrival = 'filed')
          and e.occurred_on >= s.arrived_on and (s.processed_on is null or e.occurred_on <= s.processed_on)
        group by s.id
      ) as classified where classified.id = s.id;

      update petition_stay s set matter = matter_of(p.case_id, p.prior_handling, 'accepted', s.processed_on)
      from petition p where p.id = s.petition_id and s.outcome = 'answered' and s.result = 'not_resolved';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(followFunction(false));
    await queryRunner.query(`
      update petition_stay s set matter = matter_of(p.case_id, p.prior_handling, 'answered', s.processed_on)
      from petition p where p.id = s.petition_id and s.outcome = 'answered' and s.result = 'not_resolved';
      update petition_stay s set split = true where exists (select from petition part where part.parent_id = s.petition_id);
      alter table petition_stay drop column classified_on;
    `);
  }
}

/** How the stays follow the history: as since this migration, or as before it. */
function followFunction(now: boolean): string {
  return `
      create or replace function petition_stay_follow(event petition_event) returns void language plpgsql as $$
      declare
        of_petition uuid := event.petition_id;
        on_day date := event.occurred_on;
        whole_id uuid;
        whole petition_stay;
        ending text := '${JSON.stringify(outcomeOfEvent)}'::jsonb ->> event.type;
        imported text := '${JSON.stringify(outcomeOfImport)}'::jsonb ->> (event.facts ->> 'state');
      begin
        case
          when event.type = 'received' then
            perform petition_stay_begin(of_petition, p.received_unit_id, 'filed', on_day) from petition p where p.id = of_petition;
          when event.type = 'split' then
            ${now ? 'update petition_stay set split = true where petition_id = of_petition and processed_on is null' : 'update petition_stay set split = true where petition_id = of_petition'};
          when event.type = 'split_off' then
            -- The part lay where its petition lay, since that came.
            select s.* into whole from petition p join petition_stay s on s.petition_id = p.parent_id and s.processed_on is null where p.id = of_petition;
            if found then
              perform petition_stay_begin(of_petition, whole.unit_id, 'filed', whole.arrived_on);
              ${now ? 'update petition_stay set classified_on = on_day where petition_id = of_petition and processed_on is null;' : ''}
            end if;
          ${
            now
              ? `when event.type = 'classified' then
            update petition_stay set classified_on = coalesce(classified_on, on_day) where petition_id = of_petition and processed_on is null;`
              : ''
          }
          when event.type = 'transfer_received' then
            perform petition_stay_begin(of_petition, t.to_unit_id, 'transferred', on_day) from transfer t where t.id = (event.facts ->> 'transferId')::uuid;
          when event.type = 'transfer_returned' then
            perform petition_stay_end(of_petition, 'sent_back', on_day);
            perform petition_stay_begin(of_petition, (event.facts ->> 'toUnitId')::uuid, 'sent_back', on_day);
          when event.type = 'imported' then
            if imported is not null then
              perform petition_stay_end(of_petition, imported, on_day);
              if imported = 'accepted' then
                perform petition_stay_settle(of_petition, case event.facts ->> 'state' when 'terminated' then 'termination' else 'decision' end, null, on_day);
              end if;
            end if;
          when event.type in ('decided', 'concluded') then
            perform petition_stay_settle(of_petition, 'decision', event.facts ->> 'result', on_day);
          when event.type = 'terminated' then
            perform petition_stay_settle(of_petition, case event.facts ->> 'ground' when 'withdrawn' then 'withdrawal' else 'termination' end, null, on_day);
          when ending is null or event.type = 'withdrawn' and (event.facts ->> 'goesOn')::boolean then
            return;
          else
            -- An answer or a withdrawal after acceptance ends the resolution; before it, it is how the petition was processed.
            perform petition_stay_end(of_petition, ending, on_day);
            ${
              now
                ? `if event.facts ->> 'result' = 'not_resolved' then
              update petition_stay s set matter = matter_of(p.case_id, p.prior_handling, 'accepted', on_day)
              from petition p where p.id = of_petition and s.petition_id = of_petition and s.outcome = 'answered' and s.settled_on is null;
            end if;`
                : ''
            }
            if event.type in ('answered', 'withdrawn') then
              perform petition_stay_settle(of_petition, case event.type when 'answered' then 'decision' else 'withdrawal' end, event.facts ->> 'result', on_day);
            end if;
        end case;
        select parent_id into whole_id from petition p where p.id = of_petition;
        if whole_id is not null then
          perform petition_stay_end_whole(whole_id);
        end if;
      end
      $$;
  `;
}
