import { Injectable } from '@nestjs/common';
import type { Official } from '../auth/official.js';
import { Transactions } from '../database/transactions.js';
import { AccessScope } from '../units/access-scope.js';
import type { OutgoingEvent } from './event.js';
import { eventsAfter } from './events.queries.js';

/** The feed of events for other systems. */
@Injectable()
export class EventsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  /**
   * Events of the caller's units after a position, in the order in which they were committed. Whoever keeps the last position and asks on
   * from there sees each event at least once and none is left out.
   * @param types only these; all where it is empty
   */
  after(position: number, types: readonly string[], limit: number, by: Official): Promise<OutgoingEvent[]> {
    const units = this.scope.unitsAsked(by, undefined, true);
    return this.transactions.rows<OutgoingEvent>(eventsAfter, [position, units, types.length > 0 ? types : null, limit]);
  }
}
