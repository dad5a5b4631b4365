import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AttachmentsService } from '../petitions/attachments/attachments.service.js';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import type { ReceivedFile } from '../platform/incoming/received-file.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { mustNotLieAhead } from '../petitions/petitions.service.js';
import { mustMatch, Problem } from '../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../platform/text/legal-date.js';
import { type RegulationType, regulationTypes } from '../rules/regulations/required-regulations.js';
import { fold } from '../platform/text/fold.js';
import { UnitResponsibility } from '../structure/units/unit-responsibility.js';
import { AskedUnits } from './asked-units.js';
import type {
  Basis,
  Regulation,
  RegulationFacts,
  RegulationRow,
  RegulationState,
  ReviewRow,
  VersionAction,
  VersionFacts,
  VersionRow,
} from './regulation.js';
import { lockRegulation, regulationById, regulationList, reviewsOf, versionsOf } from './regulations.queries.js';

export interface RegulationFilter {
  unitId?: string;
  includeSubordinates?: boolean;
  type?: RegulationType;
  state?: RegulationState;
  review?: 'proposed' | 'outdated';
  basisId?: string;
  q?: string;
  asOf?: LegalDate;
  limit?: number;
  cursor?: string;
}

interface LockedRegulation {
  id: string;
  unitId: string;
  type: RegulationType;
  repealedOn: LegalDate | null;
  version: number;
}

