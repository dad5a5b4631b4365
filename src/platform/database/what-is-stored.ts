import { AsyncLocalStorage } from 'node:async_hooks';

/** What of a request may be in the database; told to whoever asked when the answer cannot be. */
export interface Stored {
  /** Changes that the database has confirmed. */
  confirmed: boolean;
  /** Changes that were sent and not answered. */
  unanswered: number;
}

const current = new AsyncLocalStorage<Stored>();

/** Runs work and notes what of it may be stored, whatever becomes of it. */
export function notingWhatIsStored<T>(stored: Stored, work: () => T): T {
  return current.run(stored, work);
}

export function nothingYet(): Stored {
  return { confirmed: false, unanswered: 0 };
}

/** Whether it is certain that nothing was stored. */
export function isNothingStored(stored: Stored | undefined): boolean {
  return stored === undefined || (!stored.confirmed && stored.unanswered === 0);
}

/** State of a session as the protocol tells it with each answer: outside of a transaction, in one, in one that failed. */
type TransactionStatus = 'I' | 'T' | 'E' | null;

/** What one connection sends, as far as it may be stored: a change outside of a transaction, and the COMMIT of one that changed something. */
export class Sent {
  private changed = false;

  /**
   * Called with each statement before it is sent.
   * @returns where to note how it ended; undefined where the statement stores nothing by itself
   */
  note(text: string, status: TransactionStatus): Stored | undefined {
    const isCommit = /^\s*commit\b/i.test(text);
    const stores = isCommit ? this.changed && status !== 'E' : status !== 'T' && changes(text);
    this.changed = status === 'T' && !isCommit && (this.changed || changes(text));
    const stored = stores ? current.getStore() : undefined;
    if (stored) stored.unanswered++;
    return stored;
  }
}

/** @param how `refused`: the server said no, so that nothing of it is stored */
export function ended(stored: Stored | undefined, how: 'done' | 'refused' | 'unknown'): void {
  if (!stored || how === 'unknown') return;
  stored.unanswered--;
  if (how === 'done') stored.confirmed = true;
}

function changes(text: string): boolean {
  return (
    /^\s*(?:insert|update|delete|merge|truncate|copy)\b/i.test(text) ||
    (/^\s*with\b/i.test(text) && /\b(?:insert|update|delete|merge)\b/i.test(text))
  );
}
