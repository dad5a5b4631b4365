import { rm } from 'node:fs/promises';
import path from 'node:path';

export default async function stopDatabase(): Promise<void> {
  const running = globalThis.databaseOfTests;
  if (!running) return;
  await running.server.stop();
  await rm(path.dirname(running.folder), { recursive: true, force: true });
}