/** The units' own regulations: what is in force with them, on what it rests, and whether that has changed. */
@Injectable()
export class RegulationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly responsibility: UnitResponsibility,
    private readonly asked: AskedUnits,
    private readonly attachments: AttachmentsService,
  ) {}

  /** Regulations are public: everybody reads those of every unit. The own unit's where none is named. */
  async list({ unitId, includeSubordinates = false, ...filter }: RegulationFilter, by: Official): Promise<Page<RegulationRow>> {
    const { asOf = today(), limit = defaultLimit } = filter;
    const [after] = decodeCursor(filter.cursor, [isUuid]) ?? [null];
    const everywhere = filter.basisId !== undefined && !unitId;
    const rows = await this.transactions.rows<RegulationRow & Record<string, unknown>>(regulationList, [
      asOf,
      everywhere ? null : this.asked.unitsOf(unitId, includeSubordinates, by),
      filter.type ?? null,
      filter.state ?? null,
      filter.review ?? null,
      filter.basisId ?? null,
      filter.q ? fold(filter.q) : null,
      after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /** @throws Problem `not-found` */
  async get(id: string, asOf: LegalDate = today()): Promise<Regulation> {
    const [row] = await this.transactions.rows<RegulationRow & Record<string, unknown>>(regulationById, [asOf, id]);
    if (!row) throw Problem.notFound('quy định này', 'regulation');
    const versions = await this.transactions.rows<VersionRow & Record<string, unknown>>(versionsOf, [id]);
    const reviews = await this.transactions.rows<ReviewRow & Record<string, unknown>>(reviewsOf, [id]);
    return { ...row, versions, reviews };
  }

  /**
   * Enters a regulation with its first version.
   * @throws Problem `conflict` where the unit has one of this type: what changes it is a version of that one
   */
  register(unitId: string | null, { type, title, ...version }: RegulationFacts, by: Official): Promise<Regulation> {
    return this.transactions.run(async (tx) => {
      const unit = this.responsibility.ownUnit(by, unitId);
      this.responsibility.mustExist(unit, version.issuedOn, '/issuedOn');
      const [made] = await tx.query<{ id: string }[]>(
        `insert into regulation (unit_id, type, title, created_by) values ($1, $2, $3, $4)
         on conflict (unit_id, type) where type <> 'other' and repealed_on is null do nothing returning id`,
        [unit.id, type, title, by.accountId],
      );
      if (!made) throw await this.alreadyThere(unit.id, type);
      await this.insertVersion(tx, made.id, { sequence: 1, action: 'issued' }, version, by);
      return this.get(made.id);
    });
  }

  /** Amends, supplements or replaces the text: the former version ends the day before the new one is in force. */
  addVersion(
    id: string,
    action: Exclude<VersionAction, 'issued'>,
    version: VersionFacts,
    expected: number | null,
    by: Official,
  ): Promise<Regulation> {
    return this.transactions.run(async (tx) => {
      await this.lock(id, expected, by);
      const [last] = await tx.query<{ sequence: number; in_force_from: LegalDate }[]>(
        'select sequence, in_force_from::text from regulation_version where regulation_id = $1 order by sequence desc limit 1',
        [id],
      );
      if (version.inForceFrom <= last!.in_force_from)
        throw Problem.field('validation-failed', '/inForceFrom', 'not_after_the_last_version', {
          vi: `Phải sau ngày có hiệu lực của bản trước: ${asWritten(last!.in_force_from)}.`,
          en: `Must be after the last version's first day in force: ${last!.in_force_from}.`,
        });
      await tx.query('update regulation_version set in_force_to = $3::date - 1 where regulation_id = $1 and sequence = $2', [
        id,
        last!.sequence,
        version.inForceFrom,
      ]);
      await this.insertVersion(tx, id, { sequence: last!.sequence + 1, action }, version, by);
      return this.touched(tx, id);
    });
  }

  /** Corrects what was entered wrongly of the last version. What it was before stands in the audit. */
  correctLast(id: string, version: VersionFacts, expected: number | null, by: Official): Promise<Regulation> {
    return this.transactions.run(async (tx) => {
      await this.lock(id, expected, by);
      const [last, former] = await tx.query<{ id: string; sequence: number; in_force_from: LegalDate }[]>(
        'select id, sequence, in_force_from::text from regulation_version where regulation_id = $1 order by sequence desc limit 2',
        [id],
      );
      if (former && version.inForceFrom <= former.in_force_from)
        throw Problem.field('validation-failed', '/inForceFrom', 'not_after_the_last_version', {
          vi: `Phải sau ngày có hiệu lực của bản trước: ${asWritten(former.in_force_from)}.`,
          en: `Must be after the former version's first day in force: ${former.in_force_from}.`,
        });
      mustBeDays(version);
      if (former)
        await tx.query('update regulation_version set in_force_to = $2::date - 1 where id = $1', [former.id, version.inForceFrom]);
      await tx.query(
        `update regulation_version set number = $2, issued_on = $3, in_force_from = $4, signer_title = $5, signer_name = $6, gist = $7, review_by = $8 where id = $1`,
        [last!.id, ...valuesOf(version)],
      );
      await tx.query('delete from regulation_basis where version_id = $1', [last!.id]);
      await this.insertBasis(tx, last!.id, id, version.basis);
      return this.touched(tx, id);
    });
  }

  /** Ends a regulation; what was issued in its place can be named. */
  repeal(
    id: string,
    { number, repealedOn, reason, replacedById }: { number: string; repealedOn: LegalDate; reason: string; replacedById: string | null },
    expected: number | null,
    by: Official,
  ): Promise<Regulation> {
    return this.transactions.run(async (tx) => {
      const { unitId } = await this.lock(id, expected, by);
      mustNotLieAhead(repealedOn, '/repealedOn');
      if (replacedById) {
        const [other] = await tx.query<{ unitId: string }[]>('select unit_id as "unitId" from regulation where id = $1 and id <> $2', [
          replacedById,
          id,
        ]);
        if (other?.unitId !== unitId) throw unknownRegulation('/replacedById');
      }
      await tx.query('update regulation set repealed_on = $2, repeal_number = $3, repeal_reason = $4, replaced_by_id = $5 where id = $1', [
        id,
        repealedOn,
        number,
        reason,
        replacedById,
      ]);
      return this.touched(tx, id);
    });
  }

  /** Keeps the signed text of a version. */
  attach(id: string, sequence: number, file: ReceivedFile, by: Official): Promise<Regulation> {
    return this.transactions.run(async (tx) => {
      const { unitId } = await this.lock(id, null, by, { repealedToo: true });
      const fileId = await this.attachments.insert({ unitId }, file, 'regulation', by);
      const changed = await tx.query<[unknown, number]>(
        'update regulation_version set file_id = $3 where regulation_id = $1 and sequence = $2',
        [id, sequence, fileId],
      );
      if (changed[1] === 0) throw Problem.notFound('phiên bản này', 'version');
      return this.touched(tx, id);
    });
  }

  /**
   * Holds a regulation until the end of the transaction.
   * @throws Problem `not-found`, `not-responsible`, `precondition-failed`, `action-not-allowed` when it is repealed
   */
  async lock(id: string, expected: number | null, by: Official, { repealedToo = false } = {}): Promise<LockedRegulation> {
    const [row] = await this.transactions.rows<LockedRegulation & Record<string, unknown>>(lockRegulation, [id]);
    if (!row) throw Problem.notFound('quy định này', 'regulation');
    this.responsibility.mustActFor(by, row.unitId);
    mustMatch(row.version, expected);
    if (row.repealedOn && !repealedToo)
      throw new Problem('action-not-allowed', {
        vi: `Quy định đã bị bãi bỏ ngày ${asWritten(row.repealedOn)}.`,
        en: `The regulation was repealed on ${row.repealedOn}.`,
      });
    return row;
  }

  private async insertVersion(
    tx: EntityManager,
    id: string,
    { sequence, action }: { sequence: number; action: VersionAction },
    version: VersionFacts,
    by: Official,
  ): Promise<void> {
    mustBeDays(version);
    const [made] = await tx.query<{ id: string }[]>(
      `insert into regulation_version (regulation_id, sequence, action, number, issued_on, in_force_from, signer_title, signer_name, gist, review_by, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
      [id, sequence, action, ...valuesOf(version), by.accountId],
    );
    await this.insertBasis(tx, made!.id, id, version.basis);
  }

  private async insertBasis(tx: EntityManager, versionId: string, regulationId: string, basis: Basis[]): Promise<void> {
    for (const [index, { instrumentId, regulationId: basisId, article }] of basis.entries()) {
      if ((instrumentId === null) === (basisId === null))
        throw Problem.field('validation-failed', `/basis/${index}`, 'one_of_two', {
          vi: 'Mỗi căn cứ nêu đúng một trong hai: instrumentId hoặc regulationId.',
          en: 'Every basis names one of the two: instrumentId or regulationId.',
        });
      if (basisId === regulationId) throw unknownRegulation(`/basis/${index}/regulationId`);
      const [known] = await tx.query<{ there: boolean }[]>(
        instrumentId
          ? 'select exists (select from legal_instrument where id = $1) as there'
          : 'select exists (select from regulation where id = $1) as there',
        [instrumentId ?? basisId],
      );
      if (!known!.there)
        throw instrumentId ? unknownInstrument(`/basis/${index}/instrumentId`) : unknownRegulation(`/basis/${index}/regulationId`);
      await tx.query(
        'insert into regulation_basis (version_id, position, instrument_id, basis_regulation_id, article) values ($1, $2, $3, $4, $5)',
        [versionId, index + 1, instrumentId, basisId, article],
      );
    }
  }

  private async touched(tx: EntityManager, id: string): Promise<Regulation> {
    await tx.query('update regulation set version = version + 1 where id = $1', [id]);
    return this.get(id);
  }

  private async alreadyThere(unitId: string, type: RegulationType): Promise<Problem> {
    const [row] = await this.transactions.manager.query<{ id: string; title: string }[]>(
      'select id, title from regulation where unit_id = $1 and type = $2 and repealed_on is null',
      [unitId, type],
    );
    const { vi, en } = regulationTypes[type];
    return new Problem(
      'conflict',
      {
        vi: `Đơn vị đã có "${vi}" (${row!.title}): ghi phiên bản mới hoặc bãi bỏ trước.`,
        en: `The unit has "${en}" already (${row!.title}): add a version to it, or repeal it first.`,
      },
      [],
      { regulationId: row!.id },
    );
  }
}

/** In the order of the columns. */
function valuesOf({ number, issuedOn, inForceFrom, signerTitle, signerName, gist, reviewBy }: VersionFacts): (string | null)[] {
  return [number, issuedOn, inForceFrom, signerTitle, signerName, gist, reviewBy];
}

function mustBeDays({ issuedOn, inForceFrom, reviewBy }: VersionFacts): void {
  mustNotLieAhead(issuedOn, '/issuedOn');
  if (inForceFrom < issuedOn)
    throw Problem.field('validation-failed', '/inForceFrom', 'before_issue', {
      vi: `Không được trước ngày ban hành ${asWritten(issuedOn)}.`,
      en: `Must not be before the day of issue ${issuedOn}.`,
    });
  if (reviewBy !== null && reviewBy <= inForceFrom)
    throw Problem.field('validation-failed', '/reviewBy', 'before_in_force', {
      vi: `Phải sau ngày có hiệu lực ${asWritten(inForceFrom)}.`,
      en: `Must be after the first day in force ${inForceFrom}.`,
    });
}

function unknownRegulation(pointer: string): Problem {
  return Problem.field('validation-failed', pointer, 'unknown_regulation', {
    vi: 'Không có quy định này.',
    en: 'There is no such regulation.',
  });
}

export function unknownInstrument(pointer: string): Problem {
  return Problem.field('validation-failed', pointer, 'unknown_instrument', {
    vi: 'Không có văn bản này.',
    en: 'There is no such document.',
  });
}
