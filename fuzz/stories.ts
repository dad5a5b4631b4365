import type { Json } from '../test/support/client.js';
import { dayFromNow } from './values.ts';

/**
 * What has to be there before a step is possible. Chance alone does not file, classify, accept and verify a petition in this order: the stories
 * do, as the demo's officials, and what they make is what the random requests then ask about. Nothing in them may be relied on: what the
 * product refuses is left out, and the story goes on.
 */
export interface World {
  /**
   * Sends an operation (`POST /petitions/{id}/acceptance`, ids in the address) with what its schema requires and what is given.
   * @returns the answer where it was a success, else undefined
   */
  ask(who: string | null, method: string, address: string, body?: Json): Promise<Json>;
  /** As the document's named example has the body. */
  asShown(who: string, method: string, address: string, more?: Json): Promise<Json>;
  unitOf(who: string): string;
  /** Of the demo's accounts. */
  password: string;
  next(): number;
}

/** Who denounced in every denunciation of the stories: must stand in no answer but that of a reveal. */
export const canary = { name: 'Kiều Hoạ Mi Thuý', nationalId: '001166699966', phone: '0966 699 966', address: 'Nhà 66 ngõ Hoạ Mi' };

const today = dayFromNow(0);
const clerk = 'commune.clerk';
const leader = 'commune.leader';

