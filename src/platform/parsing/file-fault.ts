import { type Bilingual, Problem, type ProblemCode } from '../problems/problem.js';

/** What is wrong with a file that somebody sent, in words that help to mend it. It becomes the problem of the route that reads the file. */
export class FileFault extends Error {
  constructor(
    readonly code: string,
    readonly detail: Bilingual,
    readonly line?: number,
  ) {
    super(detail.en);
  }

  toProblem(code: ProblemCode): Problem {
    const place = this.line === undefined ? {} : { line: this.line };
    return new Problem(code, this.detail, [{ pointer: '/file', code: this.code, detail: this.detail, ...place }]);
  }

  /** Something of which a file may only have so much. */
  static tooMuch(code: string, most: number, what: Bilingual, line?: number): FileFault {
    const bound = most.toLocaleString('de-DE');
    return new FileFault(
      code,
      {
        vi: `Tệp có quá nhiều ${what.vi}${line === undefined ? '' : ` (dòng ${line})`}: nhiều nhất ${bound}.`,
        en: `The file has too many ${what.en}${line === undefined ? '' : ` (line ${line})`}: at most ${most}.`,
      },
      line,
    );
  }
}
