import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { demoPassword, type Json } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, file, unitId } from './support/stories.js';

/** A Chromium of the machine; where there is none, only what the server sends is looked at. */
const browserPath = spawnSync('which', ['chromium']).stdout.toString().trim();

let server: TestServer;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  const clerk = await server.as('commune.clerk');
  baDinh = await unitId(clerk, '00004');
  for (const receivedOn of ['2026-04-02', '2026-05-06'])
    await file(clerk, aComplaintAbout(baDinh, { receivedOn, writtenOn: '2026-04-01' }));
  await file(clerk, aDenunciationOf(baDinh, 'official', { receivedOn: '2026-05-07', writtenOn: '2026-05-01' }));
});
afterAll(() => server.stop());

describe('the report page', () => {
  it('comes from here alone and runs nothing else', async () => {
    const page = await (await server.as()).fetch('/reports/view');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = page.headers.get('content-security-policy')!;
    for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\/|<script>|onclick/);
    for (const [, address] of html.matchAll(/(?:src|href)="(view\/[^"]+)"/g)) {
      const part = await (await server.as()).fetch(new URL(address!, `${server.url}/reports/view`).pathname);
      expect([address, part.status]).toEqual([address, 200]);
      expect(part.headers.get('content-type')).toMatch(/^text\/(?:css|javascript); charset=utf-8$/);
    }
  });

  it('offers the periods that a circular governs', async () => {
    const analyst = await server.as('city.analyst');
    const { items } = await must(200, analyst.get('/reports/periods?year=2025'));
    expect(items.map(({ code, circular }: Json) => `${code} ${circular}`)).toEqual([
      ...['Q1', 'Q2', 'Q3'].map((kind) => `2025-${kind} 01/2024/TT-TTCP`),
      '2025-Q4 06/2025/TT-TTCP',
      ...['M6', 'M9'].map((kind) => `2025-${kind} 01/2024/TT-TTCP`),
      '2025-Y 06/2025/TT-TTCP',
      '2025-NA 01/2024/TT-TTCP',
    ]);
    expect((await must(200, analyst.get('/reports/periods?year=2019'))).items[0]).toMatchObject({ from: '2018-12-15', circular: null });
    expect((await analyst.get('/reports/periods?year=1900')).status).toBe(422);
  });
});

(browserPath ? describe : describe.skip)('the report page in Chromium', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: browserPath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(`${server.url}/reports/view`);
  });
  afterAll(() => browser?.close());

  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  const see = async (): Promise<void> => {
    await page.click('#question button:has-text("Xem")');
    await page.locator('#total').waitFor();
    await page.locator('.chart').nth(8).locator('img, .failed').waitFor();
  };

  it('says what is wrong with a sign-in, in words of the API', async () => {
    await page.fill('[name=username]', 'city.inspector');
    await page.fill('[name=password]', 'wrong');
    await page.click('#sign-in button');
    await page.locator('#message:not(:empty)').waitFor();
    expect(await text('#message')).toContain('mật khẩu không đúng');
    expect(complaints.splice(0)).toEqual([expect.stringContaining('401')]);
  });

  it('shows the form as the API fills it in, and charts with their figures', async () => {
    await page.fill('[name=password]', demoPassword);
    await page.click('#sign-in button');
    await page.locator('#total').waitFor();
    await page.fill('[name=year]', '2026');
    await page.selectOption('[name=period]', '2026-Q2');
    await page.selectOption('[name=form]', '02-XLD');
    await see();
    const inspector = await server.as('city.inspector');
    const report = await must(200, inspector.get('/reports/forms/02-XLD/figures?period=2026-Q2'));
    const { columns } = await must(200, inspector.get('/reports/forms/02-XLD?closingOn=2026-06-14'));
    const leaves = (nodes: Json[]): Json[] => nodes.flatMap((node) => (node.columns ? leaves(node.columns) : [node]));
    const numbers = leaves(columns).map(({ number }: Json) => number);
    expect(await page.locator('#total td').allInnerTexts()).toEqual(numbers.map((number) => String(report.total[number])));
    expect(await page.locator('#form tbody tr').count()).toBe(report.rows.length);
    expect(await page.locator('#form thead .numbers th').count()).toBe(numbers.length + 1);
    expect(await text('#figures')).toContain('06/2025/TT-TTCP');

    expect(await page.locator('figure img').count()).toBe(9);
    const [alt] = await page.locator('figure img').evaluateAll((pictures) => pictures.map((picture) => picture.getAttribute('alt')));
    expect(alt).toContain('Số đơn theo tháng và loại đơn');
    const drawn = await page
      .locator('figure img')
      .evaluateAll((pictures) => pictures.map((picture) => (picture as unknown as { naturalWidth: number }).naturalWidth));
    expect(drawn).toEqual(drawn.map(() => 1_000));
    await page.locator('figure details').first().locator('summary').click();
    expect(await page.locator('figure details').first().locator('tbody').innerText()).toContain('Khiếu nại');
  });

  it('opens a figure into its list, with nothing secret in it', async () => {
    await page.locator('#total button').first().click();
    await page.locator('dialog[open] tbody tr').first().waitFor();
    expect(await text('#behind-title')).toBe('Biểu 02/XLD, cột 1: 3 – Thành phố Hà Nội, Quý II năm 2026');
    expect(await page.locator('#behind-list tbody tr').count()).toBe(3);
    expect(await text('#behind-list')).toContain('(bí mật)');
    await page.click('#behind-close');
  });

  it('finds a unit by its name without diacritics, and its files', async () => {
    await page.fill('[name=unit]', 'ba dinh');
    await page.locator('#units option').first().waitFor({ state: 'attached' });
    await page.fill('[name=unit]', 'Phường Ba Đình (00004)');
    await see();
    expect(await text('#figures')).toContain('Phường Ba Đình · Quý II năm 2026');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-format=csv]')]);
    expect(download.suggestedFilename()).toMatch(/02-XLD.*\.csv$/);
    await page.fill('[name=unit]', 'Phường không có');
    await page.click('#question button:has-text("Xem")');
    await page.locator('#message:not(:empty)').waitFor();
    expect(await text('#message')).toContain('danh sách gợi ý');
  });

  it('exchanges its tokens once for everything that it asks side by side, and goes on', async () => {
    await page.fill('[name=unit]', '');
    const ranOut = new Set<string | undefined>();
    let exchanges = 0;
    let refusals = 0;
    // To the page this is what it sees when its access token has run out.
    await page.route('**/api/v1/**', async (route) => {
      const { authorization } = route.request().headers();
      if (route.request().url().endsWith('/auth/refresh')) {
        exchanges++;
        return route.continue();
      }
      if (exchanges === 0) ranOut.add(authorization);
      if (!ranOut.has(authorization)) return route.continue();
      refusals++;
      return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"title":"Chưa đăng nhập"}' });
    });
    await see();
    await page.unroute('**/api/v1/**');
    expect(exchanges).toBe(1);
    expect(refusals).toBeGreaterThan(1);
    expect(await page.locator('#sign-in').isVisible()).toBe(false);
    expect(await page.locator('figure .failed').count()).toBe(0);
    expect(complaints.splice(0).every((complaint) => complaint.includes('401'))).toBe(true);
  });

  it('keeps nothing after leaving, and needs no style or script that its policy forbids', async () => {
    await page.click('#sign-out');
    expect(await page.locator('figure, #form').count()).toBe(0);
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, '']);
    expect(complaints).toEqual([]);
  });
});
