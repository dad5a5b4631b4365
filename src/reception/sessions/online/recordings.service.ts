import { Injectable } from '@nestjs/common';
import { AttachmentsService } from '../../../petitions/attachments/attachments.service.js';
import type { Official } from '../../../platform/access/official.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { ReceivedFile } from '../../../platform/incoming/received-file.js';
import { Problem } from '../../../platform/problems/problem.js';
import { own } from '../../../platform/text/own.js';
import { recordingsOf, sessionSecret } from '../sessions.queries.js';
import { mustBe, SessionsService } from '../sessions.service.js';
import { mustBeOnline, notPrepared, type RecordingRow } from './online.js';

/** How the file of a recording is called at its end, by what it really is. */
const endings: Record<string, string> = {
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
};

/**
 * Recordings of sessions by video as files of their session (Decree 154/2026/NĐ-CP art. 24): read by who may see the session, each download
 * on the record, and by nobody once somebody denounced in it.
 */
@Injectable()
export class Recordings {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsService,
    private readonly attachments: AttachmentsService,
  ) {}

  /**
   * Keeps a file of the recording with its session.
   * @throws Problem `not-responsible`; `action-not-allowed` before the session, for one that is not by video or was not prepared, or where
   *   somebody denounced in it; `unsupported-media-type` for what is neither sound nor picture; `payload-too-large` where the unit has no room
   */
  attach(sessionId: string, file: ReceivedFile, by: Official): Promise<RecordingRow> {
    return this.transactions.run(async () => {
      const session = await this.sessions.lock(sessionId, null, by);
      mustBeOnline(session);
      mustBe(session, ['open', 'closed'], 'record');
      const ending = own(endings, file.mediaType);
      if (!ending)
        throw Problem.field('unsupported-media-type', '/file', 'file_type', {
          vi: `Bản ghi phải là tệp âm thanh hoặc hình ảnh động (${Object.keys(endings).join(', ')}).`,
          en: `A recording is sound or moving picture (${Object.keys(endings).join(', ')}).`,
        });
      const [about] = await this.transactions.rows<{ secret: boolean; prepared: boolean }>(sessionSecret, [sessionId]);
      if (!about!.prepared) throw notPrepared();
      if (about!.secret) throw showsWhoDenounced();
      const parts = await this.transactions.rows<RecordingRow & Record<string, unknown>>(recordingsOf, [sessionId, null]);
      const filename = `ban-ghi-${String(parts.length + 1).padStart(2, '0')}.${ending}`;
      const named = new ReceivedFile(file.path, filename, file.sha256, file.size, file.mediaType, file.scan);
      const id = await this.attachments.insert({ unitId: session.unitId, sessionId }, named, 'session_recording', by);
      return this.one(sessionId, id);
    });
  }

  /** @throws Problem `not-found` out of scope */
  async list(sessionId: string, by: Official): Promise<RecordingRow[]> {
    await this.sessions.get(sessionId, by);
    return this.transactions.rows<RecordingRow & Record<string, unknown>>(recordingsOf, [sessionId, null]);
  }

  /**
   * A file that is about to be sent, which is kept: a recording shows faces and voices of citizens.
   * @throws Problem `not-found`
   */
  async download(sessionId: string, id: string, by: Official): Promise<RecordingRow> {
    await this.sessions.get(sessionId, by);
    const file = await this.one(sessionId, id);
    await this.transactions.run((tx) =>
      tx.query('select audit_read($1, $2, null, $3)', ['session_recording', id, JSON.stringify({ sessionId })]),
    );
    return file;
  }

  private async one(sessionId: string, id: string): Promise<RecordingRow> {
    const [row] = await this.transactions.rows<RecordingRow & Record<string, unknown>>(recordingsOf, [sessionId, id]);
    if (!row) throw Problem.notFound('bản ghi này', 'recording');
    return row;
  }
}

function showsWhoDenounced(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Trong buổi tiếp có người được giữ bí mật danh tính: không đính kèm bản ghi tại đây; khi kết thúc buổi tiếp, nêu nơi cơ quan lưu bản ghi (Điều 8, Điều 56 Luật Tố cáo).',
    en: 'Somebody was received in the session whose identity is kept secret: the recording is not kept here; say at the end of the session where the authority keeps it (Law on Denunciations arts 8, 56).',
  });
}
