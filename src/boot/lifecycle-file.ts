import { readFileSync, writeFileSync } from 'node:fs';
import { type PetitionKind, petitionKinds } from '../rules/evaluation/filing.js';
import { lifecycle } from '../petitions/lifecycle.view.js';
import { stateNames } from '../petitions/transition.js';
import { own } from '../platform/text/own.js';

/** `npm run lifecycle` writes docs/lifecycle.md from the transitions; `--check` fails when the two differ. */
const file = 'docs/lifecycle.md';

const kindNames: Record<PetitionKind, string> = {
  complaint: 'Khiếu nại – complaint',
  denunciation: 'Tố cáo – denunciation',
  recommendation: 'Kiến nghị – recommendation',
  reflection: 'Phản ánh – reflection',
};

const document = `# The life of a petition

Written by \`npm run lifecycle\` from \`src/petitions/transitions.ts\`; \`GET /lifecycle\` answers the same as data.
A step that leads back to its own state is left out of the diagrams and stands in the table. A transfer comes back by the receipt (\`received\` at the
receiver) or the return (\`classified\` at the sender), which the routing module writes.

${petitionKinds.map(diagram).join('\n')}
## Steps

| step | route below \`/petitions/{id}/\` | from | to | who | needs | starts | meets |
| --- | --- | --- | --- | --- | --- | --- | --- |
${lifecycle.steps.map(row).join('\n')}

**meets**: \`open\` meets every open limit but those that only their own act meets (${lifecycle.metByTheirOwnAct.map((rule) => `\`${rule}\``).join(', ')}); \`own\` meets the one that it is the act of.
Steps with a star are outcomes of triage: in a unit that works in two steps a clerk proposes them and the leader approves.
`;

if (process.argv.includes('--write')) writeFileSync(file, document);
else if (readFileSync(file, 'utf8') !== document) {
  console.error(`${file} differs from the code: run npm run lifecycle and look at the change.`);
  process.exitCode = 1;
}

function diagram(kind: PetitionKind): string {
  const steps = lifecycle.steps.filter(({ kinds, to }) => kinds.includes(kind) && to !== 'unchanged');
  const reached = new Set<string>(['received']);
  for (let before = 0; before !== reached.size;) {
    before = reached.size;
    for (const { from, to } of steps) if (from.some((state) => reached.has(state))) reached.add(to);
  }
  const moves = steps.flatMap(({ action, from, to }) =>
    from.filter((state) => state !== to && reached.has(state)).map((state) => ({ from: state, to, action })),
  );
  const arrows = moves.map(({ from, to, action }) => `  ${from} --> ${to}: ${action}`);
  const states = [...new Set<string>(moves.flatMap(({ from, to }) => [from, to]))];
  const names = states.map((state) => `  ${state}: ${own(stateNames, state)?.vi ?? 'Theo kết quả được duyệt'}`);
  const ends = lifecycle.states.filter(({ state, final }) => final && states.includes(state)).map(({ state }) => `  ${state} --> [*]`);
  return `## ${kindNames[kind]}

\`\`\`mermaid
stateDiagram-v2
${names.join('\n')}
  [*] --> received
${arrows.join('\n')}
${ends.join('\n')}
\`\`\`
`;
}

function row({
  action,
  name,
  method,
  path,
  from,
  to,
  roles,
  needs,
  startsLimits,
  meetsLimits,
  ofTriage,
  lawfulFrom,
}: (typeof lifecycle.steps)[number]): string {
  const since = Object.entries(lawfulFrom).map(([kind, day]) => `${kind} since ${day}`);
  const cells = [
    `${ofTriage ? '\\*' : ''}\`${action}\` ${name.vi}`,
    `${method} \`${path}\``,
    from.join(', '),
    to,
    roles.join(', '),
    [...(needs ? [needs] : []), ...since].join('; ') || '–',
    startsLimits.map((rule) => `\`${rule}\``).join(', ') || '–',
    meetsLimits === 'none' ? '–' : meetsLimits,
  ];
  return `| ${cells.join(' | ')} |`;
}
