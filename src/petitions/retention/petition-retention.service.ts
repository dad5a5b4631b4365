import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { today } from '../../platform/text/today.js';
import { forgetKeys } from '../duplicates/duplicates.service.js';
import { cleared } from '../identity/person-attributes.js';
import { forgetPersons, neutralFilename } from '../identity/sealed-people.js';
import { Blobs } from '../attachments/blobs.js';

/** What stands in place of words that told of somebody. */
export const nobody = '(đã ẩn danh)';

/** Takes out of petitions and all that belongs to them whoever could be told from them, once somebody decided that it is time. */
@Injectable()
export class PetitionRetention {
  constructor(private readonly blobs: Blobs) {}

  /** Forgets the people of these petitions, with their files. What is counted stays, and the history, which names nobody. */
  async forget(tx: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const day = today();
    await forgetKeys(tx, ids);
    await forgetPersons(tx, ids);
    for (const statement of forgotten) await tx.query(statement, [ids]);
    await tx.query('update petition set anonymised_on = $2 where id = any ($1)', [ids, day]);
    await tx.query(
      `insert into petition_event (petition_id, type, occurred_on, unit_id) select id, 'anonymised', $2, responsible_unit_id from petition where id = any ($1)`,
      [ids, day],
    );
    const files = await tx.query<{ id: string; sha256: string }[]>(
      'select id, sha256 from attachment where petition_id = any ($1) and sha256 is not null',
      [ids],
    );
    await this.forgetFiles(tx, files, day);
  }

  /** Removes the contents of files that nothing needs any more; their rows stay, under neutral names. */
  async forgetFiles(tx: EntityManager, files: readonly { id: string; sha256: string }[], day = today()): Promise<void> {
    const contents = [...new Set(files.map(({ sha256 }) => sha256))];
    // Before what their rows are counted in, as whoever attaches a file has it.
    await this.blobs.hold(tx, contents);
    await tx.query(`update attachment set sha256 = null, removed_on = $2, filename = ${neutralFilename} where id = any ($1)`, [
      files.map(({ id }) => id),
      day,
    ]);
    await this.blobs.forget(tx, contents);
  }
}

const forgotten = [
  `update petition_party set ${cleared('petition_party', nobody)}, sealed = null, sealed_key = null, national_id_index = null where petition_id = any ($1)`,
  `update petition_signatory set ${cleared('petition_signatory', nobody)}, sealed = null, sealed_key = null where petition_id = any ($1)`,
  'delete from sealed_text where petition_id = any ($1)',
  'delete from hidden_words where petition_id = any ($1)',
  'delete from petition_match where petition_id = any ($1)',
  `update dialogue set participants = '[]', minutes = '${nobody}' where petition_id = any ($1)`,
  `update dispatch set recipients = '[]', note = null where petition_id = any ($1)`,
  `update protection_request set content = '${nobody}', reason = null, measures = '[]' where petition_id = any ($1)`,
  `update petition set summary = '${nobody}', content = '${nobody}', search_names = '', forwarded_by = null, respondent = respondent - 'name',
     version = version + 1, updated_at = now() where id = any ($1)`,
];
