import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOfficial, approve, choosePassword, goodPassword } from './support/accounts.js';
import { Client, type Json } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { unitId } from './support/stories.js';

let server: TestServer;
let nobody: Client;
/** Of Phường Ba Đình and of the city above it. */
let admin: Client;
let leader: Client;
let cityAdmin: Client;
let cityLeader: Client;
let baDinh: string;
let city: string;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_INVITATION_URL: 'https://mot-cua.example.gov.vn/kich-hoat' } });
  nobody = await server.as();
  [admin, leader, cityAdmin, cityLeader] = await Promise.all([
    server.as('commune.admin'),
    server.as('commune.leader'),
    server.as('city.admin'),
    server.as('city.leader'),
  ]);
  baDinh = (await admin.get('/auth/me')).body.unit.id;
  city = (await cityAdmin.get('/auth/me')).body.unit.id;
});
afterAll(() => server.stop());

let made = 0;
const aName = (): string => `nguoi.moi.${++made}`;
const anAccount = (more: object = {}) => ({ username: aName(), displayName: 'Ngô Thị Mới', unitId: baDinh, roles: ['clerk'], ...more });
const patch = (who: Client, id: string, change: object) => who.patch(`/accounts/${id}`, change, { 'if-match': '*' });
const signIn = (username: string, password = goodPassword) => nobody.post('/auth/token', { username, password });
const idOf = async (username: string): Promise<string> =>
  (await server.sql<{ id: string }>('select id from account where username = $1', [username]))[0]!.id;