export const stories: Record<string, (world: World) => Promise<void>> = {
  async complaint(world) {
    const id = await classified(world, 'complaint');
    if (!id) return;
    const at = `/petitions/${id}`;
    await world.ask(clerk, 'PUT', `${at}/eligibility`, { checkedOn: dayFromNow(-10) });
    await world.ask(leader, 'POST', `${at}/acceptance`, { acceptedOn: dayFromNow(-9) });
    await world.ask(leader, 'POST', `${at}/suspensions`, { suspendedOn: dayFromNow(-8), ground: 'result_of_another_body' });
    await world.ask(leader, 'POST', `${at}/resumption`, { resumedOn: dayFromNow(-7) });
    const complex = { foundOn: dayFromNow(-7), criteria: ['several_places'], reason: 'Phải xác minh ở hai địa điểm' };
    await world.ask(leader, 'POST', `${at}/complexity-findings`, complex);
    await world.ask(leader, 'POST', `${at}/extensions`, { decidedOn: dayFromNow(-7) });
    const members = [{ role: 'official', name: 'Lê Thu Hường' }];
    const verification = await world.ask(leader, 'POST', `${at}/verifications`, {
      assignedOn: dayFromNow(-7),
      dueOn: dayFromNow(10),
      members,
    });
    const made = (verification?.verifications ?? [verification]).at(-1)?.id;
    if (made) {
      await world.ask(leader, 'POST', `${at}/verifications/${made}/entries`, { occurredOn: dayFromNow(-6) });
      await world.ask(leader, 'POST', `${at}/verifications/${made}/extensions`, { dueOn: dayFromNow(15), decidedOn: dayFromNow(-6) });
      await world.ask(leader, 'POST', `${at}/verifications/${made}/report`, { reportedOn: dayFromNow(-5) });
    }
    await world.ask(leader, 'POST', `${at}/dialogues`, {
      heldOn: dayFromNow(-5),
      noticeSentOn: dayFromNow(-11),
      complainantAttended: true,
    });
    await world.ask(leader, 'POST', `${at}/decisions`, { decidedOn: dayFromNow(-4), result: 'partly_right' });
    await world.ask(leader, 'POST', `${at}/dispatches`, {
      dispatchedOn: dayFromNow(-3),
      type: 'sending',
      recipients: [{ role: 'petitioner' }],
    });
    const obligation = await world.ask(leader, 'POST', `${at}/obligations`, { dueOn: dayFromNow(30), type: 'other' });
    const owed = obligation?.id ?? obligation?.obligations?.at(-1)?.id;
    if (owed) await world.ask(leader, 'POST', `${at}/obligations/${owed}/performances`, { performedOn: today, fulfils: true });
    await world.ask(leader, 'POST', `${at}/appeals`, { filedOn: dayFromNow(-1) });
    await world.ask(leader, 'POST', `${at}/superior-outcomes`, { issuedOn: today, agencyType: 'court', effect: 'upheld' });
    await world.ask(leader, 'POST', `${at}/closure`, { closedOn: today });
    await world.ask(leader, 'GET', `${at}/history`);
  },

  async denunciation(world) {
    const id = await classified(world, 'denunciation');
    if (!id) return;
    const at = `/petitions/${id}`;
    await world.ask(leader, 'POST', `${at}/acceptance`, { acceptedOn: dayFromNow(-9) });
    const protection = await world.ask(clerk, 'POST', `${at}/protection-requests`, { requestedOn: dayFromNow(-8) });
    const asked = protection?.id ?? protection?.items?.at(-1)?.id;
    if (asked) {
      const measures = [{ kind: 'position_and_work', body: 'UBND phường', from: today }];
      await world.ask(leader, 'POST', `${at}/protection-requests/${asked}/decision`, {
        granted: true,
        decidedOn: dayFromNow(-7),
        measures,
      });
      await world.ask(leader, 'POST', `${at}/protection-requests/${asked}/end`, { endedOn: today, ground: 'no_longer_needed' });
    }
    await world.ask(leader, 'POST', `${at}/identity/reveals`, { reason: 'Làm việc với người tố cáo' });
    await world.ask(leader, 'POST', `${at}/legal-holds`, { reason: 'Toà án yêu cầu' }).then(async (hold) => {
      if (hold?.id) await world.ask(leader, 'POST', `${at}/legal-holds/${hold.id}/lifting`, { reason: 'Đã xong' });
    });
    await world.ask(leader, 'POST', `${at}/crime-signs`, { foundOn: dayFromNow(-6), reason: 'Lập khống chứng từ' });
    await world.ask(leader, 'POST', `${at}/crime-transfers`, { sentOn: dayFromNow(-6), wholeMatter: false });
    const members = [{ role: 'official', name: 'Lê Thu Hường' }];
    const verification = await world.ask(leader, 'POST', `${at}/verifications`, {
      assignedOn: dayFromNow(-6),
      dueOn: dayFromNow(10),
      members,
    });
    const made = (verification?.verifications ?? [verification]).at(-1)?.id;
    if (made) await world.ask(leader, 'POST', `${at}/verifications/${made}/report`, { reportedOn: dayFromNow(-3) });
    await world.ask(leader, 'POST', `${at}/conclusions`, { concludedOn: dayFromNow(-2), result: 'wrong' });
    await world.ask(leader, 'POST', `${at}/dispatches`, {
      dispatchedOn: dayFromNow(-1),
      type: 'publication',
      recipients: [{ role: 'public' }],
      method: 'posted',
    });
    await world.ask(leader, 'POST', `${at}/closure`, { closedOn: today });
  },

  async reflection(world) {
    const id = await classified(world, 'reflection');
    if (!id) return;
    await world.ask(leader, 'POST', `/petitions/${id}/acceptance`, { acceptedOn: dayFromNow(-5) });
    await world.ask(leader, 'POST', `/petitions/${id}/answers`, { answeredOn: dayFromNow(-1) });
    await world.ask(leader, 'POST', `/petitions/${id}/closure`, { closedOn: today });
  },

  async outcomes(world) {
    const outcomes: [string, Json][] = [
      ['guidance', { guidedOn: today }],
      ['return', { returnedOn: today, returnedTo: 'Người gửi' }],
      ['filing-away', { filedAwayOn: today, ground: 'other', reason: 'Trùng' }],
      ['refusal', { refusedOn: today, ground: 'no_signature' }],
      ['withdrawal', { withdrawnOn: today }],
    ];
    for (const [step, body] of outcomes) {
      const id = await classified(world, 'complaint');
      if (id) await world.ask(leader, 'POST', `/petitions/${id}/${step}`, body);
    }
    const open = await classified(world, 'complaint');
    if (open) {
      await world.ask(leader, 'POST', `/petitions/${open}/acceptance`, { acceptedOn: dayFromNow(-5) });
      await world.ask(leader, 'POST', `/petitions/${open}/termination`, { terminatedOn: today, ground: 'petitioner_died' });
    }
    const unsigned = await filed(world, 'denunciation', { parties: [], content: 'Công chức thu tiền ngoài quy định.' });
    if (!unsigned) return;
    await world.ask(clerk, 'PUT', `/petitions/${unsigned}/eligibility`, { answers: { checkable_content: true }, checkedOn: today });
    await world.ask(clerk, 'POST', `/petitions/${unsigned}/information-referral`, {
      toUnitId: world.unitOf('city.clerk'),
      referredOn: today,
    });
  },

  async transfers(world) {
    const send = async (): Promise<string | undefined> => {
      const made = await world.asShown('city.clerk', 'POST', '/petitions', aPetition(world, 'denunciation', world.unitOf(clerk)));
      if (!made) return undefined;
      const order = { toUnitId: world.unitOf(clerk), sentOn: dayFromNow(-3), replyBy: dayFromNow(20) };
      const sent = await world.ask('city.clerk', 'POST', `/petitions/${made.id}/transfers`, order);
      await world.ask('city.leader', 'POST', `/petitions/${made.id}/urgings`, { toUnitId: world.unitOf(clerk) });
      return sent?.id ?? sent?.transfers?.at(-1)?.id;
    };
    const taken = await send();
    if (taken) {
      await world.ask(clerk, 'POST', `/transfers/${taken}/receipt`, { receivedOn: dayFromNow(-1) });
      await world.ask(clerk, 'POST', `/transfers/${taken}/reply`, { repliedOn: today });
    }
    const back = await send();
    if (back) await world.ask(clerk, 'POST', `/transfers/${back}/return`, { returnedOn: today });
    await send();
  },

  async proposals(world) {
    const details = { content: 'Hướng dẫn gửi đúng nơi' };
    const id = await classified(world, 'complaint');
    if (!id) return;
    const settings = `/units/${world.unitOf(clerk)}/settings`;
    await world.ask('commune.admin', 'PUT', settings, { triageMode: 'two_step' });
    await world.ask(clerk, 'POST', `/petitions/${id}/proposals`, { outcome: 'guidance', details, proposedOn: dayFromNow(-2) });
    await world.ask(leader, 'POST', `/petitions/${id}/proposals/current/return`, { sentBackOn: dayFromNow(-1) });
    await world.ask(clerk, 'POST', `/petitions/${id}/proposals`, { outcome: 'guidance', details, proposedOn: today });
    await world.ask(leader, 'POST', `/petitions/${id}/proposals/current/approval`, { approvedOn: today });
    await world.ask('commune.admin', 'PUT', settings, { triageMode: 'one_step' });
    const parts = [clerk, 'city.clerk'].map((whose) => ({
      kind: 'complaint',
      summary: `Nội dung về ${whose}`,
      respondent: { type: 'agency', unitId: world.unitOf(whose) },
    }));
    const split = await filed(world, 'complaint');
    if (!split) return;
    await world.ask(clerk, 'PUT', `/petitions/${split}/parts`, { parts, splitOn: dayFromNow(-1) });
    await world.ask(clerk, 'POST', `/petitions/${split}/parts/guidance`, { guidedOn: today });
  },

  async people(world) {
    const one = await world.asShown(clerk, 'POST', '/petitions', aPetition(world, 'complaint', world.unitOf(clerk)));
    const other = await world.asShown(clerk, 'POST', '/petitions', aPetition(world, 'complaint', world.unitOf(clerk)));
    if (!one || !other) return;
    await world.ask(clerk, 'POST', `/petitions/${one.id}/links`, { petitionId: other.id, relation: 'continues' });
    await world.ask(clerk, 'POST', `/petitions/${one.id}/duplicates/${other.id}/confirmation`);
    await world.ask(clerk, 'POST', `/petitions/${other.id}/duplicates/${one.id}/dismissal`);
    const third = await world.asShown(clerk, 'POST', '/petitions', aPetition(world, 'complaint', world.unitOf(clerk)));
    const merged = await world.ask(clerk, 'POST', `/cases/${third?.caseId ?? one.caseId}/merges`, { caseId: other.caseId });
    if (merged?.id) await world.ask(clerk, 'POST', `/cases/merges/${merged.id}/undoing`);
    const [person, double] = [one, other].map(({ parties }: Json) => parties?.[0]?.personId as string | undefined);
    if (person && double && person !== double) {
      const joined = await world.ask(clerk, 'POST', `/persons/${person}/merges`, { personId: double });
      if (joined?.id) await world.ask(clerk, 'POST', `/persons/merges/${joined.id}/undoing`);
    }
    for (const who of [leader, clerk]) {
      await world.ask(who, 'POST', `/petitions/${one.id}/personal-data/readings`);
      if (person) await world.ask(who, 'POST', `/persons/${person}/readings`);
      if (person) await world.ask(who, 'POST', `/persons/${person}/exports`);
    }
    await world.ask(clerk, 'PUT', `/petitions/${one.id}/signatories`);
    await world.ask(leader, 'POST', '/identity/look-ups', { nationalId: canary.nationalId });
    await world.ask(leader, 'GET', '/persons?name=nguyen%20van%20hoa');
  },

  async sessionsOfAccounts(world) {
    const signedIn = await world.ask(null, 'POST', '/auth/token', { username: 'city.analyst', password: world.password });
    const next = signedIn && (await world.ask(null, 'POST', '/auth/refresh', { refreshToken: signedIn.refreshToken }));
    if (next) await world.ask(null, 'POST', '/auth/revocation', { refreshToken: next.refreshToken });
    const service = {
      username: `fuzz.${world.next()}`,
      unitId: world.unitOf('commune.admin'),
      roles: ['analyst'],
      scopes: ['events:read'],
    };
    const made = await world.ask('commune.admin', 'POST', '/accounts/services', service);
    if (!made?.id) return;
    const client = {
      grant_type: 'client_credentials',
      client_id: service.username,
      client_secret: made.clientSecret,
      scope: 'events:read',
    };
    await world.ask(null, 'POST', '/oauth/token', client);
    await world.ask('commune.admin', 'POST', `/accounts/${made.id}/client-secret`);
  },

  async papers(world) {
    const id = await filed(world, 'complaint');
    if (!id) return;
    await world.ask(clerk, 'POST', `/petitions/${id}/attachments`, { file: 0 });
    const fields = { papers: [{ name: 'Đơn', copies: '01' }] };
    const paper = await world.ask(clerk, 'POST', '/documents', { paper: 'receipt', petitionId: id, visitId: undefined, fields });
    if (paper?.id) {
      await world.ask(clerk, 'GET', `/documents/${paper.id}/file`);
      await world.ask(clerk, 'POST', `/documents/${paper.id}/signed-copy`, { file: 0 });
    }
    await world.ask(clerk, 'POST', `/petitions/${id}/signatories/imports`, { file: 2, fields: { format: 'csv' } });
    const job = await world.ask(clerk, 'POST', '/petitions/imports', { file: 1, fields: { dryRun: 'true' } });
    if (job?.id) await world.ask(clerk, 'GET', `/jobs/${job.id}`);
    const account = { username: `fuzz.${world.next()}`, unitId: world.unitOf(leader), roles: ['clerk'] };
    const made = await world.ask('commune.admin', 'POST', '/accounts', account);
    if (made?.id) {
      await world.ask('commune.admin', 'PATCH', `/accounts/${made.id}`, { displayName: 'Thử' });
      await world.ask('commune.admin', 'DELETE', `/accounts/${made.id}/sessions`);
      const assigned = await world.ask(leader, 'POST', `/petitions/${id}/assignments`, { accountId: made.id, assignedOn: today });
      if (assigned?.id) await world.ask(leader, 'POST', `/petitions/${id}/assignments/${assigned.id}/end`);
    }
    const hook = await world.ask('commune.admin', 'POST', '/webhooks', { url: 'http://127.0.0.1:9/', types: ['none'] });
    if (hook?.id) {
      await world.ask('commune.admin', 'PATCH', `/webhooks/${hook.id}`, { active: true });
      await world.ask('commune.admin', 'POST', `/webhooks/${hook.id}/secret`);
      await world.ask('commune.admin', 'POST', `/webhooks/${hook.id}/test`);
      await world.ask('commune.admin', 'POST', `/webhooks/${hook.id}/replays`);
      await world.ask('commune.admin', 'DELETE', `/webhooks/${hook.id}`);
    }
  },
};

