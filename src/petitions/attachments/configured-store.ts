import type { Config } from '../../platform/config/config.js';
import type { BlobStore } from './blob-store.js';
import { DiskBlobStore } from './disk-blob-store.js';
import { S3BlobStore } from './s3-blob-store.js';

/** The store that the settings name. */
export function configuredStore(config: Config): BlobStore {
  return config.s3Bucket ? new S3BlobStore(config) : new DiskBlobStore(config.attachmentDir);
}
