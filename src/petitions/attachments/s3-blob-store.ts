import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Config } from '../../platform/config/config.js';
import { Problem } from '../../platform/problems/problem.js';
import type { BlobStore, ByteRange, StoredContent } from './blob-store.js';

/** Milliseconds for a connection, and for which one may be silent: a transaction waits, with its locks. */
const patience = { connectionTimeout: 3_000, socketTimeout: 10_000 };

/** Contents as objects of any server that speaks S3. */
export class S3BlobStore implements BlobStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ s3Bucket, s3Endpoint, s3Region, s3AccessKeyId, s3SecretAccessKey }: Config) {
    this.bucket = s3Bucket;
    this.client = new S3Client({
      region: s3Region,
      // Servers of one's own are addressed by path, not by a host name for each bucket.
      forcePathStyle: true,
      requestHandler: patience,
      maxAttempts: 2,
      ...(s3Endpoint && { endpoint: s3Endpoint }),
      ...(s3AccessKeyId && { credentials: { accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey } }),
      // Checksums beyond what S3 itself asks for are not understood by every server; the SHA-256 is the name.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(sha256: string, incoming: string, size: number, mediaType: string): Promise<void> {
    const content = { Bucket: this.bucket, Key: sha256, Body: createReadStream(incoming), ContentLength: size, ContentType: mediaType };
    try {
      await this.client.send(new PutObjectCommand(content));
    } catch (error) {
      // Told like a full disk (ENOSPC).
      throw isFull(error) ? Object.assign(error, { code: 'ENOSPC' }) : orAway(error);
    }
  }

  async sizeOf(sha256: string): Promise<number | undefined> {
    try {
      return (await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: sha256 }))).ContentLength;
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
      throw orAway(error);
    }
  }

  async read(sha256: string, range?: ByteRange): Promise<Readable> {
    const asked = new GetObjectCommand({ Bucket: this.bucket, Key: sha256, ...(range && { Range: `bytes=${range.first}-${range.last}` }) });
    try {
      return (await this.client.send(asked)).Body as Readable;
    } catch (error) {
      throw orAway(error);
    }
  }

  /** What else lies in the bucket is passed over. */
  async list(after: string, atMost: number): Promise<StoredContent[]> {
    const found: StoredContent[] = [];
    for (let from = after; found.length < atMost;) {
      const { Contents: objects = [], IsTruncated: goesOn } = await this.client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          MaxKeys: Math.min(1000, atMost - found.length),
          ...(from && { StartAfter: from }),
        }),
      );
      for (const { Key: key = '', Size: size = 0, LastModified: putAt } of objects) {
        from = key;
        if (/^[0-9a-f]{64}$/.test(key)) found.push({ sha256: key, size, age: Date.now() - (putAt?.getTime() ?? Date.now()) });
      }
      if (!goesOn || objects.length === 0) break;
    }
    return found;
  }

  async remove(sha256: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: sha256 }));
  }
}

/**
 * A bucket that does not answer, or answers that it cannot just now, is told as such: it comes back, and what was asked is tried again. What it refuses
 * – a key, a name – is a fault of the settings.
 */
function orAway(error: unknown): unknown {
  const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  if (status > 0 && status < 500 && status !== 429) return error;
  return new Problem(
    'service-unavailable',
    { vi: 'Kho lưu tệp tạm thời không trả lời. Hãy thử lại.', en: 'The store of files does not answer at the moment. Try again.' },
    [],
    { retryAfter: 5 },
    error,
  );
}

/** Out of room by the words of the servers that are in use: MinIO, Ceph, and those that answer with HTTP 507. */
function isFull(error: unknown): error is S3ServiceException {
  if (!(error instanceof S3ServiceException)) return false;
  return (
    error.$metadata.httpStatusCode === 507 || ['XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'QuotaExceeded'].includes(error.name)
  );
}
