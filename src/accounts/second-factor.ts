import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import type { EntityManager } from 'typeorm';
import { Keys } from '../platform/sealing/keys.service.js';
import { placeOf } from '../platform/sealing/places.js';

const issuer = 'Tiếp Dân';
const seconds = 30;
/** Codes of the step before and after count, for clocks that differ. */
const window = 1;

/** What an authenticator app is set up with. */
export interface Enrolment {
  /** Base32. */
  secret: string;
  /** `otpauth://` URI, to be shown as a QR code. */
  uri: string;
}

/** One-time codes by time (RFC 6238): six digits of SHA-1, 30 seconds each. */
@Injectable()
export class SecondFactor {
  constructor(private readonly keys: Keys) {}

  /** Makes a new secret, which waits until a code of it was confirmed; one that counts goes on counting. */
  async enrol(tx: EntityManager, accountId: string, username: string): Promise<Enrolment> {
    const totp = totpOf(new Secret({ size: 20 }), username);
    const { sealed, keyVersion } = this.keys.ring.seal(totp.secret.base32, placeOf.totpSecret(accountId));
    await tx.query('update account set totp_next_sealed = $2, totp_next_key = $3 where id = $1', [accountId, sealed, keyVersion]);
    return { secret: totp.secret.base32, uri: totp.toString() };
  }

  /**
   * Lets the secret that waits take the place of the one that counted, when the code is one of it.
   * @returns null where none waits
   */
  async confirm(tx: EntityManager, accountId: string, code: string): Promise<boolean | null> {
    const [row] = await tx.query<{ sealed: Buffer; keyVersion: number }[]>(
      'select totp_next_sealed as sealed, totp_next_key as "keyVersion" from account where id = $1 and totp_next_sealed is not null for update',
      [accountId],
    );
    if (!row) return null;
    const step = await this.stepOf(row, accountId, code);
    if (step === null) return false;
    await tx.query(
      `update account set totp_sealed = totp_next_sealed, totp_key = totp_next_key, totp_next_sealed = null, totp_next_key = null,
         totp_confirmed_at = now(), totp_last_step = $2, version = version + 1 where id = $1`,
      [accountId, step],
    );
    return true;
  }

  /** Whether the code is right now; each works once, also of parallel tries. */
  async accepts(tx: EntityManager, accountId: string, code: string): Promise<boolean> {
    const [row] = await tx.query<{ sealed: Buffer; keyVersion: number }[]>(
      'select totp_sealed as sealed, totp_key as "keyVersion" from account where id = $1 and totp_sealed is not null',
      [accountId],
    );
    const step = row ? await this.stepOf(row, accountId, code) : null;
    if (step === null) return false;
    const [used] = await tx.query<[unknown[], number]>(
      'update account set totp_last_step = $2 where id = $1 and (totp_last_step is null or totp_last_step < $2) returning id',
      [accountId, step],
    );
    return used.length === 1;
  }

  /** The step of time that the code is of; null where it is of none that counts now. */
  private async stepOf(sealed: { sealed: Buffer; keyVersion: number }, accountId: string, code: string): Promise<number | null> {
    const secret = (await this.keys.upToDate()).open<string>(sealed, placeOf.totpSecret(accountId));
    const now = Date.now();
    const delta = totpOf(Secret.fromBase32(secret), '').validate({ token: code, window, timestamp: now });
    return delta === null ? null : Math.floor(now / 1000 / seconds) + delta;
  }
}

function totpOf(secret: Secret, username: string): TOTP {
  return new TOTP({ issuer, label: username, secret, algorithm: 'SHA1', digits: 6, period: seconds });
}
