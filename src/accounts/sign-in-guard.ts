import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config.js';
import { whoActs } from '../platform/database/acting.js';
import { Transactions } from '../platform/database/transactions.js';
import { Problem, type ProblemCode } from '../platform/problems/problem.js';
import { AccessTokens } from './access-tokens.js';
import { networkOf } from '../platform/http/network.js';

/** Somebody who says that he is somebody. */
export interface Claimed {
  username: string;
  /** The device of the account that he comes with (`KnownDevices`), or its session. */
  device?: string | null;
}

/** What is known of a name and of where a try comes from. */
interface Circumstances {
  /** Somebody signed in from there lately, whoever it was. */
  isOffice: boolean;
  failuresElsewhere: number;
  namesFromHere: number;
}

/** Seconds of the first delay. */
const firstDelay = 5;
/** Days for which a network from which anybody signed in is an office. */
const knownFor = 90;
/** The longest that somebody waits at an office, or with a known device, in seconds: guesses from there do not keep him out. */
const longestWhereKnown = 60;
/** How often somebody is let try from a network that tries many names, in seconds. */
const turn = 10;
/** So many times the free failures from all other networks within an hour are an attack on one account; so many names from one network, one on many. */
const attack = 20;
/** What a wrong secret is answered with. */
const wrong: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['invalid-credentials', 'totp-required', 'validation-failed']);
const hours = { counted: 1, remembered: 24 };

/**
 * Delays guesses by name **and** where they come from (OWASP Authentication Cheat Sheet): whoever guesses waits, ever longer, and holds up nobody
 * else. Where somebody comes from is his network, or the device that he signed in with before.
 * - Some failures are free, then each doubles the time until the next try from that network.
 * - A device that its owner signed in with is held up by its own failures alone.
 * - Of an account that is guessed at from many networks, one that nobody signs in from has a single free try; offices have as many as ever,
 *   and wait at most a minute.
 * - From a network that has tried many names all names take turns, one after the other.
 *
 * Without a device nothing depends on whose name it is, or whether it is anybody's, so that the answers tell nothing about it.
 */
