import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { AccessTokens } from './access-tokens.js';

/** The header in which a device says who it is. */
export const deviceTokenHeader = 'Device-Token';

export function deviceTokenOf(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['device-token'];
  return typeof value === 'string' ? value : undefined;
}

/** Days for which a device is known after its owner signed in with it. */
const knownForDays = 90;
const statement = 'device+jwt';

/** A device, and whose it is. */
export interface KnownDevice {
  accountId: string;
  id: string;
  /** Stands for the password that it signed in with. */
  password: string;
}

/** Whose a device may be. */
export interface DeviceOwner {
  id: string;
  passwordHash: string | null;
}

/**
 * Devices that somebody has signed in with: what such a one keeps says so, and opens nothing by itself. Guesses at a name from everywhere else –
 * also from the same office – hold up nobody who has it (OWASP, Slow Down Online Guessing Attacks with Device Cookies).
 */
@Injectable()
export class KnownDevices {
  private readonly key: Buffer;

  constructor(private readonly tokens: AccessTokens) {
    this.key = tokens.keyFor('passwords of known devices');
  }

  /**
   * What a device keeps after its owner signed in; once he has another password it is a stranger's until he signs in again.
   * @param device the one that he signed in with, where it was known already
   */
  tokenFor(owner: DeviceOwner, device: string | null): Promise<string> {
    return this.tokens.signStatement(statement, { sub: owner.id, jti: device ?? randomUUID(), password: this.standInFor(owner) });
  }

  /** The device of an account that a token is of; null where it is another's, or signed in with an earlier password. */
  async ofOwner(token: string | undefined, owner: DeviceOwner | undefined): Promise<string | null> {
    const known = await this.read(token);
    return known && owner && known.accountId === owner.id && known.password === this.standInFor(owner) ? known.id : null;
  }

  /** The device that a token is of, and its owner; null where it is none of ours or of long ago. */
  async read(token: string | undefined): Promise<KnownDevice | null> {
    const said = token ? await this.tokens.readStatement(statement, token) : null;
    const { sub: accountId, jti: id, password, iat } = said ?? {};
    if (typeof accountId !== 'string' || typeof id !== 'string' || typeof password !== 'string' || typeof iat !== 'number') return null;
    return iat > Date.now() / 1000 - knownForDays * 86_400 ? { accountId, id, password } : null;
  }

  private standInFor({ passwordHash }: DeviceOwner): string {
    return createHmac('sha256', this.key)
      .update(passwordHash ?? '')
      .digest('base64url');
  }
}