describe('an account that reads petitions', () => {
  it.each(['clerk', 'handler', 'leader'])('as %s is proposed by an administrator and opened by a leader', async (role) => {
    const order = anAccount({ roles: [role] });
    const created = await must(201, admin.post('/accounts', order));
    expect(created).toMatchObject({ active: false, approved: false, invitation: null, pendingProposalId: expect.any(String) });
    expect(await must(200, admin.get(`/accounts/${created.id}`))).toMatchObject({ pendingProposalId: created.pendingProposalId });
    // However the administrator tries to open it alone.
    expect((await patch(admin, created.id, { displayName: 'Ngô Thị Mới Hơn' })).body).toMatchObject({
      active: false,
      pendingProposalId: null,
    });
    const opened = await patch(admin, created.id, { active: true });
    expect([opened.status, opened.body.active]).toEqual([202, false]);
    expect((await admin.post(`/accounts/${created.id}/password-reset`, {})).status).toBe(409);
    expect((await admin.post(`/account-proposals/${opened.body.pendingProposalId}/approval`)).status).toBe(403);

    const proposal = await must(200, leader.get(`/account-proposals/${opened.body.pendingProposalId}`));
    expect(proposal).toMatchObject({
      type: 'account',
      state: 'pending',
      username: order.username,
      roles: [role],
      rolesBefore: [],
      unit: { code: '00004' },
      approvingUnit: { code: '00004' },
      proposedBy: 'commune.admin',
    });
    const { invitation } = await approve(leader, opened.body);
    expect(invitation).toMatchObject({ code: expect.stringMatching(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/) });
    expect(invitation.link).toBe(`https://mot-cua.example.gov.vn/kich-hoat#${invitation.code}`);
    const official = await choosePassword(server, order.username, invitation.code);
    expect((await official.get('/petitions')).status).toBe(200);
  });

  it('tells its leader: in who he is, in the list and in the feed; nobody else decides', async () => {
    const before = (await must(200, leader.get('/auth/me'))).accountProposalsToDecide;
    const created = await must(201, admin.post('/accounts', anAccount()));
    expect((await must(200, leader.get('/auth/me'))).accountProposalsToDecide).toBe(before + 1);
    const { items } = await must(200, leader.get(`/account-proposals?state=pending&unitId=${baDinh}`));
    expect(items[0].id).toBe(created.pendingProposalId);
    let position = 0;
    const told: Json[] = [];
    for (let more = true; more;) {
      const feed = await must(200, leader.get(`/events?types=account_proposal.proposed&after=${position}`));
      told.push(...feed.items);
      ({ next: position, more } = feed);
    }
    expect(told.at(-1).data).toEqual({
      proposalId: created.pendingProposalId,
      accountId: created.id,
      type: 'account',
      unitId: baDinh,
      approvingUnitId: baDinh,
      state: 'pending',
    });
    const elsewhere = await server.as('hoankiem.leader');
    expect((await elsewhere.get(`/account-proposals/${created.pendingProposalId}`)).status).toBe(404);
    expect((await elsewhere.post(`/account-proposals/${created.pendingProposalId}/approval`)).status).toBe(404);
    expect((await (await server.as('commune.clerk')).get('/account-proposals')).status).toBe(403);
    const inspector = await server.as('city.inspector');
    const { items: records } = await must(200, inspector.get('/audit/records?objectType=account_proposal&operation=insert&limit=5'));
    expect(records[0]).toMatchObject({ username: 'commune.admin', after: { unit_id: baDinh, state: 'pending', type: 'account' } });
  });

  it('is refused for a reason, and withdrawn by who proposed it', async () => {
    const refused = await must(201, admin.post('/accounts', anAccount()));
    const path = `/account-proposals/${refused.pendingProposalId}`;
    expect((await leader.post(`${path}/refusal`, {})).body.errors[0].pointer).toBe('/reason');
    expect(await must(200, leader.post(`${path}/refusal`, { reason: 'Không làm việc tại phường' }))).toMatchObject({
      state: 'refused',
      decidedBy: 'commune.leader',
      reason: 'Không làm việc tại phường',
    });
    expect((await leader.post(`${path}/approval`)).status).toBe(409);
    expect(await must(200, admin.get(`/accounts/${refused.id}`))).toMatchObject({ active: false, pendingProposalId: null });
    const withdrawn = await must(201, admin.post('/accounts', anAccount()));
    expect(await must(200, admin.post(`/account-proposals/${withdrawn.pendingProposalId}/withdrawal`))).toMatchObject({
      state: 'withdrawn',
    });
    expect((await leader.post(`/account-proposals/${withdrawn.pendingProposalId}/approval`)).status).toBe(409);
  });

  it('is decided once, of parallel decisions', async () => {
    const { pendingProposalId: id } = await must(201, admin.post('/accounts', anAccount()));
    const decisions = await Promise.all([
      ...[leader, cityLeader, leader].map((who) => who.post(`/account-proposals/${id}/approval`)),
      ...[leader, cityLeader].map((who) => who.post(`/account-proposals/${id}/refusal`, { reason: 'Không' })),
      admin.post(`/account-proposals/${id}/withdrawal`),
    ]);
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it('that gets further roles or another unit waits with the change, and keeps what it has', async () => {
    const order = anAccount();
    const official = await anOfficial(server, { admin, leader }, order);
    const { id } = (await official.get('/auth/me')).body;
    const raised = await patch(admin, id, { roles: ['clerk', 'handler'] });
    expect([raised.status, raised.body.roles]).toEqual([202, ['clerk']]);
    expect((await official.get('/auth/me')).status).toBe(200);
    await approve(leader, raised.body);
    expect((await official.get('/auth/me')).status).toBe(401);
    expect((await must(200, admin.get(`/accounts/${id}`))).roles).toEqual(['clerk', 'handler']);

    const moved = await patch(cityAdmin, id, { unitId: city });
    expect([moved.status, moved.body.unitId]).toEqual([202, baDinh]);
    // The leader that it leaves does not decide for the unit that it comes to.
    expect((await leader.post(`/account-proposals/${moved.body.pendingProposalId}/approval`)).status).toBe(404);
    await approve(cityLeader, moved.body);
    expect((await must(200, cityAdmin.get(`/accounts/${id}`))).unitId).toBe(city);

    // Less needs nobody, and takes back what waits.
    const waiting = await patch(cityAdmin, id, { roles: ['clerk', 'leader'] });
    expect(waiting.status).toBe(202);
    const less = await patch(cityAdmin, id, { roles: ['clerk'] });
    expect([less.status, less.body.pendingProposalId]).toEqual([200, null]);
    expect((await cityLeader.post(`/account-proposals/${waiting.body.pendingProposalId}/approval`)).status).toBe(409);
    expect((await patch(cityAdmin, id, { active: false })).status).toBe(200);
    const reopened = await patch(cityAdmin, id, { active: true });
    expect(reopened.status).toBe(202);
    expect((await approve(cityLeader, reopened.body)).invitation).not.toBeNull();
    expect((await signIn(order.username)).status).toBe(401);
  });

  it('is put into nobody else’s hands by one person: a new password needs a leader, who is told the code', async () => {
    const order = anAccount();
    const official = await anOfficial(server, { admin, leader }, order);
    const { id } = (await official.get('/auth/me')).body;
    const reset = await admin.post(`/accounts/${id}/password-reset`, {});
    expect([reset.status, reset.body]).toEqual([202, { invitation: null, pendingProposalId: expect.any(String) }]);
    expect((await official.get('/auth/me')).status).toBe(200);
    const { invitation } = await approve(leader, reset.body);
    expect((await official.get('/auth/me')).status).toBe(401);
    expect((await signIn(order.username)).status).toBe(401);
    await choosePassword(server, order.username, invitation.code, 'cơn mưa đầu mùa hạ');
    expect((await signIn(order.username, 'cơn mưa đầu mùa hạ')).status).toBe(200);
  });

  it('is agreed to by nobody who proposed it or whom it is about, nor by a leader of a unit that is no more', async () => {
    await server.sql(`update account set active = false where 'leader' = any (roles) and username like 'nguoi.moi.%'`);
    const reset = await must(202, admin.post(`/accounts/${await idOf('commune.leader')}/password-reset`, {}));
    const own = await leader.post(`/account-proposals/${reset.pendingProposalId}/approval`);
    expect([own.status, own.body.type]).toEqual([403, '/api/v1/problems/forbidden']);
    expect(await must(200, leader.get(`/account-proposals/${reset.pendingProposalId}`))).toMatchObject({ approvingUnit: { code: '01' } });
    await must(200, admin.post(`/account-proposals/${reset.pendingProposalId}/withdrawal`));

    const [districtAdmin, districtLeader] = await Promise.all([server.as('district.admin'), server.as('district.leader')]);
    const district = (await districtAdmin.get('/auth/me')).body.unit.id as string;
    const created = await must(201, districtAdmin.post('/accounts', anAccount({ unitId: district })));
    expect((await districtLeader.post(`/account-proposals/${created.pendingProposalId}/approval`)).status).toBe(403);
    const { approvingUnit } = await approve(cityLeader, created);
    expect(approvingUnit.code).toBe('01');
    // The database holds it, too.
    const [row] = await server.sql<{ id: string; account: string }>(
      `insert into account_proposal (account_id, type, unit_id, proposed_by) select id, 'credentials', unit_id, id from account where username = 'commune.clerk'
       returning id, account_id as account`,
    );
    await expect(
      server.sql(`update account_proposal set state = 'approved', decided_at = now(), decided_by = $2 where id = $1`, [
        row!.id,
        row!.account,
      ]),
    ).rejects.toThrow('account_proposal_two_persons');
    await server.sql('delete from account_proposal where id = $1', [row!.id]);
  });

  it('of a unit without a leader is agreed to by the leader of the unit above', async () => {
    const hongHa = await unitId(cityLeader, '00097');
    await server.sql(`update account set active = false where unit_id = $1`, [hongHa]);
    const created = await must(201, cityAdmin.post('/accounts', anAccount({ unitId: hongHa, roles: ['leader'] })));
    expect(await approve(cityLeader, created)).toMatchObject({ unit: { code: '00097' }, approvingUnit: { code: '01' } });
  });
});

describe('an account that reads no petitions', () => {
  it('is open at once; its owner chooses the password, once, with a code that nobody stored', async () => {
    const order = anAccount({ roles: ['analyst'] });
    const { invitation, ...account } = await must(201, admin.post('/accounts', order));
    expect(account).toMatchObject({ active: true, approved: true, pendingProposalId: null, invitedUntil: expect.any(String) });
    const [row] = await server.sql<{ all: string }>('select a::text as all from account a where id = $1', [account.id]);
    expect(row!.all).not.toContain(invitation.code);
    for (const newPassword of ['aaaaaaaaaaaa', order.username, 'Ngô Thị Mới 1']) {
      const easy = await nobody.post('/auth/invitation', { code: invitation.code, newPassword });
      expect([easy.status, easy.body.errors[0].pointer, easy.body.errors[0].code]).toEqual([422, '/newPassword', 'easy_to_guess']);
    }
    const typed = ` ${invitation.code.toLowerCase().replaceAll('-', ' ')} `;
    const passwords = Array.from({ length: 6 }, (_, index) => `${goodPassword} ${index}`);
    const chosen = await Promise.all(passwords.map((newPassword) => nobody.post('/auth/invitation', { code: typed, newPassword })));
    expect(chosen.map(({ status }) => status).sort()).toEqual([204, 422, 422, 422, 422, 422]);
    const winner = passwords[chosen.findIndex(({ status }) => status === 204)]!;
    expect((await signIn(order.username, winner)).status).toBe(200);
    const again = await nobody.post('/auth/invitation', { code: invitation.code, newPassword: goodPassword });
    expect([again.status, again.body.errors[0].pointer]).toEqual([422, '/code']);
  });

  it('gets a new code from its administrator; those of before, and those that are too old, open nothing', async () => {
    const order = anAccount({ roles: ['analyst'] });
    const first = await must(201, admin.post('/accounts', order));
    const second = await must(200, admin.post(`/accounts/${first.id}/password-reset`, {}));
    const choose = (code: string) => nobody.post('/auth/invitation', { code, newPassword: goodPassword });
    expect((await choose(first.invitation.code)).status).toBe(422);
    await server.sql(`update account set invitation_expires_at = now() - interval '1 second' where id = $1`, [first.id]);
    expect((await choose(second.invitation.code)).status).toBe(422);
    const third = await must(200, admin.post(`/accounts/${first.id}/password-reset`, {}));
    expect((await patch(admin, first.id, { active: false })).body).toMatchObject({ active: false, invitedUntil: null });
    expect((await choose(third.invitation.code)).status).toBe(422);
  });

  it('that is to read petitions waits for a leader, and is opened anew: whoever made it may have its password', async () => {
    const order = anAccount({ roles: ['analyst'] });
    const { id, invitation } = await must(201, admin.post('/accounts', order));
    const held = await choosePassword(server, order.username, invitation.code);
    const raised = await patch(admin, id, { roles: ['analyst', 'clerk'] });
    expect([raised.status, raised.body.roles]).toEqual([202, ['analyst']]);
    const agreed = await approve(leader, raised.body);
    expect((await held.get('/auth/me')).status).toBe(401);
    expect((await signIn(order.username)).status).toBe(401);
    const official = await choosePassword(server, order.username, agreed.invitation.code, 'cơn mưa đầu mùa hạ');
    expect((await official.get('/petitions')).status).toBe(200);
  });
});

describe('administrators', () => {
  it('set no passwords, and are told so', async () => {
    for (const answer of [
      await admin.post('/accounts', anAccount({ password: goodPassword })),
      await patch(admin, await idOf('commune.clerk'), { password: goodPassword }),
    ]) {
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/password', code: 'password_not_taken' })]);
      expect(answer.body.errors[0].detail).toContain('mã mời');
    }
    expect((await admin.post('/accounts', anAccount({ roles: ['analyst'], password: null }))).status).toBe(201);
  });

  it('give a unit the roles that it has', async () => {
    const [board, inspectorate] = [await unitId(cityLeader, '01.TCD'), await unitId(cityLeader, '01.TT')];
    for (const [at, role, allowed] of [
      [board, 'inspector', false],
      [board, 'handler', false],
      [board, 'reception_board', true],
      [inspectorate, 'inspector', true],
      [inspectorate, 'reception_board', false],
      [baDinh, 'reception_board', false],
      [baDinh, 'inspector', false],
    ] as const) {
      const { status, body } = await cityAdmin.post('/accounts', anAccount({ unitId: at, roles: [role] }));
      expect([role, status]).toEqual([role, allowed ? 201 : 422]);
      if (!allowed) expect(body.errors[0]).toMatchObject({ pointer: '/roles', code: 'role_not_of_unit' });
    }
    // Who has such a role from before keeps it, and can be changed otherwise.
    expect((await patch(admin, await idOf('commune.inspector'), { displayName: 'Hoàng Minh Tuấn' })).status).toBe(200);
  });
});

describe('a service', () => {
  const aService = (more: object) => anAccount({ roles: ['clerk'], scopes: ['petitions:read'], ...more });

  it.each([
    ['leader', 'petitions:read', '/roles', 'role_not_for_services'],
    ['handler', 'petitions:read', '/roles', 'role_not_for_services'],
    ['inspector', 'audit:read', '/roles', 'role_not_for_services'],
    ['reception_board', 'petitions:read', '/roles', 'role_not_for_services'],
    ['admin', 'administration:write', '/roles', 'role_not_for_services'],
    ['clerk', 'identity:read', '/scopes', 'scope_not_for_services'],
    ['clerk', 'identity:write', '/scopes', 'scope_not_for_services'],
    ['clerk', 'audit:read', '/scopes', 'scope_not_for_services'],
    ['analyst', 'petitions:read', '/scopes', 'scope_not_for_services'],
  ])('is never %s with %s', async (role, scope, pointer, code) => {
    const { status, body } = await admin.post('/accounts/services', aService({ roles: [role], scopes: [scope] }));
    expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([422, pointer, code]);
  });

  it('of figures is open at once, one that reads petitions once a leader agreed; more scopes wait, too', async () => {
    expect(await must(201, admin.post('/accounts/services', aService({ roles: ['analyst'], scopes: ['reports:read'] })))).toMatchObject({
      active: true,
      pendingProposalId: null,
    });
    const counter = await must(201, admin.post('/accounts/services', aService({})));
    expect(counter.active).toBe(false);
    expect((await approve(leader, counter)).invitation).toBeNull();
    const wider = await patch(admin, counter.id, { scopes: ['petitions:read', 'people:read'] });
    expect([wider.status, wider.body.scopes]).toEqual([202, ['petitions:read']]);
    expect((await patch(admin, counter.id, { scopes: ['petitions:read', 'identity:read'] })).status).toBe(422);
    await expect(server.sql(`update account set scopes = '{identity:read}' where id = $1`, [counter.id])).rejects.toThrow(
      'account_service_rights',
    );
  });
});
