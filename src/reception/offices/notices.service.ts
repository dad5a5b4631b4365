import { Injectable } from '@nestjs/common';
import { AttachmentsService } from '../../petitions/attachments/attachments.service.js';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { ReceivedFile } from '../../platform/incoming/received-file.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { type NoticeRow, noticesToPost, type NoticeType } from './office.js';
import { lockNotice, noticesOf } from './offices.queries.js';
import { OfficesService } from './offices.service.js';

/** What is posted at an office, and which of what must be posted is missing. */
export interface PostedNotices {
  items: NoticeRow[];
  missing: NoticeType[];
}

/** What hangs at the wall of an office (Law on Citizen Reception arts 19, 24): what, since when, with a photo. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficesService,
    private readonly access: UnitResponsibility,
    private readonly attachments: AttachmentsService,
  ) {}

  async list(officeId: string): Promise<PostedNotices> {
    await this.offices.find(officeId);
    const items = await this.transactions.rows<NoticeRow>(noticesOf, [officeId]);
    const posted = new Set(items.filter(({ removedOn }) => !removedOn).map(({ type }) => type));
    return { items, missing: noticesToPost.filter((type) => !posted.has(type)) };
  }

  post(
    officeId: string,
    { type, title, postedOn = today() }: { type: NoticeType; title: string; postedOn?: LegalDate },
    by: Official,
  ): Promise<NoticeRow> {
    mustNotLieAhead(postedOn, '/postedOn');
    return this.transactions.run(async (tx) => {
      await this.offices.lock(officeId, null, by);
      const [row] = await tx.query<{ id: string }[]>(
        'insert into reception_notice (office_id, type, title, posted_on, created_by) values ($1, $2, $3, $4, $5) returning id',
        [officeId, type, title, postedOn, by.accountId],
      );
      return this.get(row!.id);
    });
  }

  remove(
    id: string,
    { removedOn = today(), reason }: { removedOn?: LegalDate; reason: string },
    expected: number | null,
    by: Official,
  ): Promise<NoticeRow> {
    mustNotLieAhead(removedOn, '/removedOn');
    return this.transactions.run(async (tx) => {
      const notice = await this.ownNotice(id, by);
      mustMatch(notice.version, expected);
      if (notice.removedOn)
        throw new Problem('action-not-allowed', {
          vi: `Đã gỡ ngày ${asWritten(notice.removedOn)}.`,
          en: `It was taken down on ${notice.removedOn}.`,
        });
      if (removedOn < notice.postedOn)
        throw Problem.field('validation-failed', '/removedOn', 'before_start', {
          vi: `Không được trước ngày niêm yết ${asWritten(notice.postedOn)}.`,
          en: `Must not be before it was posted on ${notice.postedOn}.`,
        });
      await tx.query('update reception_notice set removed_on = $2, removal_reason = $3, version = version + 1 where id = $1', [
        id,
        removedOn,
        reason,
      ]);
      return this.get(id);
    });
  }

  /** Keeps a photo of the posted paper; a better one replaces it. */
  photograph(id: string, file: ReceivedFile, by: Official): Promise<NoticeRow> {
    return this.transactions.run(async (tx) => {
      const { officeId } = await this.ownNotice(id, by);
      const { unitId } = await this.offices.find(officeId);
      const photoId = await this.attachments.insert({ unitId }, file, 'posted_notice', by);
      await tx.query('update reception_notice set photo_id = $2, version = version + 1 where id = $1', [id, photoId]);
      return this.get(id);
    });
  }

  private async ownNotice(id: string, by: Official): Promise<NoticeRow> {
    const notice = await this.get(id);
    this.access.mustActFor(by, (await this.offices.find(notice.officeId)).unitId);
    return notice;
  }

  private async get(id: string): Promise<NoticeRow> {
    const [row] = await this.transactions.rows<NoticeRow>(lockNotice, [id]);
    if (!row) throw Problem.notFound('thông báo niêm yết này', 'notice');
    return row;
  }
}
