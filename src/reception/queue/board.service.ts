import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EMPTY, finalize, Observable, Subject } from 'rxjs';
import { today } from '../../platform/text/today.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { OfficesService } from '../offices/offices.service.js';
import { boardVersions, pace, ticketsOf } from './queue.queries.js';
import { ScreenPlaces } from './screen-places.js';
import type { TicketRow } from './ticket.js';

/** What hangs in the waiting room: numbers and rooms, nobody's name. */
export interface Board {
  officeId: string;
  officeName: string;
  onDate: LegalDate;
  /** Goes up with every change. */
  version: number;
  called: { number: number; room: string; calledAt: Date; calls: number }[];
  serving: { number: number; room: string | null; since: Date }[];
  /** The next ones, in turn. */
  next: number[];
  waiting: number;
  skipped: number[];
  /** How long whoever takes a ticket now will wait, by the pace of the day; null before anybody was served. */
  estimatedWaitMinutes: number | null;
}

/** The screens of one office, and what they show. */
interface Screen {
  changes: Subject<Board>;
  version: number;
  onDate: LegalDate;
  count: number;
}

/** Screens look into the database together, so often while there is one. */
const lookEvery = 700;
const shownNext = 8;

/** The boards of the waiting rooms, as they are and as they change. */
@Injectable()
export class BoardService implements OnModuleDestroy {
  private readonly screens = new Map<string, Screen>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private readonly places: ScreenPlaces;
  private stopping = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficesService,
    @Inject(CONFIG) config: Config,
  ) {
    const { screens: all, screensPerAddress: perAddress, officeNetworks } = config;
    this.places = new ScreenPlaces({ all, perAddress, officeNetworks });
  }

  /** Screens are sent away, and those that come back find no board here: otherwise the server would wait for them for ever. */
  onModuleDestroy(): void {
    this.stopping = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const { changes } of this.screens.values()) changes.complete();
    this.screens.clear();
  }

  /** @throws Problem `not-found` */
  async board(officeId: string): Promise<Board> {
    const office = await this.offices.find(officeId);
    const onDate = today();
    // The version first: what changes after it is told again.
    const version = (await this.versions([officeId])).get(officeId) ?? 0;
    const tickets = await this.transactions.rows<TicketRow & Record<string, unknown>>(ticketsOf, [officeId, onDate, null]);
    const [{ minutes } = { minutes: null }] = await this.transactions.rows<{ minutes: number | null }>(pace, [officeId, onDate]);
    const of = (state: TicketRow['state']) => tickets.filter((ticket) => ticket.state === state);
    const waiting = of('waiting');
    const counters = Math.max(1, new Set([...of('serving'), ...of('called')].map(({ roomId }) => roomId)).size);
    return {
      officeId,
      officeName: office.name,
      onDate,
      version,
      called: of('called')
        .map(({ number, roomName, calledAt, calls }) => ({ number, room: roomName!, calledAt: calledAt!, calls }))
        .sort((one, other) => other.calledAt.getTime() - one.calledAt.getTime()),
      serving: of('serving').map(({ number, roomName, servedAt }) => ({ number, room: roomName, since: servedAt! })),
      next: waiting.slice(0, shownNext).map(({ number }) => number),
      waiting: waiting.length,
      skipped: of('skipped').map(({ number }) => number),
      estimatedWaitMinutes: minutes === null ? null : Math.round((minutes * waiting.length) / counters),
    };
  }

  /**
   * The board now, and again with every change, whichever instance it was made at.
   * @param by whose screen it is, and whether it is still there
   * @throws Problem `not-found`; `too-many-requests`, `service-unavailable` when too many screens are open from there, or here
   */
  async watch(officeId: string, by: { counted: string; exact: string; gone: () => boolean }): Promise<Observable<Board>> {
    const now = await this.board(officeId);
    if (this.stopping) throw stops();
    // Who went away meanwhile would never give a place back.
    if (by.gone()) return EMPTY;
    const giveBack = this.places.take(by);
    return new Observable<Board>((subscriber) => {
      if (this.stopping) {
        giveBack();
        subscriber.complete();
        return undefined;
      }
      const screen = this.screens.get(officeId) ?? { changes: new Subject<Board>(), version: now.version, onDate: now.onDate, count: 0 };
      this.screens.set(officeId, screen);
      screen.count++;
      // What changed since this board was read is found by the next look.
      screen.version = now.version;
      this.keepLooking();
      subscriber.next(now);
      return screen.changes
        .pipe(
          finalize(() => {
            giveBack();
            screen.count--;
            if (screen.count === 0) this.screens.delete(officeId);
          }),
        )
        .subscribe(subscriber);
    });
  }

  private keepLooking(): void {
    if (this.timer || this.screens.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.look().finally(() => this.keepLooking());
    }, lookEvery);
    this.timer.unref();
  }

  /** One look for all screens. What fails is looked at again the next time. */
  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const versions = await this.versions([...this.screens.keys()]);
      for (const [officeId, screen] of this.screens) {
        // A new day begins with an empty board, before anybody takes a ticket.
        if (screen.version === (versions.get(officeId) ?? 0) && screen.onDate === today()) continue;
        const board = await this.board(officeId);
        screen.version = board.version;
        screen.onDate = board.onDate;
        screen.changes.next(board);
      }
      // eslint-disable-next-line failures/swallowed-failure -- the next look comes in a second, whatever was wrong
    } catch {
      // The database is away for a moment; the screens keep what they show.
    } finally {
      this.looking = false;
    }
  }

  private async versions(officeIds: string[]): Promise<Map<string, number>> {
    const rows = await this.transactions.rows<{ officeId: string; version: string }>(boardVersions, [officeIds]);
    return new Map(rows.map(({ officeId, version }) => [officeId, Number(version)]));
  }
}

function stops(): Problem {
  return new Problem('service-unavailable', {
    vi: 'Máy chủ đang dừng; màn hình sẽ tự kết nối lại.',
    en: 'The server is stopping; the screen connects again by itself.',
  });
}
