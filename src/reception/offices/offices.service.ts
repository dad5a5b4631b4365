import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { today } from '../../platform/text/today.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import type { OfficeFacts, OfficeRow, OpeningHours, ReceiverFacts, ReceiverRow, RoomFacts, RoomRow } from './office.js';
import { officeById, officeList, receiverById, receiversOf, roomsById, roomsOf } from './offices.queries.js';

export interface Office extends OfficeRow {
  rooms: RoomRow[];
  receivers: ReceiverRow[];
}

/** Where citizens are received: the offices of a unit with their rooms and receivers. What stands here is posted at the door, so everybody reads it. */
@Injectable()
export class OfficesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: UnitResponsibility,
    private readonly units: UnitDirectory,
  ) {}

  async list({
    unitId,
    includeSubordinates = false,
    asOf,
    limit = defaultLimit,
    cursor,
  }: {
    unitId?: string;
    includeSubordinates?: boolean;
    asOf?: LegalDate;
    limit?: number;
    cursor?: string;
  }): Promise<Page<OfficeRow>> {
    const after = decodeCursor(cursor, [(name) => typeof name === 'string', isUuid]) ?? [null, null];
    const units = unitId ? this.unitsOf(unitId, includeSubordinates) : null;
    const rows = await this.transactions.rows<OfficeRow>(officeList, [units, asOf ?? null, ...after, limit + 1]);
    return page(
      rows,
      limit,
      ({ name, id }) => [name, id],
      (row) => row,
    );
  }

  /** @throws Problem `not-found` */
  async get(id: string): Promise<Office> {
    return {
      ...(await this.find(id)),
      rooms: await this.transactions.rows<RoomRow>(roomsOf, [id]),
      receivers: await this.transactions.rows<ReceiverRow>(receiversOf, [id]),
    };
  }

  /** The row alone. @throws Problem `not-found` */
  async find(id: string): Promise<OfficeRow> {
    const [row] = await this.transactions.rows<OfficeRow>(officeById, [id]);
    if (!row) throw noSuchOffice();
    return row;
  }

  /**
   * An office that the caller runs, for what happens there.
   * @throws Problem naming `/officeId`; `not-responsible`
   */
  async ownOffice(id: string, by: Official): Promise<OfficeRow> {
    const [office] = await this.transactions.rows<OfficeRow>(officeById, [id]);
    if (!office)
      throw Problem.field('validation-failed', '/officeId', 'unknown_office', {
        vi: 'Không có nơi tiếp công dân này.',
        en: 'There is no such office.',
      });
    this.access.mustActFor(by, office.unitId);
    return office;
  }

  open(facts: OfficeFacts & { unitId?: string | null }, by: Official): Promise<Office> {
    mustBeSound(facts);
    return this.transactions.run(async (tx) => {
      const unit = this.access.ownUnit(by, facts.unitId);
      this.access.mustExist(unit, facts.validFrom, '/validFrom');
      const [row] = await tx
        .query<{ id: string }[]>(
          `insert into reception_office (unit_id, name, address, directions, phone, latitude, longitude, opening_hours, valid_from, valid_to, created_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
          [unit.id, ...valuesOf(facts), by.accountId],
        )
        .catch(nameTaken);
      return this.get(row!.id);
    });
  }

  replace(id: string, facts: OfficeFacts, expected: number | null, by: Official): Promise<Office> {
    mustBeSound(facts);
    return this.transactions.run(async (tx) => {
      await this.lock(id, expected, by);
      await tx
        .query(
          `update reception_office set name = $2, address = $3, directions = $4, phone = $5, latitude = $6, longitude = $7, opening_hours = $8,
             valid_from = $9, valid_to = $10, version = version + 1, updated_at = now() where id = $1`,
          [id, ...valuesOf(facts)],
        )
        .catch(nameTaken);
      return this.get(id);
    });
  }

  addRoom(officeId: string, { name, seats, equipment, active }: RoomFacts, by: Official): Promise<RoomRow> {
    return this.transactions.run(async (tx) => {
      await this.lock(officeId, null, by);
      const [row] = await tx
        .query<{ id: string }[]>(
          'insert into reception_room (office_id, name, seats, equipment, active) values ($1, $2, $3, $4, $5) returning id',
          [officeId, name, seats, JSON.stringify(equipment), active],
        )
        .catch(nameTaken);
      return this.room(row!.id);
    });
  }

  replaceRoom(id: string, { name, seats, equipment, active }: RoomFacts, expected: number | null, by: Official): Promise<RoomRow> {
    return this.transactions.run(async (tx) => {
      const { officeId } = await this.room(id);
      await this.lock(officeId, null, by);
      mustMatch((await this.room(id)).version, expected);
      await tx
        .query('update reception_room set name = $2, seats = $3, equipment = $4, active = $5, version = version + 1 where id = $1', [
          id,
          name,
          seats,
          JSON.stringify(equipment),
          active,
        ])
        .catch(nameTaken);
      return this.room(id);
    });
  }

  /** Rooms by id, of whichever offices; those that there are not are left out. */
  rooms(ids: readonly string[]): Promise<RoomRow[]> {
    return this.transactions.rows<RoomRow>(roomsById, [ids]);
  }

  addReceiver(officeId: string, facts: ReceiverFacts, by: Official): Promise<ReceiverRow> {
    mustServeForwards(facts);
    return this.transactions.run(async (tx) => {
      await this.lock(officeId, null, by);
      await this.mustKnowAccount(facts.accountId, by);
      const [row] = await tx.query<{ id: string }[]>(
        `insert into reception_receiver (office_id, name, title, phone, account_id, appointed_by, serves_from, serves_to)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
        [officeId, ...receiverValues(facts)],
      );
      return this.receiver(row!.id);
    });
  }

  replaceReceiver(id: string, facts: ReceiverFacts, expected: number | null, by: Official): Promise<ReceiverRow> {
    mustServeForwards(facts);
    return this.transactions.run(async (tx) => {
      const { officeId } = await this.receiver(id);
      await this.lock(officeId, null, by);
      mustMatch((await this.receiver(id)).version, expected);
      await this.mustKnowAccount(facts.accountId, by);
      await tx.query(
        `update reception_receiver set name = $2, title = $3, phone = $4, account_id = $5, appointed_by = $6, serves_from = $7, serves_to = $8,
           version = version + 1 where id = $1`,
        [id, ...receiverValues(facts)],
      );
      return this.receiver(id);
    });
  }

  /** @throws Problem `not-found` */
  async receiver(id: string): Promise<ReceiverRow> {
    const [row] = await this.transactions.rows<ReceiverRow>(receiverById, [id]);
    if (!row) throw Problem.notFound('người tiếp công dân này', 'receiver');
    return row;
  }

  /** Holds an office that the caller runs until the end of the transaction. @throws Problem `not-found`, `not-responsible`, `precondition-failed` */
  async lock(id: string, expected: number | null, by: Official): Promise<OfficeRow> {
    const [found] = await this.transactions.manager.query<{ id: string }[]>('select id from reception_office where id = $1 for update', [
      id,
    ]);
    if (!found) throw noSuchOffice();
    const office = await this.find(id);
    this.access.mustActFor(by, office.unitId);
    mustMatch(office.version, expected);
    return office;
  }

  private async room(id: string): Promise<RoomRow> {
    const [row] = await this.rooms([id]);
    if (!row) throw Problem.notFound('phòng tiếp công dân này', 'room');
    return row;
  }

  private unitsOf(unitId: string, includeSubordinates: boolean): string[] {
    const { structure } = this.units;
    const unit = this.access.anyUnit(unitId, '?unitId');
    return (includeSubordinates ? structure.coveredBy(unit, today()) : structure.carriedOnBy(unit)).map(({ id }) => id);
  }

  private async mustKnowAccount(accountId: string | null, by: Official): Promise<void> {
    if (!accountId) return;
    const [row] = await this.transactions.manager.query<{ unitId: string }[]>('select unit_id as "unitId" from account where id = $1', [
      accountId,
    ]);
    if (row) {
      this.access.mustActFor(by, row.unitId);
      return;
    }
    throw Problem.field('validation-failed', '/accountId', 'unknown_account', {
      vi: 'Không có tài khoản này trong cơ quan của bạn.',
      en: 'There is no such account at your office.',
    });
  }
}

