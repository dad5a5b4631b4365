import { describe, expect, it, test } from '@jest/globals';
import type { Unit } from '../structure/unit-structure.js';
import { regulationTypes, requiredRegulationRules, requiredRegulations } from './required-regulations.js';

const unit = (level: Unit['level'], kind: Unit['kind'] = 'peoples_committee', validTo: string | null = null): Unit => ({
  id: 'u',
  code: '1',
  symbol: 'U',
  name: 'Đơn vị',
  level,
  kind,
  parentId: null,
  validFrom: '2008-08-01',
  validTo,
  successors: [],
});
const own = ['house_rules', 'reception_regulation'];
const headquarters = [...own, 'safety_coordination', 'agency_coordination'];

test.each`
  who                                  | unit                                                   | on              | required
  ${'a commune'}                       | ${unit('commune')}                                     | ${'2026-11-25'} | ${own}
  ${'a district, while there was one'} | ${unit('district', 'peoples_committee', '2025-06-30')} | ${'2025-06-30'} | ${headquarters}
  ${'a district that has ended'}       | ${unit('district', 'peoples_committee', '2025-06-30')} | ${'2025-07-01'} | ${[]}
  ${'the city'}                        | ${unit('province')}                                    | ${'2026-11-25'} | ${headquarters}
  ${'a reception board'}               | ${unit('province', 'reception_board')}                 | ${'2026-11-25'} | ${[]}
  ${'the city, before the directive'}  | ${unit('province')}                                    | ${'2018-04-23'} | ${[]}
`('$who must have $required on $on (directive 07/CT-UBND)', ({ unit: of, on, required }) => {
  expect(requiredRegulations(of as Unit, on as string)).toEqual(required);
});

describe('the table', () => {
  it('names a source for every rule, and every type but others', () => {
    expect(requiredRegulationRules.map(({ type }) => type)).toEqual(Object.keys(regulationTypes).filter((type) => type !== 'other'));
    for (const { sources } of requiredRegulationRules) expect(sources.length).toBeGreaterThan(0);
  });
});
