import { Algorithm, hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters of OWASP's password storage advice: 19 MiB, 2 passes, 1 lane. */
const parameters = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

/** Takes the same time whether or not there is an account, so that nobody learns which names exist. */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('the password of nobody');
  const matches = await verify(passwordHash ?? (await nobody), password);
  return passwordHash !== undefined && matches;
}

let nobody: Promise<string> | undefined;
