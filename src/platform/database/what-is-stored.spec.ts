import { describe, expect, it } from '@jest/globals';
import { ended, isNothingStored, nothingYet, notingWhatIsStored, Sent, type Stored } from './what-is-stored.js';

type Step = [text: string, status: 'I' | 'T' | 'E', how: 'done' | 'refused' | 'unknown'];

function after(...steps: Step[]): Stored {
  const stored = nothingYet();
  const sent = new Sent();
  notingWhatIsStored(stored, () => {
    for (const [text, status, how] of steps) ended(sent.note(text, status), how);
  });
  return stored;
}

const begun: Step[] = [
  ['START TRANSACTION', 'I', 'done'],
  [`select set_config('tiepdan.actor', $1, true)`, 'T', 'done'],
];
const changed: Step[] = [...begun, ['insert into petition (id) values ($1)', 'T', 'done']];

describe('what of a request may be stored', () => {
  it.each<[string, Step[], boolean]>([
    ['nothing was asked', [], true],
    ['it only read', [...begun, ['select 1', 'T', 'done'], ['COMMIT', 'T', 'done']], true],
    ['it broke within the transaction', [...begun, ['insert into petition (id) values ($1)', 'T', 'unknown']], true],
    ['COMMIT was not answered', [...changed, ['COMMIT', 'T', 'unknown']], false],
    ['COMMIT was refused by a trigger', [...changed, ['COMMIT', 'T', 'refused']], true],
    ['COMMIT was carried out, and something later failed', [...changed, ['COMMIT', 'T', 'done'], ['select 1', 'I', 'unknown']], false],
    ['a transaction that failed was ended', [...changed, ['ROLLBACK', 'E', 'done']], true],
    ['a change outside of a transaction was not answered', [['update account set name = $1', 'I', 'unknown']], false],
    ['a change outside of a transaction was refused', [['update account set name = $1', 'I', 'refused']], true],
    [
      'a change behind a with was not answered',
      [['with gone as (delete from hold returning id) select count(*) from gone', 'I', 'unknown']],
      false,
    ],
    ['a with that only reads was not answered', [['with one as (select 1) select * from one', 'I', 'unknown']], true],
    ['the second transaction only read', [...changed, ['ROLLBACK', 'T', 'done'], ...begun, ['COMMIT', 'T', 'unknown']], true],
  ])('%s', (_what, steps, nothing) => {
    expect(isNothingStored(after(...steps))).toBe(nothing);
  });

  it('is of the request alone in which it was sent', () => {
    const mine = nothingYet();
    const sent = new Sent();
    notingWhatIsStored(mine, () => undefined);
    sent.note('delete from hold', 'I');
    expect(isNothingStored(mine)).toBe(true);
    expect(isNothingStored(undefined)).toBe(true);
  });
});
