import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { completeAnswers } from './common-answers.js';
import { officialWordsInDocument } from './official-words.js';
import { ProblemResponse } from './problem.response.js';
import { own } from '../text/own.js';

const tags: [name: string, description: string][] = [
  ['auth', 'Đăng nhập, tài khoản – signing in, accounts'],
  ['petitions', 'Đơn và vòng đời của đơn – petitions and their life cycle'],
  ['cases', 'Vụ việc, đơn trùng, liên kết đơn – cases, duplicates, links'],
  ['triage', 'Điều kiện xử lý, đề xuất, tách nội dung – eligibility, proposals, parts'],
  ['people', 'Người gửi đơn, người ký – people across petitions, signatories'],
  ['resolution', 'Xác minh, đối thoại, giải quyết, thi hành – verification, dialogue, resolution, enforcement'],
  ['documents', 'Văn bản, mẫu, tệp đính kèm – documents, templates, attachments'],
  ['exchange', 'Nhập, xuất sổ, công việc nền – import, export, background jobs'],
  ['public', 'Tra cứu công khai – public look-up, without signing in'],
  ['reception', 'Lịch, buổi tiếp công dân – schedules of the heads, sessions, tasks'],
  ['reception-desk', 'Lịch hẹn, số thứ tự – appointments, the queue of the counter'],
  ['reception-ledger', 'Sổ tiếp công dân – the ledger of visits'],
  ['reception-incidents', 'Đoàn đông người – gatherings of large groups'],
  ['reception-figures', 'Số liệu tiếp công dân – figures of reception'],
  ['reception-offices', 'Nơi tiếp công dân, lịch trực, niêm yết – reception offices, roster, notices'],
  ['regulations', 'Nội quy, quy chế – house rules, reception and coordination regulations of the units'],
  ['regulation-campaigns', 'Đợt rà soát quy chế – campaigns that review regulations'],
  ['inspections', 'Kiểm tra – plans, draws, inspections and their checklists'],
  ['reports', 'Báo cáo thống kê – statutory forms as data, filled in from what happened; every figure opens into the list behind it'],
  ['overview', 'Tổng quan thực hiện Chỉ thị – the state of every unit below on all rows of the directive'],
  ['urging', 'Đôn đốc – proposals, letters, answers, the next level, effect'],
  ['backlog', 'Vụ việc tồn đọng, kéo dài – petitions over their last legal date, plans, promises, reviews'],
  ['superior-matters', 'Vụ việc ở cấp trên, Toà án – cases of your citizens at superiors, courts and central offices'],
  ['citizen-contacts', 'Giải thích, vận động – talks with the citizens of cases'],
  ['rollout', 'Triển khai phần mềm – how far units are, and how they use it'],
  ['data-quality', 'Chất lượng dữ liệu – checks of what was entered, with the list behind each'],
  ['unit-requests', 'Phản hồi, đề nghị – what units ask and report about the software'],
  ['guidance', 'Hướng dẫn sử dụng – articles with versions'],
  ['legal-instruments', 'Văn bản pháp luật – documents of the state that regulations rest on'],
  ['deadlines', 'Gia hạn, tạm đình chỉ, chấp hành thời hạn – extensions, suspensions, limits kept and not kept'],
  ['routing', 'Chuyển đơn, phúc đáp, đôn đốc – transfers, replies, urging'],
  ['alerts', 'Cảnh báo vượt cấp, sắp hết hạn, quá hạn, tồn đọng – over-level, due soon, overdue, backlog'],
  ['rules', 'Quy định, thời hạn, lịch làm việc – the law as data, limits, working calendar'],
  ['units', 'Đơn vị hành chính theo thời gian – units in time'],
  ['identity', 'Danh tính người tố cáo, phân công – identities of denouncers, assignments, keys'],
  ['personal-data', 'Dữ liệu cá nhân – personal data: readings, export, retention, legal hold'],
  ['events', 'Sự kiện, webhook – events for other systems'],
  ['audit', 'Nhật ký kiểm toán – who did what, and proof that the record is whole'],
  ['operations', 'Vận hành – health and problem types'],
];

const description = `REST API of **Tiếp Dân**: citizen reception and petitions (khiếu nại, tố cáo, kiến nghị, phản ánh) in Viet Nam.

**Bắt đầu trong một phút – start in a minute:**
1. \`POST /api/v1/auth/token\` → *Try it out* → *Execute*: the demo clerk of the city is signed in, and this page sends the token with every further call.
2. \`POST /api/v1/petitions\` → choose an example → *Execute*: the answer says who is competent, whether the petition was filed over the heads of the competent level, what to do and what is due, each with the law behind it.
3. \`GET /api/v1/petitions/{id}/actions\` with the \`id\` of the answer: what you may do next.

Problems are RFC 9457 in Vietnamese or English (\`Accept-Language\`). Dates are legal days in Viet Nam. See docs/api.md for integrators.`;

