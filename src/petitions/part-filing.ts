import type { EntityManager } from 'typeorm';
import type { Official } from '../platform/access/official.js';
import type { KeyRing } from '../platform/sealing/key-ring.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import type { Evaluation } from '../rules/evaluation/evaluation.js';
import type { ComplaintSubject, Filing, PetitionKind, Respondent } from '../rules/evaluation/filing.js';
import { hidePeople } from './identity/sealed-people.js';
import type { PetitionRow } from './petition.js';
import { findings } from './petitions.service.js';

/** One matter of a petition; what is left out is as in the whole. */
export interface PartOrder {
  kind: PetitionKind;
  subject?: ComplaintSubject | null;
  summary: string;
  content?: string | null;
  fieldCode?: string | null;
  respondent?: Respondent | null;
  matterUnitId?: string | null;
  competentUnitId?: string | null;
}

/** A part stands in the ledger under its petition's number; the first one keeps the case, each other matter is a case of its own. */
export async function insertPart(
  tx: EntityManager,
  petition: PetitionRow,
  part: PartOrder,
  filing: Filing,
  evaluation: Evaluation,
  { number, on, secret }: { number: number; on: LegalDate; secret: boolean },
  by: Official,
): Promise<string> {
  const { flags, flag_codes, levels_skipped, competent_unit_id, within_competence, recommended_outcome } = findings(evaluation);
  const [row] = await tx.query<{ id: string }[]>(
    `with opened as (
       insert into petition_case (opened_unit_id, opened_on) select received_unit_id, received_on from petition where id = $1 and $2::int > 1 returning id
     ), part as (
       insert into petition (number, ledger_unit_id, ledger_year, ledger_number, parent_id, part_no, case_id, kind, subject, channel, state, stage,
         received_on, written_on, summary, content, field_code, respondent, matter_unit_id, signatories, remote_area, complexity, multiple_places,
         decision_known_on, obstacle_days, forwarded_by, also_sent_to_unit_ids, prior_handling, stated_competent_unit_id, received_unit_id, competent_unit_id,
         responsible_unit_id, responsible_since, involved_unit_ids, within_competence, flags, flag_codes, levels_skipped, recommended_outcome,
         last_step_on, created_by, anonymous, identity_secret, search_names)
       select number || '/' || $2, ledger_unit_id, ledger_year, ledger_number, id, $2, coalesce((select id from opened), case_id), $3, $4, channel,
         'classified', $5, received_on, written_on, $6, coalesce($7, content), $8, $9, $10, signatories, remote_area, complexity, multiple_places,
         decision_known_on, obstacle_days, forwarded_by, also_sent_to_unit_ids, '[]', $11, received_unit_id, $12, responsible_unit_id, responsible_since,
         involved_unit_ids, $13, $14, $15, $16, $17, $18, $19, anonymous, $20, case when $20 then '' else search_names end
       from petition where id = $1
       returning id
     )
     select id from part`,
    [
      petition.id,
      number,
      part.kind,
      part.kind === 'complaint' ? filing.subject : null,
      evaluation.stage,
      part.summary,
      part.content ?? null,
      part.fieldCode ?? null,
      filing.respondent && JSON.stringify(filing.respondent),
      filing.matterUnitId,
      filing.statedCompetentUnitId,
      competent_unit_id,
      within_competence,
      JSON.stringify(flags),
      flag_codes,
      levels_skipped,
      recommended_outcome,
      on,
      by.accountId,
      secret,
    ],
  );
  return row!.id;
}

/** Whoever could be told apart by a part that names him is named in none: the petition that is split names nobody any more, nor do its rows of people. */
export async function nameNobody(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<void> {
  await tx.query(`update petition set identity_secret = true, search_names = '' where id = $1`, [petitionId]);
  await hidePeople(tx, ring, petitionId);
}
