import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { ConfigError } from '../platform/config/config.js';

/**
 * The key that signs access tokens and checkpoints of the audit, made where there is none.
 * @throws ConfigError with one clear line
 */
export function readOrMakeSigningKey(file: string): KeyObject {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    mkdirSync(path.dirname(file), { recursive: true });
    try {
      // `wx`: of several instances starting at once on one folder the first makes the key, the others read it.
      writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new ConfigError(`TIEPDAN_SIGNING_KEY_FILE: ${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  return readKey(file);
}

/** JWK thumbprint (RFC 7638) of the public half of the key in a file. */
export async function signingKeyId(file: string): Promise<string> {
  return thumbprintOf(createPublicKey(readKey(file)));
}

export async function thumbprintOf(publicKey: KeyObject): Promise<string> {
  return calculateJwkThumbprint(await exportJWK(publicKey));
}

function readKey(file: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') throw new ConfigError(`TIEPDAN_SIGNING_KEY_FILE: ${file} cannot be read (${code})`);
  }
  throw new ConfigError(
    `TIEPDAN_SIGNING_KEY_FILE: ${file} is not an Ed25519 private key; allowed: PEM, PKCS #8 (openssl genpkey -algorithm ed25519)`,
  );
}
