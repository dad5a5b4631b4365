import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { mustMatch, Problem } from '../platform/problems/problem.js';
import { asWritten, isLegalDate, type LegalDate } from '../platform/text/legal-date.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { fold } from '../platform/text/fold.js';
import type { Instrument, InstrumentChangeFacts, InstrumentFacts } from './instrument.js';
import { instrumentById, instrumentList } from './instruments.queries.js';
import { unknownInstrument } from './regulations.service.js';

export interface InstrumentFilter {
  q?: string;
  number?: string;
  inForceOn?: LegalDate;
  limit?: number;
  cursor?: string;
}

/** The register of law: documents of the state that regulations rest on, and what becomes of them. */
@Injectable()
export class InstrumentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  /** The newest first. */
  async list({ q, number, inForceOn, limit = defaultLimit, cursor }: InstrumentFilter): Promise<Page<Instrument>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const values = [q ? fold(q) : null, number ?? null, inForceOn ?? null, ...after, limit + 1];
    const rows = await this.transactions.rows<Instrument & Record<string, unknown>>(instrumentList, values);
    return page(
      rows,
      limit,
      ({ issuedOn, id }) => [issuedOn, id],
      (row) => row,
    );
  }

  /** @throws Problem `not-found` */
  async get(id: string): Promise<Instrument> {
    const [row] = await this.transactions.rows<Instrument & Record<string, unknown>>(instrumentById, [id]);
    if (!row) throw Problem.notFound('văn bản này', 'document');
    return row;
  }

  /** @throws Problem `conflict` when number, issuer and day are there already: numbers are used again each year and by each issuer */
  enter(facts: InstrumentFacts, by: Official): Promise<Instrument> {
    this.scope.mustAdministerAll(by);
    mustBePeriod(facts);
    return this.transactions.run(async (tx) => {
      const [made] = await tx.query<{ id: string }[]>(
        `insert into legal_instrument (number, issuer, type, title, issued_on, in_force_from, in_force_to, note, verified, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
        [...valuesOf(facts), by.accountId],
      );
      if (!made) throw alreadyThere(facts);
      return this.get(made.id);
    });
  }

  correct(id: string, facts: InstrumentFacts, expected: number | null, by: Official): Promise<Instrument> {
    this.scope.mustAdministerAll(by);
    mustBePeriod(facts);
    return this.transactions.run(async (tx) => {
      await this.lock(id, expected);
      const [other] = await tx.query<unknown[]>(
        'select from legal_instrument where number = $1 and issuer = $2 and issued_on = $3 and id <> $4',
        [facts.number, facts.issuer, facts.issuedOn, id],
      );
      if (other) throw alreadyThere(facts);
      await tx.query(
        `update legal_instrument set number = $2, issuer = $3, type = $4, title = $5, issued_on = $6, in_force_from = $7, in_force_to = $8, note = $9,
           verified = $10, version = version + 1 where id = $1`,
        [id, ...valuesOf(facts)],
      );
      return this.get(id);
    });
  }

  /**
   * Writes down what becomes of a document. Every regulation that rests on it is proposed for review by that alone; one that is replaced,
   * repealed or expired is in force until the day before.
   */
  change(id: string, { kind, effectiveOn, byInstrumentId, note }: InstrumentChangeFacts, by: Official): Promise<Instrument> {
    this.scope.mustAdministerAll(by);
    return this.transactions.run(async (tx) => {
      const instrument = await this.lock(id, null);
      if (effectiveOn <= instrument.inForceFrom)
        throw Problem.field('validation-failed', '/effectiveOn', 'before_in_force', {
          vi: `Phải sau ngày có hiệu lực ${asWritten(instrument.inForceFrom)}.`,
          en: `Must be after its first day in force ${instrument.inForceFrom}.`,
        });
      if (byInstrumentId === id) throw unknownInstrument('/byInstrumentId');
      if (byInstrumentId) {
        const [known] = await tx.query<unknown[]>('select from legal_instrument where id = $1', [byInstrumentId]);
        if (!known) throw unknownInstrument('/byInstrumentId');
      }
      const [made] = await tx.query<unknown[]>(
        `insert into legal_instrument_change (instrument_id, kind, effective_on, by_instrument_id, note, created_by) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing returning id`,
        [id, kind, effectiveOn, byInstrumentId, note, by.accountId],
      );
      if (!made) throw new Problem('conflict', { vi: 'Thay đổi này đã được ghi.', en: 'This change stands in the register already.' });
      await tx.query(
        `update legal_instrument set in_force_to = case when $2 then in_force_to else least(in_force_to, $3::date - 1) end, version = version + 1 where id = $1`,
        [id, kind === 'amended', effectiveOn],
      );
      return this.get(id);
    });
  }

  private async lock(id: string, expected: number | null): Promise<{ inForceFrom: LegalDate }> {
    const [row] = await this.transactions.manager.query<{ version: number; inForceFrom: LegalDate }[]>(
      'select version, in_force_from as "inForceFrom" from legal_instrument where id = $1 for update',
      [id],
    );
    if (!row) throw Problem.notFound('văn bản này', 'document');
    mustMatch(row.version, expected);
    return row;
  }
}

/** In the order of the columns. */
function valuesOf({ number, issuer, type, title, issuedOn, inForceFrom, inForceTo, note, verified }: InstrumentFacts): unknown[] {
  return [number, issuer, type, title, issuedOn, inForceFrom, inForceTo, note, verified];
}

function mustBePeriod({ inForceFrom, inForceTo }: InstrumentFacts): void {
  if (inForceTo === null || inForceTo >= inForceFrom) return;
  throw Problem.field('validation-failed', '/inForceTo', 'before_in_force', {
    vi: `Không được trước ngày có hiệu lực ${asWritten(inForceFrom)}.`,
    en: `Must not be before the first day in force ${inForceFrom}.`,
  });
}

function alreadyThere({ number, issuer, issuedOn }: InstrumentFacts): Problem {
  return new Problem('conflict', {
    vi: `Văn bản ${number} của ${issuer} ngày ${asWritten(issuedOn)} đã có.`,
    en: `Document ${number} of ${issuer} of ${issuedOn} is there already.`,
  });
}
