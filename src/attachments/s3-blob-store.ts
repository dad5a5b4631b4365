import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Config } from '../config/config.js';
import type { BlobStore, ByteRange } from './blob-store.js';

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
      ...(s3Endpoint && { endpoint: s3Endpoint }),
      ...(s3AccessKeyId && { credentials: { accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey } }),
      // Checksums beyond what S3 itself asks for are not understood by every server; the SHA-256 is the name.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(sha256: string, incoming: string, size: number, mediaType: string): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: sha256,
        Body: createReadStream(incoming),
        ContentLength: size,
        ContentType: mediaType,
      }),
    );
  }

  async read(sha256: string, range?: ByteRange): Promise<Readable> {
    const { Body: body } = await this.client.send(
      new GetObjectCommand({ Bucket: this.bucket, Key: sha256, ...(range && { Range: `bytes=${range.first}-${range.last}` }) }),
    );
    return body as Readable;
  }

  async remove(sha256: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: sha256 }));
  }
}