function valuesOf(facts: OfficeFacts): unknown[] {
  const { name, address, directions, phone, latitude, longitude, openingHours, validFrom, validTo } = facts;
  return [name, address, directions, phone, latitude, longitude, JSON.stringify(openingHours), validFrom, validTo];
}

function receiverValues({ name, title, phone, accountId, appointedBy, servesFrom, servesTo }: ReceiverFacts): unknown[] {
  return [name, title, phone, accountId, appointedBy, servesFrom, servesTo];
}

function mustBeSound({ openingHours, validFrom, validTo, latitude, longitude }: OfficeFacts): void {
  if (validTo && validTo < validFrom)
    throw Problem.field('validation-failed', '/validTo', 'before_start', {
      vi: 'Không được trước ngày bắt đầu.',
      en: 'Must not be before the first day.',
    });
  if ((latitude === null) !== (longitude === null))
    throw Problem.field('validation-failed', '/longitude', 'required', {
      vi: 'Vĩ độ và kinh độ đi cùng nhau.',
      en: 'Latitude and longitude go together.',
    });
  for (const [index, hours] of openingHours.entries()) {
    if (hours.to <= hours.from)
      throw Problem.field('validation-failed', `/openingHours/${index}/to`, 'before_start', {
        vi: 'Giờ kết thúc phải sau giờ bắt đầu.',
        en: 'The end must be after the start.',
      });
    const clash = openingHours.findIndex((other, at) => at < index && overlap(hours, other));
    if (clash >= 0)
      throw Problem.field('validation-failed', `/openingHours/${index}`, 'overlap', {
        vi: `Trùng giờ với dòng ${clash + 1}.`,
        en: `Overlaps with row ${clash + 1}.`,
      });
  }
}

function overlap(one: OpeningHours, other: OpeningHours): boolean {
  return one.weekday === other.weekday && one.from < other.to && other.from < one.to;
}

function mustServeForwards({ servesFrom, servesTo }: ReceiverFacts): void {
  if (servesTo && servesTo < servesFrom)
    throw Problem.field('validation-failed', '/servesTo', 'before_start', {
      vi: 'Không được trước ngày bắt đầu.',
      en: 'Must not be before the first day.',
    });
}

export function noSuchOffice(): Problem {
  return Problem.notFound('nơi tiếp công dân này', 'reception office');
}

/** Of two parallel requests with one name the second gets this, too. */
function nameTaken(error: unknown): never {
  if ((error as { code?: string }).code !== '23505') throw error;
  const detail = { vi: 'Tên này đã dùng ở đây.', en: 'The name is taken here.' };
  throw new Problem('conflict', detail, [{ pointer: '/name', code: 'taken', detail }]);
}
