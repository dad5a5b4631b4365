import { expect, test } from '@jest/globals';
import { checkDialogueNotice, dialogueDuty, fulfilsDialogueDuty } from './dialogue-duty.js';

test.each`
  stage       | subject             | viewsDiffer | article | because
  ${'first'}  | ${'administrative'} | ${false}    | ${null} | ${'nothing is disputed'}
  ${'first'}  | ${'administrative'} | ${true}     | ${'30'} | ${'demand and verification differ'}
  ${'second'} | ${'administrative'} | ${false}    | ${'39'} | ${'always at second instance'}
  ${'first'}  | ${'discipline'}     | ${false}    | ${'53'} | ${'always about discipline'}
`('a $subject complaint at the $stage instance: $because', (row) => {
  const { article, ...complaint } = row as Parameters<typeof dialogueDuty>[0] & { article: string | null };
  expect(dialogueDuty(complaint)?.source.article ?? null).toBe(article);
});

test.each`
  heldOn          | attended | withoutReason | fulfils
  ${'2026-06-30'} | ${true}  | ${false}      | ${true}
  ${'2026-06-30'} | ${false} | ${true}       | ${false}
  ${'2026-07-01'} | ${false} | ${true}       | ${true}
  ${'2026-07-01'} | ${false} | ${false}      | ${false}
`('a dialogue of $heldOn, complainant there $attended, away without reason $withoutReason: $fulfils', (row) => {
  const { heldOn, attended, withoutReason, fulfils } = row as {
    heldOn: string;
    attended: boolean;
    withoutReason: boolean;
    fulfils: boolean;
  };
  expect(fulfilsDialogueDuty({ heldOn, complainantAttended: attended, absenceWithoutReason: withoutReason })).toBe(fulfils);
});

test.each`
  noticeSentOn    | heldOn          | inTime   | because
  ${'2026-07-06'} | ${'2026-07-10'} | ${false} | ${'four days'}
  ${'2026-07-06'} | ${'2026-07-11'} | ${true}  | ${'five days (Decree 124/2020 art. 28(1) as amended)'}
  ${'2026-06-29'} | ${'2026-07-01'} | ${false} | ${'the day of the dialogue decides (Decree 155/2026 art. 22(1))'}
  ${'2026-06-29'} | ${'2026-06-30'} | ${null}  | ${'no number of days before'}
`('a notice of $noticeSentOn for $heldOn: $because', (row) => {
  const { noticeSentOn, heldOn, inTime } = row as { noticeSentOn: string; heldOn: string; inTime: boolean | null };
  expect(checkDialogueNotice(noticeSentOn, heldOn)?.inTime ?? null).toBe(inTime);
});
