import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import type { EntityManager } from 'typeorm';
import { Keys } from '../sealing/keys.service.js';
import { placeOf } from '../sealing/places.js';

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

  /** Makes a new secret, which counts once a code of it was confirmed; one that counts already stays until then. */
  async enrol(tx: EntityManager, accountId: string, username: string): Promise<Enrolment> {
    const totp = totpOf(new Secret({ size: 20 }), username);
    const { sealed, keyVersion } = this.keys.ring.seal(totp.secret.base32, placeOf.totpSecret(accountId));
    await tx.query('update account set totp_sealed = $2, totp_key = $3, totp_confirmed_at = null, totp_last_step = null where id = $1', [
      accountId,
      sealed,
      keyVersion,
    ]);
    return { secret: totp.secret.base32, uri: totp.toString() };
  }

  /** Whether the code is right now; each works once, also of parallel tries. */
  async accepts(tx: EntityManager, accountId: string, code: string): Promise<boolean> {
    const [row] = await tx.query<{ sealed: Buffer; keyVersion: number }[]>(
      'select totp_sealed as sealed, totp_key as "keyVersion" from account where id = $1 and totp_sealed is not null',
      [accountId],
    );
    if (!row) return false;
    const secret = (await this.keys.upToDate()).open<string>(row, placeOf.totpSecret(accountId));
    const now = Date.now();
    const delta = totpOf(Secret.fromBase32(secret), '').validate({ token: code, window, timestamp: now });
    if (delta === null) return false;
    const [used] = await tx.query<[unknown[], number]>(
      'update account set totp_last_step = $2 where id = $1 and (totp_last_step is null or totp_last_step < $2) returning id',
      [accountId, Math.floor(now / 1000 / seconds) + delta],
    );
    return used.length === 1;
  }
}

function totpOf(secret: Secret, username: string): TOTP {
  return new TOTP({ issuer, label: username, secret, algorithm: 'SHA1', digits: 6, period: seconds });
}
