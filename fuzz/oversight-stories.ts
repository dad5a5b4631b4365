import type { Json } from '../test/support/client.js';
import { filed, type World } from './stories.ts';
import { dayFromNow } from './values.ts';

const today = dayFromNow(0);
const clerk = 'commune.clerk';
const leader = 'commune.leader';
const inspector = 'city.inspector';

/** What is done over petitions: regulations, backlog, matters of superiors, urging, inspections, reports. */
export const oversightStories: Record<string, (world: World) => Promise<void>> = {
  async regulations(world) {
    const number = `${world.next()}/QĐ-UBND`;
    const version = { number, issuedOn: '2025-07-10', inForceFrom: '2025-07-15' };
    const regulation = await world.ask(clerk, 'POST', '/regulations', { ...version, type: 'other', title: `Quy định ${number}` });
    if (regulation?.id) {
      const at = `/regulations/${regulation.id}`;
      await world.ask(clerk, 'PUT', `${at}/versions/last`, version);
      await world.ask(clerk, 'POST', `${at}/versions/1/file`, { file: 0 });
      await world.ask(clerk, 'POST', `${at}/versions`, {
        number: `${number}/2`,
        issuedOn: '2026-07-10',
        inForceFrom: '2026-07-15',
        action: 'amended',
      });
      await world.ask(clerk, 'POST', `${at}/reviews`, { reviewedOn: today, outcome: 'keep' });
      await world.ask(clerk, 'POST', `${at}/repeal`, { repealedOn: today, replacedById: undefined });
    }
    const order = { startsOn: dayFromNow(-10), dueOn: dayFromNow(60), types: ['house_rules'], unitIds: [world.unitOf(clerk)] };
    const campaign = await world.ask('city.leader', 'POST', '/regulation-campaigns', order);
    if (!campaign?.id) return;
    const { items = [] } = (await world.ask(clerk, 'GET', `/regulation-campaigns/${campaign.id}/items`)) ?? {};
    for (const outcome of ['not_needed', 'keep'])
      if (items[0]) await world.ask(clerk, 'POST', `/regulation-campaign-items/${items[0].id}/reviews`, { outcome, reviewedOn: today });
    await world.ask('city.leader', 'POST', `/regulation-campaigns/${campaign.id}/end`, { state: 'closed' });
    const instrument = { number: `${world.next()}/2026/NĐ-CP` };
    const law = await world.ask('city.admin', 'POST', '/legal-instruments', instrument);
    if (!law?.id) return;
    await world.ask('city.admin', 'PUT', `/legal-instruments/${law.id}`, instrument);
    await world.ask('city.admin', 'POST', `/legal-instruments/${law.id}/changes`, { kind: 'amended', effectiveOn: dayFromNow(40) });
  },

  async backlog(world) {
    const id = await filed(world, 'complaint', { receivedOn: '2026-03-02', writtenOn: '2026-03-01' });
    if (!id) return;
    await world.ask(clerk, 'PUT', `/petitions/${id}/classification`, { classifiedOn: '2026-03-04' });
    await world.ask(leader, 'POST', `/petitions/${id}/acceptance`, { acceptedOn: '2026-03-05' });
    const steps = [{ action: 'Đo đạc lại', responsible: 'Địa chính', dueOn: dayFromNow(30) }];
    const plan = await world.ask(clerk, 'PUT', `/petitions/${id}/backlog-plan`, { cause: 'evidence', steps });
    const stepId = plan?.steps?.[0]?.id;
    if (stepId) await world.ask(clerk, 'POST', `/petitions/${id}/backlog-plan/steps/${stepId}/completion`, { doneOn: today });
    await world.ask(leader, 'POST', `/petitions/${id}/backlog-plan/commitments`, { settleBy: dayFromNow(40) });
    await world.ask(leader, 'POST', '/backlog/reviews', { heldOn: today, items: [] });
    const long = await world.ask(clerk, 'POST', `/petitions/${id}/long-case`, { markedOn: today, grounds: ['years'] });
    if (long?.id) {
      await world.ask(clerk, 'PUT', `/long-cases/${long.id}`, { grounds: ['years'] });
      await world.ask(clerk, 'POST', `/long-cases/${long.id}/end`, { endedOn: today });
    }
    const letter = { petitionIds: [id], toUnitIds: undefined, answerBy: dayFromNow(10) };
    const urged = await world.ask('city.reception_board', 'POST', '/urging-letters', letter);
    const one = urged?.items?.[0];
    if (one?.urgings?.[0]) await world.ask(leader, 'POST', `/urgings/${one.urgings[0].id}/answer`, { answeredOn: today });
    const again = await world.ask('city.reception_board', 'POST', '/urging-letters', letter);
    if (again?.items?.[0]) await world.ask(leader, 'POST', `/urging-letters/${again.items[0].id}/answer`, { answeredOn: today });
  },

  async matters(world) {
    const matter = (): Json => ({
      agencyType: 'court',
      reference: `${world.next()}/2026/TLST`,
      filedOn: '2026-06-10',
      stage: 'sent',
      newsOn: '2026-06-10',
      kind: 'complaint',
    });
    const made = await world.ask(clerk, 'POST', '/superior-matters', matter());
    await world.ask(clerk, 'POST', '/superior-matters/batches', { items: [{ matter: 'Khởi kiện', agency: 'Toà án', ...matter() }] });
    if (made?.id) {
      await world.ask(clerk, 'POST', `/superior-matters/${made.id}/news`, { stage: 'accepted', newsOn: today });
      const petitionId = await filed(world, 'complaint');
      await world.ask(clerk, 'PUT', `/superior-matters/${made.id}/petition`, { petitionId });
      await world.ask(clerk, 'POST', `/superior-matters/${made.id}/document`, { file: 0 });
      const talk = { onDate: today, way: 'meeting', superiorMatterId: made.id, petitionId: undefined, incidentId: undefined };
      await world.ask(clerk, 'POST', '/citizen-contacts', talk);
    }
    const request = await world.ask(clerk, 'POST', '/unit-requests');
    if (request?.id) await world.ask(clerk, 'POST', `/unit-requests/${request.id}/entries`);
    const article = await world.ask(inspector, 'POST', '/guidance', { publishedOn: today, roles: undefined });
    if (article?.id) {
      await world.ask(inspector, 'PUT', `/guidance/${article.id}`, { publishedOn: today });
      await world.ask(inspector, 'POST', `/guidance/${article.id}/withdrawal`);
    }
  },

  async inspections(world) {
    const members = [{ role: 'head', name: 'Hoàng Minh Tuấn', office: 'Thanh tra' }];
    const order = (type: string): Json => ({
      inspectedUnitId: world.unitOf(clerk),
      type,
      decisionNumber: `${world.next()}/QĐ-TTTP`,
      decidedOn: dayFromNow(-20),
      periodFrom: '2026-01-01',
      periodTo: dayFromNow(-20),
      startsOn: dayFromNow(-20),
      endsOn: dayFromNow(30),
      members,
      planItemId: undefined,
      drawId: undefined,
      ...(type === 'responsibility' && { inspectedHead: 'Trần Văn Đức, Chủ tịch' }),
    });
    await world.ask(inspector, 'POST', '/inspection-plans', {
      year: 2027,
      items: [{ unitId: world.unitOf(clerk), fromOn: '2027-03-08', toOn: '2027-03-12' }],
    });
    await world.ask(inspector, 'POST', '/inspection-draws', { count: 1 });
    const off = await world.ask(inspector, 'POST', '/inspections', order('surprise'));
    if (off?.id) await world.ask(inspector, 'POST', `/inspections/${off.id}/cancellation`);
    const made = await world.ask(inspector, 'POST', '/inspections', order('surprise'));
    if (made?.id) {
      const at = `/inspections/${made.id}`;
      await world.ask(inspector, 'POST', `${at}/start`, { startedOn: dayFromNow(-20) });
      const { checklist = [] } = (await world.ask(inspector, 'GET', at)) ?? {};
      const codes = (checklist as Json[]).map(({ code }) => code as string).filter(Boolean);
      await world.ask(inspector, 'POST', `${at}/answers`, {
        items: (codes.length > 0 ? codes : ['B1']).map((code) => ({ code, result: 'met' })),
      });
      await world.ask(inspector, 'POST', `${at}/photos`, { file: 9, fields: { code: codes[0] ?? 'B1', clientKey: `k${world.next()}` } });
      const found = {
        items: [1, 2, 3].map(() => ({
          description: 'Nội quy cũ',
          severity: 'minor',
          recommendation: 'Ban hành lại',
          dueOn: dayFromNow(30),
        })),
      };
      const { items: findings = [] } = (await world.ask(inspector, 'POST', `${at}/findings`, found)) ?? {};
      const [one, other, third] = findings as Json[];
      if (one) await world.ask(inspector, 'PUT', `/inspection-findings/${one.id}`, { severity: 'minor', dueOn: dayFromNow(40) });
      if (other) await world.ask(inspector, 'POST', `/inspection-findings/${other.id}/withdrawal`);
      await world.ask(inspector, 'POST', `${at}/conclusion`, { concludedOn: today });
      for (const [finding, verdict, more] of [
        [one, 'acceptance', {}],
        [third, 'return', { dueOn: dayFromNow(40) }],
      ] as [Json, string, Json][])
        if (finding) {
          await world.ask(leader, 'POST', `/inspection-findings/${finding.id}/evidence`, { file: 0 });
          await world.ask(leader, 'POST', `/inspection-findings/${finding.id}/answers`, { doneOn: today });
          await world.ask(inspector, 'POST', `/inspection-findings/${finding.id}/${verdict}`, more);
        }
    }
    const responsibility = await world.ask(inspector, 'POST', '/inspections', order('responsibility'));
    if (!responsibility?.id) return;
    await world.ask(inspector, 'POST', `/inspections/${responsibility.id}/start`, { startedOn: dayFromNow(-20) });
    await world.ask(inspector, 'POST', `/inspections/${responsibility.id}/sample`, { size: 3 });
    const { items: sheets = [] } = (await world.ask(inspector, 'GET', `/inspections/${responsibility.id}/reviews`)) ?? {};
    await world.ask(inspector, 'GET', `/inspections/${responsibility.id}/sample`);
    await world.ask(inspector, 'GET', `/inspections/${responsibility.id}/error-rates`);
    const [sheet] = sheets as Json[];
    if (sheet) await world.ask(inspector, 'GET', `/inspection-reviews/${sheet.id}`);
    const questions = ((sheet?.answers ?? sheet?.questions ?? []) as Json[]).map(({ code }) => ({ code, result: 'right' }));
    if (sheet) await world.ask(inspector, 'PUT', `/inspection-reviews/${sheet.id}`, questions.length > 0 ? { answers: questions } : {});
  },

  async reports(world) {
    const stretch = (): Json => ({
      unitId: undefined,
      period: undefined,
      from: '2022-01-01',
      to: new Date(Date.UTC(2022, 0, 1 + (world.next() % 700))).toISOString().slice(0, 10),
    });
    const narrative = { situation: 'Tình hình ổn định' };
    const draft = async (): Promise<string | undefined> =>
      (await world.ask(clerk, 'POST', '/reports/submissions', { ...stretch(), narrative }))?.id as string | undefined;
    const signer = { signerTitle: 'Chủ tịch', signerName: 'Nguyễn Thị Lan' };
    for (const verdict of ['acceptance', 'return']) {
      const id = await draft();
      if (!id) continue;
      const at = `/reports/submissions/${id}`;
      await world.ask(clerk, 'PUT', `${at}/narrative`, narrative);
      await world.ask(leader, 'POST', `${at}/submission`, signer);
      await world.ask('city.leader', 'POST', `${at}/${verdict}`, verdict === 'return' ? { reason: 'Sai cột 3' } : {});
      await world.ask(clerk, 'POST', `${at}/revisions`);
      await world.ask(clerk, 'POST', `${at}/document`);
      await world.ask(clerk, 'GET', `${at}/file?format=xlsx`);
    }
    await world.ask('city.leader', 'POST', '/reports/submissions/urgings', { period: '2025-Y', unitIds: [world.unitOf(clerk)] });
    const workbook = await world.ask(clerk, 'POST', '/reports/workbooks', { period: '2026-Q3', format: 'xlsx', unitId: undefined });
    for (let looks = 0; workbook?.id && looks < 3; looks++) await world.ask(clerk, 'GET', `/reports/workbooks/${workbook.id}/file`);
    await world.ask('city.admin', 'POST', '/reports/form-sets', { circular: '99/2099/TT-THU', provisional: undefined });
    await world.ask('city.admin', 'POST', '/reports/form-sets/restoration', { circular: '99/2099/TT-THU', revision: 1 });
    const opening = { formCode: '01-XLD', from: '2024-12-15', to: '2025-03-14', figures: {} };
    await world.ask(clerk, 'PUT', `/reports/opening-figures/${world.unitOf(clerk)}`, opening);
    await world.ask(clerk, 'GET', `/reports/opening-figures/${world.unitOf(clerk)}`);
    await world.ask('city.leader', 'POST', '/overview/summaries', { unitId: undefined, from: undefined, to: undefined });
    await world.ask('city.leader', 'POST', '/rollout/plans', { levels: ['commune'], unitIds: undefined });
  },
};
