import { Injectable, type PipeTransform } from '@nestjs/common';
import { Problem } from '../problems/problem.js';
import { isUuid } from './page.js';

/** An id in a path; what cannot be an id names nothing. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.toLowerCase();
    if (isUuid(id)) return id;
    throw Problem.notFound('bản ghi nào: mã định danh trong đường dẫn phải là UUID', 'record: the id in the path must be a UUID');
  }
}
