import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import type { OutgoingEvent } from './event.js';
import { eventsAfter, type FeedState, feedState } from './events.queries.js';

/** Events, and the epoch in which their positions count. */
export interface Events {
  epoch: string;
  events: OutgoingEvent[];
}

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
   * @param epoch that the position is of, where the caller knows it
   * @throws Problem `feed-went-back` for a position of a time that was undone by a restore
   */
  async eventsAfter(position: number, types: readonly string[], limit: number, by: Official, epoch?: string): Promise<Events> {
    const [feed] = await this.transactions.rows<FeedState>(feedState, [epoch ?? null]);
    const { epoch: current, head, sharedUpTo } = feed!;
    const isOld = epoch !== undefined && epoch !== current;
    // Of whoever is ahead within the epoch, or names none that is known here, nothing is known: only the beginning is surely the same.
    if (isOld || position > head) throw wentBack(current, isOld && sharedUpTo !== null ? Math.min(position, sharedUpTo) : 0);
    const units = this.scope.unitsAsked(by, undefined, true);
    const events = await this.transactions.rows<OutgoingEvent>(eventsAfter, [position, units, types.length > 0 ? types : null, limit]);
    return { epoch: current, events };
  }
}

/** @param after from where the caller goes on without missing anything */
function wentBack(epoch: string, after: number): Problem {
  return new Problem(
    'feed-went-back',
    {
      vi: `Hệ thống đã được khôi phục từ bản sao lưu: các sự kiện sau vị trí ${after} mà bạn có không còn giá trị và số thứ tự được đánh lại. Hãy bỏ chúng và đọc tiếp với after=${after} và epoch=${epoch}.`,
      en: `The system was restored from a backup: the events that you have after position ${after} are void and their numbers are given anew. Drop them and go on with after=${after} and epoch=${epoch}.`,
    },
    [],
    { epoch, after },
  );
}
