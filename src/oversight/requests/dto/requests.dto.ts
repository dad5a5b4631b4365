import { OfficialWords, OneOf, Text } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import { type RequestState, requestStates, type RequestType, requestTypes } from '../request.js';

export class UnitRequestDto {
  /** A fault, a question, a wish, or an evaluation of how the software works. */
  @OneOf(requestTypes, { example: 'wish' })
  type: RequestType;

  @OfficialWords({ min: 3, max: 300, example: 'In sổ tiếp công dân theo quý' })
  title: string;

  /** Without the names of citizens. */
  @OfficialWords({ min: 3, max: 20_000, example: 'Đề nghị cho in sổ theo quý để lưu trữ.' })
  content: string;
}

export class UnitRequestEntryDto {
  @OfficialWords({ min: 3, max: 20_000, example: 'Đã có: chọn từ ngày, đến ngày khi xuất sổ.' })
  content: string;

  /** in_progress, answered or declined by whoever answers; open again or closed by the unit. As it follows from who writes when left out. */
  @OneOf(requestStates, { optional: true, example: null })
  state: RequestState | null = null;
}

export class UnitRequestsQuery extends PageQuery {
  @OneOf(requestStates, { optional: true })
  state?: RequestState;

  @OneOf(requestTypes, { optional: true })
  type?: RequestType;

  /** Words of number, title or content, with or without marks. */
  @Text({ max: 200, optional: true })
  q?: string;
}
