import { Client, type Json } from './client.js';
import { must } from './reception.js';
import type { TestServer } from './server.js';

/** A password that nothing refuses. */
export const goodPassword = 'một câu dài dễ nhớ';

/** Lets a leader agree to what waits of an account; answers what he is told. */
export async function approve(leader: Client, { pendingProposalId }: { pendingProposalId: string }): Promise<Json> {
  return must(200, leader.post(`/account-proposals/${pendingProposalId}/approval`));
}

/** Chooses a password with the code of an invitation, and signs in with it. */
export async function choosePassword(server: TestServer, username: string, code: string, password = goodPassword): Promise<Client> {
  const nobody = await server.as();
  await must(204, nobody.post('/auth/invitation', { code, newPassword: password }));
  const { body } = await nobody.post('/auth/token', { username, password });
  return new Client(server.url, (body as { accessToken: string }).accessToken);
}

/** An account of a unit that reads petitions: proposed by its administrator, agreed to by its leader, opened by its owner. */
export async function anOfficial(
  server: TestServer,
  { admin, leader }: { admin: Client; leader: Client },
  account: { username: string; displayName: string; unitId: string; roles: string[] },
): Promise<Client> {
  const created = await must(201, admin.post('/accounts', account));
  const { invitation } = await approve(leader, created);
  return choosePassword(server, account.username, invitation.code);
}
