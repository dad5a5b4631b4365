import { Algorithm, hash, verify } from '@node-rs/argon2';
import { whoActs } from '../platform/database/acting.js';
import { networkOf } from '../platform/http/network.js';
import { Turns } from './turns.js';

/** Argon2id with the parameters of OWASP's password storage advice: 19 MiB, 2 passes, 1 lane. */
const parameters = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Two at once leave the other two threads of Node's pool to files and names; 64 are answered in some two seconds. */
const turns = new Turns(2, 64, 32);

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, parameters));
}

/** Takes the same time whether or not there is an account, so that nobody learns which names exist. */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  nobody ??= hash('the password of nobody', parameters);
  const compared = passwordHash ?? (await nobody);
  const matches = await inTurn(() => verify(compared, password));
  return passwordHash !== undefined && matches;
}

let nobody: Promise<string> | undefined;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return turns.take(networkOf(whoActs()?.address), work);
}
