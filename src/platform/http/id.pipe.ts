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

/** A running number in a path; what the database cannot count to names nothing. */
@Injectable()
export class NumberPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const number = Number(value);
    if (/^\d{1,10}$/.test(value) && number <= 2_147_483_647) return number;
    throw Problem.notFound(
      'bản ghi nào: số trong đường dẫn phải là số nguyên không âm',
      'record: the number in the path must be a whole one',
    );
  }
}