@Injectable()
export class SignInGuard {
  private readonly key: Buffer;

  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
    tokens: AccessTokens,
  ) {
    this.key = tokens.keyFor('names of sign-in failures');
  }

  /**
   * Lets somebody try a secret: a password, a code. Each try counts before its outcome is known, so that parallel ones are all counted; one
   * that succeeds wipes out the failures of its name and network.
   * @param attempt answers once the secret was right, and null where it was but is not the whole of it; a problem of {@link wrong} is a failure
   * @throws Problem `too-many-requests` with the seconds to wait
   */
  async tried<T>(claimed: Claimed, attempt: () => Promise<T>): Promise<T> {
    const network = claimed.device ? `device ${claimed.device}` : networkOf(whoActs()?.address);
    const name = this.digestOf(claimed.username);
    // Beside the transaction of the request: whatever becomes of it, the try stays counted.
    await this.transactions.beside(() => this.admit(!!claimed.device, name, network));
    let done: 'wrong' | 'right' | 'undecided' = 'undecided';
    try {
      const outcome = await attempt();
      if (outcome !== null) done = 'right';
      return outcome;
    } catch (error) {
      if (error instanceof Problem && wrong.has(error.code)) done = 'wrong';
      throw error;
    } finally {
      if (done !== 'wrong') await this.transactions.beside(() => this.takeBack(name, network, done === 'right'));
    }
  }

  private async admit(isDevice: boolean, name: Buffer, network: string): Promise<void> {
    const { manager } = this.transactions;
    const { isOffice, failuresElsewhere, namesFromHere } = await this.circumstances(manager, name, network);
    const known = isDevice || isOffice;
    const { lockAfter, lockMinutes } = this.config;
    if (!isDevice && namesFromHere >= attack * lockAfter) await this.takeTurn(manager, network);
    const free = !known && failuresElsewhere >= attack * lockAfter ? 1 : lockAfter;
    const longest = known ? Math.min(longestWhereKnown, lockMinutes * 60) : lockMinutes * 60;
    const admitted = await manager.query<unknown[]>(
      `insert into sign_in_failure as known (name_digest, network, failures, delayed_until) values ($1, $2, 1, ${delayAfter('1')})
       on conflict (name_digest, network) do update set failures = ${failuresNow}, last_tried_at = now(), delayed_until = ${delayAfter(failuresNow)}
       where known.delayed_until is null or known.delayed_until <= now()
       returning failures`,
      [name, network, free, longest],
    );
    if (admitted.length === 0) throw tooMany(await this.secondsToWait(manager, name, network));
    if (!isDevice) await forgetOld(manager);
  }

  /** @throws Problem `too-many-requests` where somebody else has just had the turn of the network */
  private async takeTurn(manager: EntityManager, network: string): Promise<void> {
    const nobody = this.digestOf('');
    const taken = await manager.query<unknown[]>(
      `insert into sign_in_failure as known (name_digest, network, failures, delayed_until) values ($1, $2, 1, now() + make_interval(secs => $3))
       on conflict (name_digest, network) do update set last_tried_at = now(), delayed_until = excluded.delayed_until
       where known.delayed_until <= now() returning failures`,
      [nobody, network, turn],
    );
    if (taken.length === 0) throw tooMany(await this.secondsToWait(manager, nobody, network));
  }

  private async circumstances(manager: EntityManager, name: Buffer, network: string): Promise<Circumstances> {
    const [row] = await manager.query<Circumstances[]>(
      `select exists (select from account_session where network = $2 and created_at > now() - interval '${knownFor} days') as "isOffice",
         (select coalesce(sum(failures), 0)::int from sign_in_failure
          where name_digest = $1 and network <> $2 and last_tried_at > now() - interval '${hours.counted} hours') as "failuresElsewhere",
         (select count(*)::int from sign_in_failure
          where name_digest <> $1 and network = $2 and last_tried_at > now() - interval '${hours.counted} hours') as "namesFromHere"`,
      [name, network],
    );
    return row!;
  }

  private async secondsToWait(manager: EntityManager, name: Buffer, network: string): Promise<number> {
    const [row] = await manager.query<{ seconds: number }[]>(
      `select ceil(extract(epoch from delayed_until - now()))::int as seconds from sign_in_failure where name_digest = $1 and network = $2`,
      [name, network],
    );
    return Math.max(1, row?.seconds ?? 1);
  }

  /** @param all failures of the name and network, else the present try alone */
  private async takeBack(name: Buffer, network: string, all: boolean): Promise<void> {
    const { manager } = this.transactions;
    await manager.query('delete from sign_in_failure where name_digest = $1 and network = $2 and ($3 or failures = 1)', [
      name,
      network,
      all,
    ]);
    if (!all)
      await manager.query(
        'update sign_in_failure set failures = failures - 1, delayed_until = null where name_digest = $1 and network = $2 and failures > 1',
        [name, network],
      );
  }

  private digestOf(username: string): Buffer {
    return createHmac('sha256', this.key).update(username.toLowerCase()).digest();
  }
}

/** Failures of a name and network together with this one; those of yesterday are forgotten. */
const failuresNow = `(case when known.last_tried_at < now() - interval '${hours.remembered} hours' then 1 else known.failures + 1 end)`;

/** $3: free failures, $4: longest delay in seconds. */
function delayAfter(failures: string): string {
  return `case when ${failures} >= $3::int then now() + make_interval(secs => least($4::int, ${firstDelay} * power(2, least(${failures} - $3::int, 20)))) end`;
}

/** More go than come, so that the table stays small without anybody who sweeps it. */
async function forgetOld(manager: EntityManager): Promise<void> {
  await manager.query(
    `delete from sign_in_failure where (name_digest, network) in (
       select name_digest, network from sign_in_failure where last_tried_at < now() - interval '${hours.remembered} hours' limit 5 for update skip locked)`,
  );
}

function tooMany(seconds: number): Problem {
  return new Problem(
    'too-many-requests',
    {
      vi: `Quá nhiều lần thử không đúng từ địa chỉ này; hãy thử lại sau ${seconds} giây.`,
      en: `Too many failed tries from this address; try again in ${seconds} seconds.`,
    },
    [],
    { retryAfter: seconds },
  );
}
