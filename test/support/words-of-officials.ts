import { AccessFixtures } from './access-fixtures.js';
import { type Canary, canaryOf, sentenceOf, withCanary } from './canaries.js';
import type { Client, Json } from './client.js';
import { exampleOf, type Operation } from './openapi-bodies.js';
import type { TestServer } from './server.js';
import { aDenunciationOf, classify, file } from './stories.js';

/** A step on a petition, as the document has it. */
export interface StepRoute {
  route: string;
  method: string;
  operation: Operation;
}

/** What came of officials who name whoever denounced wherever a step takes a text. */
export interface WordsOfOfficials {
  people: Canary[];
  /** Of the denunciations to which a step was done. */
  ids: string[];
  /** Steps that were done, as `POST /petitions/{id}/acceptance`. */
  taken: string[];
}

/** What an address may name beside the petition, and the table that has it. */
const parents: Record<string, string> = {
  verificationId: 'verification',
  obligationId: 'obligation',
  requestId: 'protection_request',
  holdId: 'legal_hold',
  assignmentId: 'petition_assignment',
};

/**
 * One denunciation for each step that there is, brought to where the step is possible: the step is done by an official who writes who denounced
 * in every text of it, and is content to have it taken out.
 * @param from the first canary that nobody else is
 */
export async function wordsAboutDenunciations(
  server: TestServer,
  { document, steps, unit, from }: { document: Json; steps: readonly StepRoute[]; unit: string; from: number },
): Promise<WordsOfOfficials> {
  const clients = await Promise.all(['commune.leader', 'commune.clerk', 'commune.handler'].map((name) => server.as(name)));
  const [leader, clerk] = clients as [Client, Client];
  const admin = await server.as('commune.admin');
  const fixtures = await AccessFixtures.at(server);
  const done: WordsOfOfficials = { people: [], ids: [], taken: [] };
  let index = from;
  for (const { route, method, operation } of steps) {
    const canary = canaryOf(index++);
    done.people.push(canary);
    // What a handler proposes, the leader approves or sends back, is for offices that work in two steps.
    const inTwo = route.includes('/proposals');
    const { status: set } = await admin.put(
      `/units/${unit}/settings`,
      { triageMode: inTwo ? 'two_step' : 'one_step' },
      { 'if-match': '*' },
    );
    if (set !== 200) throw new Error(`The triage mode cannot be set: ${set}`);
    const schema = operation.requestBody!.content['application/json']!.schema;
    const body = JSON.stringify(
      withCanary(document, schema, (await fixtures.bodyOf(`${method} ${route}`)) ?? exampleOf(document, operation) ?? {}, canary),
    );
    steps: for (const state of inTwo ? (['proposed', 'classified'] as const) : statesFromTheEnd) {
      const id = await denunciationIn(state, canary, { clerk, leader, unit });
      const address = await addressOf(server, route, id);
      if (!address) continue;
      for (const client of clients) {
        const headers = { 'if-match': '*', 'content-type': 'application/json', 'doubtful-words': 'take-out' };
        const { status } = await client.raw(method, address, body, headers);
        if (status >= 300) continue;
        done.ids.push(id);
        done.taken.push(`${method} ${route.replace('/api/v1', '')}`);
        break steps;
      }
    }
  }
  return done;
}

/** The last first: there hangs the most on a petition. */
const statesFromTheEnd = ['concluded', 'suspended', 'accepted', 'classified', 'received'] as const;
type State = (typeof statesFromTheEnd)[number] | 'proposed';

/** A denunciation by somebody, with all that can hang on it in a state. */
async function denunciationIn(
  state: State,
  canary: Canary,
  { clerk, leader, unit }: { clerk: Client; leader: Client; unit: string },
): Promise<string> {
  const parties = [{ role: 'petitioner', type: 'person', ...canary, birthYear: 1966 }];
  const words = sentenceOf(canary);
  const filed = await file(clerk, aDenunciationOf(unit, 'official', { parties, summary: words, content: words }));
  const id = filed.id as string;
  const step = async (path: string, body: Json, by = leader): Promise<void> => {
    const { status, body: told } = await by.post(`/petitions/${id}/${path}`, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(told)}`);
  };
  if (state === 'received') return id;
  await classify(clerk, filed);
  if (state === 'classified') return id;
  if (state === 'proposed') {
    await step('proposals', { outcome: 'propose_acceptance', details: {}, proposedOn: '2026-05-13' }, clerk);
    return id;
  }
  await step('acceptance', { acceptedOn: '2026-05-15' });
  await step('verifications', {
    assignedOn: '2026-05-18',
    documentNumber: '88/QĐ-UBND',
    purpose: 'Xác minh nội dung tố cáo',
    dueOn: '2026-06-02',
    members: [{ role: 'official', name: 'Lê Thu Hường' }],
  });
  await step('protection-requests', { requestedOn: '2026-05-18', protectedPerson: 'denouncer', content: 'Bị doạ cho thôi việc' });
  await step('legal-holds', { reason: 'Toà án yêu cầu giữ hồ sơ' });
  if (state === 'suspended')
    await step('suspensions', {
      suspendedOn: '2026-05-20',
      documentNumber: '89/QĐ-UBND',
      ground: 'expert_opinion',
      reason: 'Chờ giám định',
    });
  if (state === 'concluded') {
    const obligations = [
      { type: 'sanction', description: 'Kỷ luật công chức', responsible: 'UBND phường', dueOn: '2026-09-30', persons: 1 },
    ];
    const [verification] = (await leader.get(`/petitions/${id}/verifications`)).body.items as [Json];
    const report = { reportedOn: '2026-05-29', findings: 'Đã xác minh.', proposal: 'Kết luận theo kết quả xác minh.', viewsDiffer: false };
    await step(`verifications/${verification.id}/report`, report);
    const conclusion = { concludedOn: '2026-06-01', documentNumber: '33/KL-UBND', result: 'right', content: 'Tố cáo đúng.', obligations };
    await step('conclusions', conclusion);
  }
  return id;
}

/** The address of a step with the ids of what the petition has; null where it lacks something. */
async function addressOf(server: TestServer, route: string, petitionId: string): Promise<string | null> {
  let address = route.replace('{id}', petitionId);
  for (const [, name] of route.matchAll(/\{(\w+)\}/g)) {
    if (name === 'id') continue;
    const table = parents[name!];
    const [row] = table ? await server.sql<{ id: string }>(`select id from ${table} where petition_id = '${petitionId}' limit 1`) : [];
    if (!row) return null;
    address = address.replace(`{${name}}`, row.id);
  }
  return address;
}