/** Files a petition at the commune; its id. */
export async function filed(world: World, kind: string, more: Json = {}): Promise<string | undefined> {
  const made = await world.asShown(clerk, 'POST', '/petitions', { ...aPetition(world, kind, world.unitOf(clerk)), ...more });
  return made?.id as string | undefined;
}

async function classified(world: World, kind: string): Promise<string | undefined> {
  const id = await filed(world, kind);
  if (id) await world.ask(clerk, 'PUT', `/petitions/${id}/classification`, { classifiedOn: dayFromNow(-10) });
  return id;
}

function aPetition(world: World, kind: string, unitId: string): Json {
  const number = world.next();
  const isDenunciation = kind === 'denunciation';
  const who = isDenunciation ? { ...canary, birthYear: 1966 } : { name: `Nguyễn Văn Hoà ${number}`, birthYear: 1970 };
  return {
    kind,
    subject: kind === 'complaint' ? 'administrative' : undefined,
    channel: 'post',
    receivedOn: dayFromNow(-12),
    writtenOn: dayFromNow(-13),
    summary: `Nội dung thứ ${number}`,
    content: isDenunciation ? `Tôi là ${canary.name}, tố cáo công chức thu tiền lần ${number}.` : `Nội dung chi tiết thứ ${number}.`,
    fieldCode: 'land_housing',
    matterUnitId: unitId,
    respondent:
      kind === 'complaint' ? { type: 'agency', unitId } : isDenunciation ? { type: 'official', unitId, position: 'official' } : undefined,
    parties: [{ role: 'petitioner', type: 'person', ...who }],
    relatedTo: undefined,
  };
}
