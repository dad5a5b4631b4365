import type { FastifyRequest } from 'fastify';
import { type DatabaseFault, databaseFault } from '../database/faults.js';
import { isNothingStored, type Stored } from '../database/what-is-stored.js';
import { type Bilingual, Problem } from '../problems/problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What of it may be stored, from the moment when it is handled. */
    stored?: Stored;
    /** Its `Idempotency-Key` counts: however often it comes, it is done once. */
    keyed?: true;
  }
}

interface Told {
  what: Bilingual;
  /** Seconds after which it may go better. */
  retryAfter: number;
}

/** What is told of a database that could not do what it was asked, and when to come again. A fail-over takes some twenty seconds. */
const faults: Record<DatabaseFault, Told> = {
  away: { what: { vi: 'Cơ sở dữ liệu tạm thời không đáp ứng.', en: 'The database does not answer at the moment.' }, retryAfter: 5 },
  'read-only': {
    what: {
      vi: 'Cơ sở dữ liệu tạm thời chỉ cho đọc (đang chuyển sang máy chủ khác).',
      en: 'The database takes no writes at the moment (it is being moved to another server).',
    },
    retryAfter: 5,
  },
  crowded: {
    what: { vi: 'Quá nhiều yêu cầu đang chờ cơ sở dữ liệu.', en: 'Too many requests are waiting for the database.' },
    retryAfter: 2,
  },
  'slow-commits': {
    what: {
      vi: 'Cơ sở dữ liệu đang ghi quá chậm nên yêu cầu chưa đến lượt.',
      en: 'The database stores too slowly at the moment, so that this could not take its turn.',
    },
    retryAfter: 5,
  },
  'disk-full': {
    what: { vi: 'Ổ đĩa của cơ sở dữ liệu đã đầy; hãy báo quản trị viên.', en: 'The disk of the database is full; tell the administrator.' },
    retryAfter: 60,
  },
  'no-resources': {
    what: { vi: 'Cơ sở dữ liệu đang quá tải.', en: 'The database has no room for this at the moment.' },
    retryAfter: 5,
  },
  // Of a change it is told otherwise, below.
  conflict: { what: { vi: 'Dữ liệu đang bị khoá.', en: 'What was asked for is locked at the moment.' }, retryAfter: 5 },
  'too-long': {
    what: {
      vi: 'Việc này mất quá nhiều thời gian nên cơ sở dữ liệu đã ngừng.',
      en: 'This took too long, and the database broke it off.',
    },
    retryAfter: 30,
  },
};

/** 503 with `Retry-After` where the database could not answer, 409 where somebody else changes what is to be changed; undefined for everything else. */
export function fromDatabase(thrown: unknown, request: FastifyRequest): Problem | undefined {
  const fault = databaseFault(thrown);
  if (!fault) return undefined;
  if (fault === 'conflict' && !reads(request))
    return new Problem('conflict', {
      vi: 'Bản ghi đang được thay đổi đồng thời. Hãy thử lại.',
      en: 'Somebody else is changing this at the same time. Try again.',
    });
  const { what, retryAfter } = faults[fault];
  return new Problem('service-unavailable', joined(what, adviceFor(request)), [], { retryAfter });
}

/** A fault of the product itself. */
export function unexpected(request: FastifyRequest): Problem {
  const what = { vi: 'Lỗi ngoài dự kiến, đã được ghi lại.', en: 'Something unexpected happened and was logged.' };
  const tell = { vi: 'Hãy báo quản trị viên mã requestId.', en: 'Tell the administrator the requestId.' };
  // To try again helps against no fault of the product.
  const stored = isNothingStored(request.stored) ? [nothingStored] : [adviceFor(request)];
  return new Problem('internal-error', joined(what, ...(reads(request) ? [] : stored), tell));
}

const nothingStored = { vi: 'Không có gì được lưu.', en: 'Nothing was stored.' };

const advice = {
  read: { vi: 'Hãy thử lại.', en: 'Try again.' },
  repeat: {
    vi: 'Không rõ yêu cầu đã được lưu hay chưa. Hãy gửi lại với cùng Idempotency-Key: việc chỉ được làm một lần.',
    en: 'It is not known whether this was stored. Repeat it with the same Idempotency-Key: it is done once.',
  },
  look: {
    vi: 'Không rõ yêu cầu đã được lưu hay chưa. Trước khi gửi lại, hãy đọc lại xem đã có chưa.',
    en: 'It is not known whether this was stored. Before you send it again, read whether it is there.',
  },
} satisfies Record<string, Bilingual>;

/** "Nothing was stored" is said where no COMMIT was sent that changed something; a connection can break between it and its answer. */
function adviceFor(request: FastifyRequest): Bilingual {
  if (reads(request)) return advice.read;
  if (isNothingStored(request.stored)) return joined(nothingStored, advice.read);
  return request.keyed ? advice.repeat : advice.look;
}

function reads({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function joined(...parts: Bilingual[]): Bilingual {
  return { vi: parts.map(({ vi }) => vi).join(' '), en: parts.map(({ en }) => en).join(' ') };
}
