import { Problem } from '../platform/problems/problem.js';

/** Seconds after which whoever was sent away may come again. */
const comeAgain = 2;

/**
 * Work that costs much processor and memory, a few at a time: the rest waits in a queue that has an end, and nobody takes all places of it.
 * @param atOnce how many are done at the same time
 * @param waiting how many wait at most
 * @param waitingOfOne how many of one caller wait at most
 */
export class Turns {
  private running = 0;
  private readonly queue: { whose: string; start: () => void }[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
    private readonly waitingOfOne: number,
  ) {}

  /**
   * Does the work when its turn has come.
   * @param whose network that it is done for
   * @throws Problem `too-many-requests` where too much waits for this network, `service-unavailable` where too much waits altogether
   */
  async take<T>(whose: string, work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running++;
    else await this.wait(whose);
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes between takes it.
      const next = this.queue.shift();
      if (next) next.start();
      else this.running--;
    }
  }

  private wait(whose: string): Promise<void> {
    if (this.queue.filter((waiting) => waiting.whose === whose).length >= this.waitingOfOne) throw sentAway('too-many-requests');
    if (this.queue.length >= this.waiting) throw sentAway('service-unavailable');
    return new Promise((resolve) => this.queue.push({ whose, start: resolve }));
  }
}

function sentAway(code: 'too-many-requests' | 'service-unavailable'): Problem {
  return new Problem(
    code,
    {
      vi: `Quá nhiều lượt đăng nhập cùng lúc; hãy thử lại sau ${comeAgain} giây.`,
      en: `Too many sign-ins at once; try again in ${comeAgain} seconds.`,
    },
    [],
    { retryAfter: comeAgain },
  );
}
