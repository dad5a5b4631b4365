import { ApiProperty } from '@nestjs/swagger';

/** One faulty field. */
export class FieldProblemResponse {
  /** JSON pointer into the body (RFC 6901), or `?name` of a query parameter. */
  @ApiProperty({ example: '/parties/0/name' })
  pointer: string;

  @ApiProperty({ example: 'length' })
  code: string;

  /** What is wrong and what is allowed. */
  @ApiProperty({ example: 'Phải dài từ 1 đến 200 ký tự.' })
  detail: string;

  /** Line in an imported file. */
  @ApiProperty({ required: false })
  line?: number;

  /** Column of an imported file. */
  @ApiProperty({ required: false })
  column?: string;
}

/** A problem answer (RFC 9457), in Vietnamese or English by `Accept-Language`. */
export class ProblemResponse {
  /** Identifies the kind of problem and can be opened. */
  @ApiProperty({ format: 'uri-reference', example: '/api/v1/problems/validation-failed' })
  type: string;

  @ApiProperty({ example: 'Dữ liệu không hợp lệ' })
  title: string;

  @ApiProperty({ example: 422 })
  status: number;

  @ApiProperty({ example: 'Có 1 trường không hợp lệ; xem "errors".' })
  detail: string;

  @ApiProperty({ format: 'uri-reference', example: '/api/v1/petitions' })
  instance: string;

  /** Tell it to the administrator: the log carries the same. */
  @ApiProperty({ example: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11' })
  requestId: string;

  @ApiProperty({ type: [FieldProblemResponse], required: false })
  errors?: FieldProblemResponse[];

  /** What the caller may do now, where an action came out of order. */
  @ApiProperty({ required: false, example: ['accept', 'guide'] })
  allowedActions?: string[];

  /** Where the feed of events went back: the epoch that counts now. */
  @ApiProperty({ format: 'uuid', required: false })
  epoch?: string;

  /** Where the feed of events went back: the position from which to go on. */
  @ApiProperty({ required: false, example: 1180 })
  after?: number;
}
