import { columnsOf, type Form, type FormSet } from './form.js';

/**
 * What a set of forms takes away from the one before it, as `drops` names it: a form by its code (`02-XLD`), a column by form and number
 * (`01-XLD/5`). Columns of a form that is gone as a whole are not listed one by one.
 */
export function dropsOf(former: Pick<FormSet, 'forms'>, next: Pick<FormSet, 'forms'>): string[] {
  return former.forms.flatMap((form) => {
    const kept = next.forms.find(({ code }) => code === form.code);
    return kept ? columnsDropped(form, kept) : [form.code];
  });
}

function columnsDropped(former: Form, next: Form): string[] {
  const kept = new Set(columnsOf(next).map(({ number }) => number));
  return columnsOf(former)
    .filter(({ number }) => !kept.has(number))
    .map(({ number }) => `${former.code}/${number}`);
}
