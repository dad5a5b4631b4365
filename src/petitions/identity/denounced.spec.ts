import { describe, expect, it } from '@jest/globals';
import { hanoi, hanoiStructure } from '../../rules/evaluation/hanoi.fixture.js';
import type { Respondent } from '../../rules/evaluation/filing.js';
import { type Accountable, type Accusation, isDenounced } from './denounced.js';

const { newCommune, commune, splitCommune, otherNewCommune, otherCommune, city } = hanoi;
const official = (unit: { id: string }, role: Accountable['roles'][number], displayName = 'Lê Thu Hằng'): Accountable => ({
  unitId: unit.id,
  roles: [role],
  displayName,
});
const against = (respondent: (Respondent & { name?: string }) | null, more: Partial<Accusation> = {}): Accusation[] => [
  { kind: 'denunciation', respondent, named: [], ...more },
];
const of = (unit: { id: string }, position: Respondent['position'], name?: string): Accusation[] =>
  against({ type: 'official', unitId: unit.id, position: position ?? null, ...(name && { name }) });

describe('an official is denounced', () => {
  it.each<[string, Accountable, Accusation[], boolean]>([
    ['as the head of the very unit', official(newCommune, 'leader'), of(newCommune, 'head'), true],
    ['as the head, whatever name was written', official(newCommune, 'leader'), of(newCommune, 'head', 'Trần Văn Đức'), true],
    ['not as its handler', official(newCommune, 'handler'), of(newCommune, 'head'), false],
    ['not as the head of the unit above', official(city, 'leader'), of(newCommune, 'head'), false],
    ['not as the head of another unit', official(otherCommune, 'leader'), of(newCommune, 'head'), false],
    ['as the head of what carries the unit on', official(newCommune, 'leader'), of(commune, 'head'), true],
    ['as the head of what it went into in part', official(otherNewCommune, 'leader'), of(splitCommune, 'head'), true],
    ['with an account left at the unit of before', official(commune, 'leader'), of(newCommune, 'head'), true],
    ['as a deputy whom nobody named, by heading', official(newCommune, 'leader'), of(newCommune, 'deputy_head'), true],
    ['as the deputy who is named', official(newCommune, 'leader'), of(newCommune, 'deputy_head', 'lê thu hằng'), true],
    [
      'not as the head beside the deputy who is named',
      official(newCommune, 'leader'),
      of(newCommune, 'deputy_head', 'Ngô Thị Xuân'),
      false,
    ],
    ['by name as an official', official(newCommune, 'handler'), of(newCommune, 'official', 'LE  THU HANG'), true],
    ['by name with title and office', official(newCommune, 'handler'), of(newCommune, 'official', 'bà Lê Thu Hằng, Phó phòng'), true],
    ['by name wherever he works now', official(city, 'inspector'), of(newCommune, 'official', 'Lê Thu Hằng'), true],
    ['by name as a respondent of the parties', official(newCommune, 'handler'), against(null, { named: ['Ông Lê Thu Hằng'] }), true],
    ['by one word of the name in the unit', official(newCommune, 'handler'), of(newCommune, 'official', 'Hằng'), true],
    ['by title and one word in the unit', official(newCommune, 'handler'), of(newCommune, 'official', 'Bà Hằng, địa chính'), true],
    ['by title and one word in what the unit came from', official(newCommune, 'handler'), of(commune, 'official', 'bà Hằng'), true],
    ['not by one word of the name elsewhere', official(otherCommune, 'handler'), of(newCommune, 'official', 'Bà Hằng'), false],
    ['not by one word of the name below', official(newCommune, 'handler'), of(city, 'official', 'Bà Hằng'), false],
    ['not by another word in the unit', official(newCommune, 'handler'), of(newCommune, 'official', 'Bà Thu'), false],
    ['by one word where no unit is known', official(newCommune, 'handler'), against(null, { named: ['Bà Hằng'] }), true],
    ['not as a colleague of an official whom nobody named', official(newCommune, 'handler'), of(newCommune, 'official'), false],
    ['as the head of the agency', official(newCommune, 'leader'), against({ type: 'agency', unitId: newCommune.id }), true],
    [
      'not as the head of an agency that is complained of: he resolves it',
      official(newCommune, 'leader'),
      against({ type: 'agency', unitId: newCommune.id }, { kind: 'complaint' }),
      false,
    ],
    ['in another part of the petition', official(newCommune, 'leader'), [...of(otherCommune, 'head'), ...of(newCommune, 'head')], true],
    [
      'by a name that the account had before',
      { ...official(newCommune, 'leader', 'Trần Mai Lan'), otherNames: ['Lê Thu Hằng'] },
      of(newCommune, 'official', 'Bà Lê Thu Hằng'),
      true,
    ],
    [
      'not by a name that it never had',
      { ...official(newCommune, 'leader', 'Trần Mai Lan'), otherNames: ['Lê Thu Hằng'] },
      of(newCommune, 'official', 'Ngô Thị Xuân'),
      false,
    ],
    // By office, as the body, shortened or mistyped: whoever heads it could be meant.
    ...(
      [
        'Chủ tịch UBND phường Ba Đình',
        'Chủ tịch UBND phường',
        'bà Chủ tịch phường',
        'Lãnh đạo phường Ba Đình',
        'Người đứng đầu UBND phường Ba Đình',
        'UBND phường Ba Đình',
        'bà chủ tịch phường tên Hằng',
        'Chủ tịch phường tên là Hằng',
        'CHU TICH UBND PHUONG',
        'Phó Chủ tịch phường',
        'Bà H.',
        'Lê Thu Hằg',
        'Lê Thu Hnằg',
      ] as const
    ).map((name): [string, Accountable, Accusation[], boolean] => [
      `as "${name}"`,
      official(newCommune, 'leader'),
      [...of(newCommune, 'official'), ...against(null, { named: [name], matterUnitId: newCommune.id })],
      true,
    ]),
    ...(
      [
        'Trần Văn Đức',
        'Chủ tịch UBND phường Trần Văn Đức',
        'cán bộ địa chính UBND phường Ba Đình',
        'một số cán bộ phường',
        'Công ty Sông Hồng',
        'Lê Thu Hạnh',
        'Bà Q.',
      ] as const
    ).map((name): [string, Accountable, Accusation[], boolean] => [
      `not as "${name}"`,
      official(newCommune, 'leader'),
      [...of(newCommune, 'official'), ...against(null, { named: [name], matterUnitId: newCommune.id })],
      false,
    ]),
    [
      'by the office of a respondent without a name',
      official(newCommune, 'leader'),
      against(null, { written: [{ name: 'Không rõ tên', office: 'Chủ tịch UBND phường', isBody: false }], matterUnitId: newCommune.id }),
      true,
    ],
    [
      'not by the office of another who is named',
      official(newCommune, 'leader'),
      against(null, { written: [{ name: 'Trần Văn Đức', office: 'Chủ tịch UBND phường', isBody: false }], matterUnitId: newCommune.id }),
      false,
    ],
    [
      'as the body that is denounced',
      official(newCommune, 'leader'),
      against(null, { written: [{ name: 'Uỷ ban nhân dân phường', office: null, isBody: true }], matterUnitId: newCommune.id }),
      true,
    ],
    [
      'not by the office of another unit',
      official(otherCommune, 'leader'),
      against(null, { written: [{ name: 'Chủ tịch UBND phường', office: null, isBody: false }], matterUnitId: newCommune.id }),
      false,
    ],
    [
      'not as a handler by the office of the head',
      official(newCommune, 'handler'),
      against(null, { written: [{ name: 'Chủ tịch UBND phường', office: null, isBody: false }], matterUnitId: newCommune.id }),
      false,
    ],
    [
      'by the name that the account signs in with',
      { ...official(newCommune, 'handler'), otherNames: ['commune.handler'] },
      against(null, { named: ['commune.handler'], matterUnitId: newCommune.id }),
      true,
    ],
    ['by nothing', official(newCommune, 'leader'), [], false],
  ])('%s', (_how, who, accusations, expected) => {
    expect(isDenounced(who, accusations, hanoiStructure)).toBe(expected);
  });
});
