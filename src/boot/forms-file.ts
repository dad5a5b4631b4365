import { readFileSync, writeFileSync } from 'node:fs';
import type { Bilingual } from '../platform/problems/problem.js';
import { explainCount } from '../rules/reports/explain.js';
import { type ColumnNode, type Form, formulaOf, type FormSet, isColumn } from '../rules/reports/form.js';
import { builtInSets } from '../rules/reports/form-sets.js';
import { measuringUnits } from '../rules/reports/vocabulary.js';

/** `npm run report-forms` writes docs/report-forms.md from the sets of forms; `--check` fails when the two differ. */
const file = 'docs/report-forms.md';

const document = `# The statutory forms, column by column

Written by \`npm run report-forms\` from \`src/rules/reports/\`; \`GET /reports/forms/{code}\` answers the same as data. [reports.md](reports.md) says what the words mean.

${builtInSets.map(describeSet).join('\n')}`;

if (process.argv.includes('--write')) writeFileSync(file, document);
else if (readFileSync(file, 'utf8') !== document) {
  console.error(`${file} differs from the code: run npm run report-forms and look at the change.`);
  process.exitCode = 1;
}

function describeSet(set: FormSet, index: number): string {
  const heading = `## Circular ${set.circular}

Periods that close from ${set.closingFrom} on.${set.provisional ? ` ${set.provisional.en}` : ''}
`;
  // A form that stands in an earlier set as it is is described there.
  const earlier = builtInSets.slice(0, index);
  return `${heading}
${set.forms
  .map((form) => {
    const same = earlier.find(({ forms }) => forms.includes(form));
    return same ? `- ${nameOf(form)}: as in ${same.circular}` : describeForm(form);
  })
  .join('\n')}
`;
}

function describeForm(form: Form): string {
  return `### ${nameOf(form)} ${form.title.vi}

${form.title.en}. Checks: ${form.checks.map((check) => `\`${check}\``).join(', ')}.

| no. | column | unit | counts |
| --- | --- | --- | --- |
${form.columns.flatMap((node) => rowsOf(form, node, [])).join('\n')}
`;
}

function rowsOf(form: Form, node: ColumnNode, above: Bilingual[]): string[] {
  const path = [...above, node.label];
  if (!isColumn(node)) return node.columns.flatMap((child) => rowsOf(form, child, path));
  const { number, unit, count, note } = node;
  const formula = formulaOf(form, number);
  const counts = [explainCount(count).en, ...(note ? [note.en] : [])].join('. ');
  const cells = [
    formula ? `${number} (\`${formula}\`)` : String(number),
    path.map(({ vi }) => vi).join(' › '),
    measuringUnits[unit].vi,
    counts,
  ];
  return [`| ${cells.join(' | ')} |`];
}

function nameOf({ code }: Form): string {
  return code.replace('-', '/');
}
