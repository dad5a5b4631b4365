// The report page: asks the API what anybody may ask with the same token, and shows the answers as tables and pictures. It keeps the token in
// memory alone, so that closing the page signs out.

/** @import { CellPage, ColumnNode, Durations, Flows, Forecast, FormReport, FormSets, Me, Periods, Pivot, Problem, Tokens } from './answers.ts' */

const api = new URL('../api/v1', location.href).pathname;
const figuresAPage = 50;

/** What the API refuses, in its own words. */
class Refused extends Error {
  /** @param {number} status @param {Problem} problem */
  constructor(status, { title, detail, errors }) {
    super([detail ?? title, ...(errors ?? []).map((field) => field.detail)].join(' '));
    this.status = status;
  }
}

/** @typedef {{ access: string, refresh: string | null }} Held */

/** @type {Held | null} */
let tokens = null;
/** Ends what is still being asked when somebody asks something else. */
let asking = new AbortController();
/** @type {string[]} */
let pictures = [];

// --- asking the API ---

/** @param {string} path @param {RequestInit} [options] @returns {Promise<Response>} @throws {Refused} */
async function ask(path, options = {}) {
  const asked = tokens;
  const send = () =>
    fetch(api + path, {
      ...options,
      headers: { 'accept-language': 'vi', ...(tokens && { authorization: `Bearer ${tokens.access}` }), ...options.headers },
    });
  let answer = await send();
  if (answer.status === 401 && asked && (await renewed(asked))) answer = await send();
  if (answer.ok) return answer;
  const problem = /** @type {Problem} */ (await answer.json().catch(() => ({ title: `Máy chủ trả lời ${answer.status}` })));
  if (answer.status === 401 && tokens) signOut('Phiên làm việc đã hết; hãy đăng nhập lại.');
  throw new Refused(answer.status, problem);
}

/** @template Answer @param {string} path @returns {Promise<Answer>} */
async function read(path) {
  return /** @type {Promise<Answer>} */ ((await ask(path, { signal: asking.signal })).json());
}

/** @param {string} path @param {object} body @returns {Promise<Response>} */
function post(path, body) {
  return fetch(api + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'vi' },
    body: JSON.stringify(body),
  });
}

/** The one exchange that is running: everything that was asked with the same token waits for it. @type {Promise<boolean> | null} */
let renewing = null;

/** Whether there are other tokens than those that were refused. @param {Held} refused @returns {Promise<boolean>} */
async function renewed(refused) {
  if (tokens !== refused) return tokens !== null;
  const { refresh } = refused;
  if (!refresh) return false;
  renewing ??= exchange(refresh).finally(() => (renewing = null));
  return renewing;
}

/** @param {string} refreshToken @returns {Promise<boolean>} */
async function exchange(refreshToken) {
  const answer = await post('/auth/refresh', { refreshToken });
  // Whoever signed out meanwhile stays signed out.
  if (!answer.ok || tokens?.refresh !== refreshToken) return false;
  const { accessToken, refreshToken: next } = /** @type {Tokens} */ (await answer.json());
  tokens = { access: accessToken, refresh: next };
  return true;
}

/** @param {Record<string, string | number | boolean | undefined>} values */
function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