/** The OpenAPI 3.1 document of the running routes. */
export function buildOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tiếp Dân')
    .setVersion('1')
    .setDescription(description)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth();
  for (const [name, text] of tags) builder.addTag(name, text);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ProblemResponse],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const operation of operationsOf(document)) {
    // A route that narrows the roles of its controller repeats the scheme.
    if (operation.security) operation.security = operation.security.slice(0, 1);
    if (holdsOfficialWords(operation.requestBody, document)) addDoubtfulWords(operation);
    // A query has no null: what is optional is left out.
    for (const { schema } of operation.parameters ?? []) delete schema?.nullable;
  }
  completeAnswers(document);
  return withNullTypes(document) as OpenAPIObject;
}

/** `/openapi.json`, and Swagger UI at `/docs`. */
export async function serveOpenApi(app: NestFastifyApplication, server: FastifyInstance): Promise<void> {
  let document: OpenAPIObject | undefined;
  const read = () => (document ??= buildOpenApi(app));
  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(JSON.stringify(read())));
  server.get('/', async (_request, reply) => reply.redirect('/docs'));
  SwaggerModule.setup('docs', app, read, {
    customSiteTitle: 'Tiếp Dân API',
    jsonDocumentUrl: 'docs/openapi.json',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      docExpansion: 'list',
      tagsSorter: 'none',
      responseInterceptor: signInWithTokens,
    },
  });
  await Promise.resolve();
}

interface SwaggerUi {
  ui?: { preauthorizeApiKey: (scheme: string, key: string) => void };
}

/** Runs in the browser: after signing in, the page uses the access token. Written out as text, so it stands alone. */
function signInWithTokens(response: { url: string; status: number; text: string }): unknown {
  if (response.status === 200 && /\/auth\/(token|refresh)$/.test(response.url)) {
    const { accessToken } = JSON.parse(response.text) as { accessToken: string };
    (globalThis as SwaggerUi).ui?.preauthorizeApiKey('bearer', accessToken);
  }
  return response;
}

interface Operation {
  requestBody?: unknown;
  security?: unknown[];
  parameters?: { in: string; name?: string; required?: boolean; description?: string; schema?: { nullable?: boolean; enum?: string[] } }[];
  responses: Record<string, unknown>;
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((item) =>
    Object.values(item as Record<string, Operation>).filter((operation) => operation.responses),
  );
}

/** Whether officials' words stand anywhere in what is sent. */
function holdsOfficialWords(schema: unknown, document: OpenAPIObject, seen = new Set<string>()): boolean {
  if (schema === null || typeof schema !== 'object') return false;
  if (officialWordsInDocument in schema) return true;
  const { $ref } = schema as { $ref?: string };
  if (!$ref) return Object.values(schema).some((part) => holdsOfficialWords(part, document, seen));
  if (seen.has($ref)) return false;
  return holdsOfficialWords(own(document.components?.schemas ?? {}, $ref.split('/').at(-1)!), document, seen.add($ref));
}

/** What may mean whoever denounced is asked about: `src/petitions/reveals/official-words.interceptor.ts`. */
function addDoubtfulWords(operation: Operation): void {
  operation.parameters = [
    ...(operation.parameters ?? []),
    {
      in: 'header',
      name: 'Doubtful-Words',
      required: false,
      description: 'What to do with words that may mean whoever denounced: `keep` them, because they mean somebody else, or `take-out`.',
      schema: { enum: ['keep', 'take-out'] },
    },
  ];
}

/** OpenAPI 3.1 says `null` as a type of JSON Schema, not as `nullable`. */
function withNullTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNullTypes);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNullTypes(item)])) as Record<
    string,
    unknown
  >;
  if (nullable !== true) return nullable === undefined ? rest : { nullable, ...rest };
  const { type, allOf, $ref, enum: values, ...others } = rest as { type?: string; allOf?: unknown[]; $ref?: string; enum?: unknown[] };
  if (type) return { ...others, type: [type, 'null'], ...(values && { enum: [...values, null] }) };
  return { ...others, anyOf: [...(allOf ?? [{ $ref }]), { type: 'null' }] };
}
