import { test, expect } from '@jest/globals';
import { consequenceOf, mustPresideInPerson } from './dialogue-presider.js';

const units = {
  department: { level: 'province' as const, kind: 'department' as const },
  province: { level: 'province' as const, kind: 'peoples_committee' as const },
  commune: { level: 'commune' as const, kind: 'peoples_committee' as const },
  minister: null,
};

test.each`
  stage       | resolver        | presidedBy                  | circumstances            | heldOn          | rule                                    | because
  ${'second'} | ${'department'} | ${'deputy'}                 | ${[]}                    | ${'2026-07-01'} | ${'complaint.dialogue.in_person.head'}  | ${'D124 art. 28(2)(a)'}
  ${'second'} | ${'department'} | ${'resolver'}               | ${['security']}          | ${'2026-07-01'} | ${null}                                 | ${'he did'}
  ${'second'} | ${'department'} | ${'deputy'}                 | ${[]}                    | ${'2026-06-30'} | ${null}                                 | ${'before the decree of 2026'}
  ${'second'} | ${'province'}   | ${'deputy'}                 | ${[]}                    | ${'2026-07-01'} | ${null}                                 | ${'a chair may assign it (28(2)(b))'}
  ${'second'} | ${'province'}   | ${'head_of_verifying_unit'} | ${['many_complainants']} | ${'2026-07-01'} | ${'complaint.dialogue.in_person.chair'} | ${'many complain of one matter'}
  ${'second'} | ${'province'}   | ${'head_of_department'}     | ${['opinions_differ']}   | ${'2026-07-01'} | ${'complaint.dialogue.in_person.chair'} | ${'the bodies differ'}
  ${'second'} | ${'minister'}   | ${'deputy'}                 | ${['public_interest']}   | ${'2026-07-01'} | ${'complaint.dialogue.in_person.chair'} | ${'so for ministers'}
  ${'first'}  | ${'commune'}    | ${'deputy'}                 | ${['sharp_attitude']}    | ${'2026-07-01'} | ${null}                                 | ${'the decree speaks of the second instance'}
`('$stage, $resolver, by $presidedBy: $because', (row) => {
  const { resolver, rule, ...facts } = row as unknown as Omit<Parameters<typeof mustPresideInPerson>[0], 'resolver'> & {
    resolver: keyof typeof units;
    rule: string | null;
  };
  expect(mustPresideInPerson({ ...facts, resolver: units[resolver] })?.ruleId ?? null).toBe(rule);
});

test.each`
  attended | withoutReason | lawfully | heldOn          | code                  | because
  ${true}  | ${false}      | ${true}  | ${'2026-07-13'} | ${'fulfilled'}        | ${'they spoke'}
  ${true}  | ${false}      | ${false} | ${'2026-07-13'} | ${'to_be_held_again'} | ${'somebody else presided'}
  ${false} | ${true}       | ${true}  | ${'2026-07-13'} | ${'goes_on'}          | ${'LC art. 30(6)'}
  ${false} | ${true}       | ${true}  | ${'2026-06-30'} | ${'to_be_held_again'} | ${'not before that'}
  ${false} | ${false}      | ${true}  | ${'2026-07-13'} | ${'to_be_held_again'} | ${'a good reason (D124 art. 28a)'}
`('there $attended, away without reason $withoutReason, lawfully presided $lawfully: $code, $because', (row) => {
  const { attended, withoutReason, lawfully, heldOn, code } = row as unknown as Record<'attended' | 'withoutReason' | 'lawfully', boolean> &
    Record<'heldOn' | 'code', string>;
  const facts = { heldOn, complainantAttended: attended, absenceWithoutReason: withoutReason, presidedLawfully: lawfully };
  expect(consequenceOf(facts).code).toBe(code);
});
