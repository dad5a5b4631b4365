import { describe, expect, it } from '@jest/globals';
import { competenceRules } from './competence/competence-rules.js';
import { flagRules } from './evaluation/flag-rules.js';
import { checklistVersions } from './inspections/checklist.js';
import { reviewSheets } from './inspections/review-sheet.js';
import { plusDays } from '../platform/text/legal-date.js';
import { limitRules } from './limits/limit.js';
import { headDayRules } from './reception/head-days.js';
import { receptionGrounds, receptionRules } from './reception/reception-rules.js';
import { onlineRules } from './reception/online.js';
import { allowanceRates } from './reception/allowances.js';
import { refusals } from './reception/refusals.js';
import { dialogueRules } from './resolution/dialogue-duty.js';
import { requiredRegulationRules } from './regulations/required-regulations.js';
import { inTime, versionInForce } from './source.js';

const first = { version: '2018', from: '2019-01-01' };
const second = { version: '2026', from: '2026-07-01' };

describe('versions that are written', () => {
  it('end the day before the next one begins, wherever they stand in the list', () => {
    for (const written of [
      [first, second],
      [second, first],
    ])
      expect(inTime(written).find(({ version }) => version === '2018')).toEqual({ ...first, to: '2026-06-30' });
  });

  it('never end without a next one, but where they were repealed', () => {
    expect(inTime([second])).toEqual([second]);
    expect(inTime([{ ...second, repealedFrom: '2027-01-01' }])).toEqual([{ ...second, to: '2026-12-31' }]);
  });

  it('of different rules do not end one another', () => {
    expect(
      inTime([
        { id: 'one', ...first },
        { id: 'other', ...second },
      ]).map((rule) => (rule as { to?: string }).to),
    ).toEqual([undefined, undefined]);
  });

  it.each([
    ['two of one name', [first, { ...second, version: '2018' }]],
    ['two from one day', [first, { ...second, from: first.from }]],
    ['a repeal that another version follows', [{ ...first, repealedFrom: '2026-01-01' }, second]],
    ['a repeal before the beginning', [{ ...first, repealedFrom: '2019-01-01' }]],
  ])('are refused: %s', (_because, written) => {
    expect(() => inTime(written)).toThrow(Error);
  });
});

const tables: Record<string, readonly { id?: string; version: string; from: string; to?: string }[]> = {
  limitRules,
  competenceRules,
  flagRules,
  receptionRules,
  receptionGrounds,
  refusals,
  onlineRules,
  allowanceRates,
  headDayRules,
  dialogueRules,
  requiredRegulationRules,
  checklistVersions,
  reviewSheets,
};

describe.each(Object.entries(tables))('%s', (_name, table) => {
  it('has for each rule one version on any day, without a gap, and on each first day the version that begins', () => {
    for (const id of new Set(table.map((rule) => rule.id))) {
      const versions = table.filter((rule) => rule.id === id).sort((one, other) => (one.from < other.from ? -1 : 1));
      for (const [index, version] of versions.entries()) {
        const next = versions[index + 1];
        if (next) expect([id, version.version, version.to]).toEqual([id, version.version, plusDays(next.from, -1)]);
        if (id) expect(versionInForce(table as Parameters<typeof versionInForce>[0], id, version.from)?.version).toBe(version.version);
      }
    }
  });
});