// --- building the page; texts are set as texts, so nothing that was entered somewhere can become markup ---

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Partial<HTMLElementTagNameMap[Name]> & { scope?: string }} properties @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** @template {HTMLElement} Kind @param {string} id @param {new () => Kind} kind @returns {Kind} */
function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}`);
  return found;
}

/** @param {number | null} value */
function written(value) {
  return value === null ? '–' : value.toLocaleString('vi-VN', { maximumFractionDigits: 3 });
}

/** @param {string} day */
function dayWritten(day) {
  return day.split('-').reverse().join('/');
}

/** @param {string[]} headings @param {(string | number | null)[][]} rows */
function table(headings, rows) {
  const cell = (/** @type {string | number | null} */ value) =>
    element('td', typeof value === 'string' ? { className: 'text' } : {}, typeof value === 'string' ? value : written(value));
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...headings.map((heading) => element('th', { scope: 'col' }, heading)))),
    element(
      'tbody',
      {},
      ...rows.map(([first = '', ...rest]) => element('tr', {}, element('th', { scope: 'row' }, String(first ?? '')), ...rest.map(cell))),
    ),
  );
}

/** @param {string} text */
function say(text) {
  byId('message', HTMLParagraphElement).textContent = text;
}

/** @param {unknown} error */
function sayWhatWentWrong(error) {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  say(error instanceof Error ? error.message : String(error));
}

// --- signing in ---

const signInForm = byId('sign-in', HTMLFormElement);
const questionForm = byId('question', HTMLFormElement);

/** @param {HTMLFormElement} form @param {string} name */
function field(form, name) {
  return /** @type {HTMLInputElement & HTMLSelectElement} */ (form.elements.namedItem(name));
}

async function signIn() {
  say('');
  const token = field(signInForm, 'token').value.trim();
  if (token) tokens = { access: token, refresh: null };
  else {
    const answer = await post('/auth/token', {
      username: field(signInForm, 'username').value,
      password: field(signInForm, 'password').value,
      code: field(signInForm, 'code').value || null,
    });
    if (!answer.ok) throw new Refused(answer.status, /** @type {Problem} */ (await answer.json()));
    const { accessToken, refreshToken } = /** @type {Tokens} */ (await answer.json());
    tokens = { access: accessToken, refresh: refreshToken };
  }
  const me = /** @type {Me} */ (await read('/auth/me'));
  signInForm.reset();
  signInForm.hidden = true;
  byId('who-name', HTMLSpanElement).textContent = `${me.displayName}, ${me.unit.name}`;
  byId('who', HTMLParagraphElement).hidden = false;
  byId('report', HTMLDivElement).hidden = false;
  field(questionForm, 'year').value = String(new Date().getFullYear());
  await offerPeriods();
  await show();
}

/** @param {string} reason */
function signOut(reason) {
  const ended = tokens?.refresh;
  tokens = null;
  if (ended) void post('/auth/revocation', { refreshToken: ended });
  asking.abort();
  byId('report', HTMLDivElement).hidden = true;
  byId('who', HTMLParagraphElement).hidden = true;
  byId('behind', HTMLDialogElement).close();
  clear();
  signInForm.hidden = false;
  say(reason);
}

function clear() {
  byId('figures', HTMLElement).replaceChildren();
  byId('charts', HTMLElement).replaceChildren();
  for (const picture of pictures) URL.revokeObjectURL(picture);
  pictures = [];
}

// --- the question ---

async function offerPeriods() {
  const year = field(questionForm, 'year').value;
  const { items } = /** @type {Periods} */ (await read(`/reports/periods?${query({ year })}`));
  const select = field(questionForm, 'period');
  const kind = select.value.slice(5);
  const now = new Date().toISOString().slice(0, 10);
  select.replaceChildren(
    ...items
      .filter(({ circular }) => circular)
      .map(({ code, label, from, to }) => element('option', { value: code }, `${label.vi} (${dayWritten(from)}–${dayWritten(to)})`)),
  );
  const same = items.find(({ code, circular }) => circular && code.slice(5) === kind);
  const current = items.find(({ from, to, circular }) => circular && from <= now && now <= to);
  const chosen = same ?? current ?? items.find(({ circular }) => circular);
  if (chosen) select.value = chosen.code;
  await offerForms(items.find(({ code }) => code === select.value)?.to);
}

/** @param {string | undefined} closingOn */
async function offerForms(closingOn) {
  const { items } = /** @type {FormSets} */ (await read(`/reports/forms?${query({ closingOn })}`));
  const select = field(questionForm, 'form');
  const before = select.value;
  const forms = items.find(({ governs }) => governs)?.forms ?? [];
  select.replaceChildren(...forms.map(({ code, name, title }) => element('option', { value: code }, `${name} – ${title.vi}`)));
  select.value = forms.some(({ code }) => code === before) ? before : (forms[0]?.code ?? '');
}

/** Units by what is written on them in the list. @type {Map<string, string>} */
const unitIds = new Map();

async function offerUnits() {
  const q = field(questionForm, 'unit').value.trim();
  if (q.length < 2 || unitIds.has(q)) return;
  const { items } = /** @type {{ items: { id: string, code: string, name: string }[] }} */ (
    await read(`/units?${query({ q, limit: 20, asOf: new Date().toISOString().slice(0, 10) })}`)
  );
  for (const { id, code, name } of items) unitIds.set(`${name} (${code})`, id);
  byId('units', HTMLDataListElement).replaceChildren(...items.map(({ code, name }) => element('option', { value: `${name} (${code})` })));
}

function asked() {
  const unit = field(questionForm, 'unit').value.trim();
  const unitId = unitIds.get(unit);
  if (unit && !unitId) throw new Error('Hãy chọn đơn vị trong danh sách gợi ý.');
  return { unitId, includeSubordinates: field(questionForm, 'subordinates').checked, period: field(questionForm, 'period').value };
}

async function show() {
  asking.abort();
  asking = new AbortController();
  say('');
  clear();
  const question = asked();
  const code = field(questionForm, 'form').value;
  if (!code) return say('Không có biểu mẫu cho kỳ này.');
  await Promise.all([showFigures(code, question), ...chartsOf(question).map(showChart)]);
}

// --- the form ---

/** @param {string} code @param {ReturnType<typeof asked>} question */
async function showFigures(code, question) {
  const place = byId('figures', HTMLElement);
  place.replaceChildren(element('p', {}, 'Đang tính…'));
  const report = /** @type {FormReport} */ (await read(`/reports/forms/${code}/figures?${query(question)}`));
  const { columns } = /** @type {{ columns: ColumnNode[] }} */ (
    await read(`/reports/forms/${code}?${query({ version: report.form.set.circular })}`)
  );
  const numbers = leavesOf(columns).map(({ number }) => number);
  const cells = (/** @type {Record<number, number>} */ figures, /** @type {object | null} */ of) =>
    numbers.map((number) => {
      const figure = figures[number] ?? 0;
      if (!of || figure === 0) return element('td', {}, written(figure));
      const open = element('button', { type: 'button', title: `Cột ${number}` }, written(figure));
      open.addEventListener('click', () => void openCell(code, number, { ...question, ...of }).catch(sayWhatWentWrong));
      return element('td', {}, open);
    });
  const { form, period, unit, asOf, rows, subtotals, total, checks } = report;
  const failed = [
    ...checks.filter(({ holds }) => !holds).map((check) => ({ ...check, of: 'Tổng số' })),
    ...rows.flatMap((row) => row.failed.map((check) => ({ ...check, of: row.unit.name }))),
  ];
  place.replaceChildren(
    element('h2', {}, `Biểu ${form.name} – ${form.title.vi}`),
    element(
      'p',
      { className: 'note' },
      `${unit.name} · ${period.label.vi} (${dayWritten(period.from)}–${dayWritten(period.to)}) · ${form.set.circular} · số liệu tại ${new Date(asOf).toLocaleString('vi-VN')}`,
    ),
    ...(form.set.provisional ? [element('p', { className: 'note' }, form.set.provisional.vi)] : []),
    element(
      'div',
      { className: 'scroll' },
      element(
        'table',
        { id: 'form' },
        element('caption', { hidden: true }, form.title.vi),
        element('thead', {}, ...headingRows(columns)),
        element(
          'tbody',
          {},
          ...rows.map((row) =>
            element(
              'tr',
              {},
              element('th', { scope: 'row' }, `${row.unit.name}${row.reporting ? '' : ' (đã kết thúc)'}`),
              ...cells(row.figures, { unitId: row.unit.id, includeSubordinates: false }),
            ),
          ),
        ),
        element(
          'tfoot',
          {},
          ...subtotals.map(({ level, units, figures }) =>
            element('tr', {}, element('th', { scope: 'row' }, `${levelNames[level] ?? level} (${units} đơn vị)`), ...cells(figures, null)),
          ),
          element('tr', { id: 'total' }, element('th', { scope: 'row' }, 'Tổng số'), ...cells(total, {})),
        ),
      ),
    ),
    ...failed.map(({ of, formula, left, right }) =>
      element('p', { className: 'failed' }, `${of}: không thoả ${formula} (${written(left)} và ${written(right)})`),
    ),
  );
}

/** @type {Record<string, string>} */
const levelNames = { central: 'Trung ương', province: 'Cấp tỉnh', district: 'Cấp huyện', commune: 'Cấp xã' };

/** @param {ColumnNode[]} nodes @returns {(ColumnNode & { number: number })[]} */
function leavesOf(nodes) {
  return nodes.flatMap((node) => (node.columns ? leavesOf(node.columns) : [/** @type {ColumnNode & { number: number }} */ (node)]));
}

/** @param {ColumnNode[]} nodes @returns {number} */
function depthOf(nodes) {
  return 1 + Math.max(0, ...nodes.map(({ columns }) => (columns ? depthOf(columns) : 0)));
}

/** Merged headings as in the circular, then the row of column numbers. @param {ColumnNode[]} columns */
function headingRows(columns) {
  const depth = depthOf(columns);
  const rows = Array.from({ length: depth }, () => element('tr'));
  const place = (/** @type {ColumnNode[]} */ nodes, /** @type {number} */ level) => {
    for (const node of nodes) {
      const heading = element('th', { scope: node.columns ? 'colgroup' : 'col', title: node.explained?.vi ?? '' }, node.label.vi);
      if (node.columns) heading.colSpan = leavesOf(node.columns).length;
      else heading.rowSpan = depth - level;
      rows[level]?.append(heading);
      if (node.columns) place(node.columns, level + 1);
    }
  };
  rows[0]?.append(element('th', { rowSpan: depth, scope: 'col' }, 'Đơn vị'));
  place(columns, 0);
  const leaves = leavesOf(columns);
  rows.push(
    element(
      'tr',
      { className: 'numbers' },
      element('th', {}, 'MS'),
      ...leaves.map(({ number, formula }) => element('th', {}, formula ?? String(number))),
    ),
  );
  return rows;
}

// --- what stands behind a figure ---

/** @type {string | null} */
let nextCell = null;

/** @param {string} code @param {number} column @param {ReturnType<typeof asked>} question */
async function openCell(code, column, question) {
  const path = `/reports/forms/${code}/cells/${column}?${query({ ...question, limit: figuresAPage })}`;
  const cell = /** @type {CellPage} */ (await read(path));
  byId('behind-title', HTMLHeadingElement).textContent =
    `Biểu ${cell.form.name}, cột ${column}: ${written(cell.figure)} – ${cell.unit.name}, ${cell.period.label.vi}`;
  byId('behind-explained', HTMLParagraphElement).textContent =
    `${cell.column.explained?.vi ?? ''}${cell.declared ? ` · khai báo trước khi dùng phần mềm: ${written(cell.declared)}` : ''}`;
  byId('behind-list', HTMLDivElement).replaceChildren();
  addItems(cell, path);
  byId('behind', HTMLDialogElement).showModal();
}

/** @param {CellPage} cell @param {string} path */
function addItems({ items, nextCursor }, path) {
  const rows = items.map(({ subject, unit, day, amount, because }) => [
    subject.number ?? '–',
    unit.name,
    dayWritten(day),
    subject.masked ? '(bí mật)' : (subject.summary ?? ''),
    because.map(({ vi }) => vi).join('; '),
    amount,
  ]);
  byId('behind-list', HTMLDivElement).append(table(['Số', 'Đơn vị', 'Ngày', 'Nội dung', 'Vì sao được tính', 'Số lượng'], rows));
  nextCell = nextCursor ? `${path}&${query({ cursor: nextCursor })}` : null;
  byId('behind-more', HTMLButtonElement).hidden = !nextCell;
}

async function showMore() {
  if (!nextCell) return;
  const path = nextCell;
  addItems(/** @type {CellPage} */ (await read(path)), path.replace(/&cursor=[^&]*$/, ''));
}

// --- charts, each with the figures that it is made of ---

/**
 * @typedef {{ chart: string, data: string, rows: (answer: never) => [string[], (string | number | null)[][]] }} Chart
 * @param {ReturnType<typeof asked>} question @returns {Chart[]}
 */
function chartsOf(question) {
  const pivot = (/** @type {object} */ values) => ({
    chart: `/reports/pivot/chart?${query({ ...question, ...values })}`,
    data: `/reports/pivot?${query({ ...question, ...values })}`,
    rows: pivotRows,
  });
  const scope = { unitId: question.unitId, includeSubordinates: question.includeSubordinates };
  return [
    pivot({ of: 'petitions', measures: 'petitions', by: 'month,kind' }),
    pivot({ of: 'petitions', measures: 'petitions', by: 'field,kind' }),
    pivot({ of: 'petitions', measures: 'overLevelShare', by: 'unit', sort: '-overLevelShare', limit: 15 }),
    pivot({ of: 'settlements', measures: 'inTimeShare', by: 'unit', sort: 'inTimeShare', limit: 15 }),
    pivot({ of: 'visits', measures: 'visits', by: 'month,reception' }),
    ...['processing', 'resolution'].map((of) => ({
      chart: `/reports/durations/chart?${query({ ...question, of })}`,
      data: `/reports/durations?${query({ ...question, of })}`,
      rows: durationRows,
    })),
    { chart: `/reports/flows/chart?${query(question)}`, data: `/reports/flows?${query(question)}`, rows: flowRows },
    { chart: `/reports/forecast/chart?${query(scope)}`, data: `/reports/forecast?${query(scope)}`, rows: forecastRows },
  ];
}

/** @param {Chart} chart */
async function showChart({ chart, data, rows }) {
  const figure = element('figure', { className: 'chart' });
  byId('charts', HTMLElement).append(figure);
  try {
    const [svg, answer] = await Promise.all([ask(chart, { signal: asking.signal }).then((found) => found.text()), read(data)]);
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const title = drawn.querySelector('title')?.textContent ?? '';
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    pictures.push(address);
    const [headings, lines] = rows(/** @type {never} */ (answer));
    figure.append(
      element('img', { src: address, alt: drawn.querySelector('desc')?.textContent ?? title }),
      element(
        'details',
        {},
        element('summary', {}, `Bảng số liệu: ${title}`),
        element('div', { className: 'scroll' }, table(headings, lines)),
      ),
    );
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    figure.append(element('p', { className: 'failed' }, error instanceof Error ? error.message : String(error)));
  }
}

/** @param {Pivot} pivot @returns {[string[], (string | number | null)[][]]} */
function pivotRows({ dimensions, measures, lines }) {
  return [
    [...dimensions.map(({ label }) => label.vi), ...measures.map(({ label }) => label.vi)],
    lines.map(({ keys, values }) => [...keys.map(({ label }) => label.vi || '(không rõ)'), ...values]),
  ];
}

/** @param {Durations} durations @returns {[string[], (string | number | null)[][]]} */
function durationRows({ items }) {
  const classes = (items[0]?.bins ?? []).map(({ from, to }) => (to === null ? `trên ${from - 1}` : `${from}–${to}`));
  return [
    ['Loại đơn', 'Tổng số', 'Trung vị (ngày)', '90 % (ngày)', ...classes.map((one) => `${one} ngày`)],
    items.map(({ kind, count, median, ninety, bins }) => [
      kind ? (kinds[kind] ?? kind) : 'Tất cả',
      count,
      median,
      ninety,
      ...bins.map((bin) => bin.count),
    ]),
  ];
}

/** @type {Record<string, string>} */
const kinds = { complaint: 'Khiếu nại', denunciation: 'Tố cáo', recommendation: 'Kiến nghị', reflection: 'Phản ánh' };

/** @param {Flows} flows @returns {[string[], (string | number | null)[][]]} */
function flowRows({ items }) {
  return [
    ['Nơi chuyển', 'Nơi nhận', 'Đã chuyển', 'Chờ nhận', 'Đã nhận', 'Trả lại', 'Đã trả lời', 'Ngày đến khi nhận', 'Ngày đến khi trả lời'],
    items.map(({ from, to, sent, pending, received, returned, replied, daysToReceipt, daysToReply }) => [
      from.name,
      to.name,
      ...[sent, pending, received, returned, replied, daysToReceipt, daysToReply],
    ]),
  ];
}

/** @param {Forecast} forecast @returns {[string[], (string | number | null)[][]]} */
function forecastRows({ items, total }) {
  return [
    ['Đơn vị', 'Đã quá hạn', 'Sẽ đến hạn', 'Dự kiến quá hạn'],
    [
      ...items.map(({ unit, overdueNow, runningOut, expectedLate }) => [unit.name, overdueNow, runningOut, expectedLate]),
      ['Tổng số', total.overdueNow, total.runningOut, total.expectedLate],
    ],
  ];
}

// --- files ---

/** @param {string} format */
async function download(format) {
  const code = field(questionForm, 'form').value;
  const answer = await ask(`/reports/forms/${code}/file?${query({ ...asked(), format })}`);
  const address = URL.createObjectURL(await answer.blob());
  const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  element('a', { href: address, download: name ? decodeURIComponent(name) : `${code}.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// --- what people do ---

/** @param {EventTarget} target @param {string} event @param {(event: Event) => Promise<void> | void} act */
function when(target, event, act) {
  target.addEventListener(event, (happened) => {
    if (event === 'submit') happened.preventDefault();
    Promise.resolve(act(happened)).catch(sayWhatWentWrong);
  });
}

when(signInForm, 'submit', signIn);
when(byId('sign-out', HTMLButtonElement), 'click', () => signOut(''));
when(questionForm, 'submit', show);
when(field(questionForm, 'unit'), 'input', offerUnits);
when(field(questionForm, 'year'), 'change', offerPeriods);
when(field(questionForm, 'period'), 'change', offerPeriods);
when(byId('behind-more', HTMLButtonElement), 'click', showMore);
when(byId('behind-close', HTMLButtonElement), 'click', () => byId('behind', HTMLDialogElement).close());
for (const button of document.querySelectorAll('#files button'))
  if (button instanceof HTMLButtonElement) when(button, 'click', () => download(button.dataset['format'] ?? 'xlsx'));
