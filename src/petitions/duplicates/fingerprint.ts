import { createHash } from 'node:crypto';
import { fold } from '../../platform/text/fold.js';
import type { PetitionKind, Respondent } from '../../rules/evaluation/filing.js';
import type { Party } from '../petition.js';

/*
 * What two petitions are compared by. The text is a MinHash signature (A. Broder, On the resemblance and containment of documents, 1997)
 * of its folded pairs of words: typos change few pairs, tone marks and missing diacritics none, reordered sentences only those at their
 * edges. Bands of the signature are keys (locality-sensitive hashing), and so is each way to know a person again, so that the petitions
 * alike are found by equality in an index, whatever the size of the table.
 */

/** Hashes of a signature; the share of equal ones estimates the share of common pairs within 0.06. */
export const signatureLength = 64;
const rowsOfBand = 4;

/** What of a petition is compared. */
export interface Comparable {
  kind: PetitionKind;
  /** The clerk's sentence, for petitions whose own words are few. */
  summary: string;
  content: string;
  respondent: Respondent | null;
  matterUnitId: string | null;
  parties: readonly Pick<Party, 'role' | 'name' | 'nationalId' | 'address' | 'birthYear'>[];
}

export interface Fingerprint {
  /** Hashes as little-endian 32-bit numbers. */
  signature: Buffer;
  /** Ways to know a petitioner again, each the hash of one: see {@link personKeys}. */
  personKeys: bigint[];
  /** Against whom or where. */
  subjectKey: bigint | null;
  /** Keys under which petitions alike are found. */
  keys: bigint[];
}

/**
 * A denunciation is only ever compared with denunciations: that it is like a petition whose petitioner is named would give the denouncer away.
 * @param comparisonKey of the key ring: without it nobody finds out by trying whose keys a denunciation has
 */
export function fingerprintOf(petition: Comparable, comparisonKey: string): Fingerprint {
  const realm = petition.kind === 'denunciation' ? `secret ${comparisonKey}` : 'open';
  const subject = petition.respondent?.unitId ?? petition.matterUnitId;
  const subjectKey = subject ? keyOf(realm, 'subject', subject) : null;
  const signature = signatureOf(wordsOf(petition));
  // Whom a denunciation is alike by would tell who is behind it: it is found by its words and its matter alone.
  const secret = petition.kind === 'denunciation';
  const people = secret ? [] : personKeys(petition, realm);
  const bands = Array.from({ length: signatureLength / rowsOfBand }, (_, band) =>
    keyOf(
      realm,
      'text',
      String(band),
      subject ?? '',
      ...Array.from(signature.subarray(band * rowsOfBand, (band + 1) * rowsOfBand), String),
    ),
  );
  // A name alone is too common to search by; with the same respondent it is not.
  const names = subject && !secret ? namesOf(petition).map((name) => keyOf(realm, 'name and subject', name, subject)) : [];
  return {
    signature: Buffer.from(signature.buffer),
    personKeys: people.map(({ key }) => key),
    subjectKey,
    keys: [...new Set([...bands, ...people.filter(({ selective }) => selective).map(({ key }) => key), ...names])],
  };
}

/** Share of the pairs of words that two texts have in common, 0 to 1. */
export function resemblance(one: Buffer, other: Buffer): number {
  let equal = 0;
  for (let at = 0; at < signatureLength * 4; at += 4) if (one.readUInt32LE(at) === other.readUInt32LE(at)) equal++;
  return equal / signatureLength;
}

/** By national id; by name and year of birth; by name and address; and by the name alone, which only supports. */
function personKeys({ parties }: Comparable, realm: string): { key: bigint; selective: boolean }[] {
  return parties
    .filter(({ role }) => role === 'petitioner')
    .slice(0, 20)
    .flatMap(({ name, nationalId, address, birthYear }) => {
      const folded = fold(name);
      return [
        ...(nationalId ? [{ key: keyOf(realm, 'national id', nationalId), selective: true }] : []),
        ...(birthYear ? [{ key: keyOf(realm, 'name and year', folded, String(birthYear)), selective: true }] : []),
        ...(address ? [{ key: keyOf(realm, 'name and address', folded, wordsOnly(address).join(' ')), selective: true }] : []),
        { key: keyOf(realm, 'name', folded), selective: false },
      ];
    });
}

function namesOf({ parties }: Comparable): string[] {
  return parties
    .filter(({ role }) => role === 'petitioner')
    .slice(0, 20)
    .map(({ name }) => fold(name));
}

function wordsOf({ summary, content }: Comparable): string[] {
  const words = wordsOnly(content);
  return words.length >= 8 ? words : [...words, ...wordsOnly(summary)];
}

function wordsOnly(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The smallest hash of all pairs of words, by each of the hash functions. */
function signatureOf(words: string[]): Uint32Array {
  const signature = new Uint32Array(signatureLength).fill(0xffff_ffff);
  for (let index = 0; index < Math.max(1, words.length - 1); index++) {
    const pair = hash(`${words[index] ?? ''} ${words[index + 1] ?? ''}`);
    for (let at = 0; at < signatureLength; at++) {
      const value = mix(pair ^ Math.imul(at + 1, 0x9e37_79b1));
      if (value < signature[at]!) signature[at] = value;
    }
  }
  return signature;
}

/** FNV-1a of the UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c_9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x0100_0193);
  return value;
}

/** The finaliser of MurmurHash3: every bit of the input changes half of the output. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 64 bits of a SHA-256, as PostgreSQL's bigint. */
function keyOf(...parts: string[]): bigint {
  return createHash('sha256').update(parts.join('\u001f')).digest().readBigInt64LE();
}
