import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Blobs } from '../attachments/blobs.js';
import { safeName } from '../attachments/attachments.service.js';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { PaperCode } from '../papers.js';
import type { ReceivedFile } from '../../platform/incoming/received-file.js';
import { ParsingService } from '../../platform/parsing/parsing.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Templates that the product ships lie in templates/ beside dist/. */
const shipped = new URL('../../../../templates/', import.meta.url);

/** A unit's own template. */
export interface OwnTemplate {
  paper: PaperCode;
  filename: string;
  sha256: string;
  createdAt: Date;
}

/** The templates that papers are made from: the unit's own one, else the one that is shipped. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly blobs: Blobs,
    private readonly scope: AccessScope,
    private readonly parsing: ParsingService,
  ) {}

  async own(unitId: string): Promise<OwnTemplate[]> {
    return this.transactions.manager.query<OwnTemplate[]>(
      'select paper, filename, sha256, created_at as "createdAt" from document_template where unit_id = $1 and replaced_at is null order by paper',
      [unitId],
    );
  }

  /** The template of a paper as a unit uses it. */
  async of(unitId: string, paper: PaperCode): Promise<{ content: Buffer; filename: string }> {
    const own = (await this.own(unitId)).find((template) => template.paper === paper);
    if (own) return { content: await this.blobs.readWhole(own.sha256), filename: own.filename };
    return { content: await readFile(new URL(`${paper}.docx`, shipped)), filename: `${paper}.docx` };
  }

  /** A template that is no paper of the register: the print of a ledger. */
  print(name: 'reception_ledger' | 'reception_ledger_2026'): Promise<Buffer> {
    return readFile(new URL(`${name}.docx`, shipped));
  }

  /**
   * Replaces a paper's template for the caller's unit.
   * @returns the placeholders in it
   * @throws Problem `template-refused` naming every placeholder that there is not, with its place
   */
  async upload(paper: PaperCode, filename: string, file: ReceivedFile, by: Official): Promise<string[]> {
    const used = await this.parsing.inspectTemplate(await file.whole());
    const unit = this.scope.home(by);
    await this.transactions.run(async (tx) => {
      await tx.query('update document_template set replaced_at = now() where unit_id = $1 and paper = $2 and replaced_at is null', [
        unit.id,
        paper,
      ]);
      await this.blobs.store(file, docxType);
      await tx.query('insert into document_template (unit_id, paper, filename, sha256, created_by) values ($1, $2, $3, $4, $5)', [
        unit.id,
        paper,
        safeName(filename),
        file.sha256,
        by.accountId,
      ]);
    });
    return used;
  }

  /** Goes back to the template that is shipped. */
  async withdraw(paper: PaperCode, by: Official): Promise<void> {
    const [, changed] = await this.transactions.run((tx) =>
      tx.query<[unknown[], number]>(
        'update document_template set replaced_at = now() where unit_id = $1 and paper = $2 and replaced_at is null',
        [this.scope.home(by).id, paper],
      ),
    );
    if (changed === 0) throw Problem.notFound('mẫu riêng của đơn vị', 'template of your unit');
  }
}
