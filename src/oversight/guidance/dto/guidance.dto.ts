import { type Role, roles } from '../../../platform/access/official.js';
import { LegalDay, OneOf, SomeOf, Text, WholeNumber } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';

export class GuidanceArticleDto {
  /** Whom it is for; everybody when left out. */
  @SomeOf(roles, { optional: true, example: ['clerk'] })
  roles: Role[] = [];

  @Text({ min: 3, max: 300, example: 'Nhập đơn gửi qua bưu điện' })
  title: string;

  /** Markdown. */
  @Text({ min: 3, max: 100_000, example: '1. Mở **Tiếp nhận đơn**.\n2. Chọn nguồn đơn *Bưu điện*, ghi ngày dấu đến.' })
  body: string;

  @LegalDay({ example: '2026-11-16' })
  publishedOn: string;

  /** What is new in it. */
  @Text({ max: 2000, optional: true, example: 'Thêm cách ghi dấu bưu điện' })
  changeNote: string | null = null;
}

export class GuidanceListQuery extends PageQuery {
  /** Words, with or without marks; "quoted", or, -not. */
  @Text({ max: 200, optional: true, example: 'nhap don' })
  q?: string;

  /** For this role instead of yours. */
  @OneOf(roles, { optional: true })
  role?: Role;
}

export class GuidanceQuery {
  /** An earlier version. */
  @WholeNumber({ min: 1, max: 10_000, optional: true, example: null })
  version?: number;
}
