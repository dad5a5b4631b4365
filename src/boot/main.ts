import { ConfigError, readConfig } from '../platform/config/config.js';

/** Settings that cannot be are told in one line, before some thousand modules are loaded. */
function settings(): ReturnType<typeof readConfig> {
  try {
    return readConfig();
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  }
}

const config = settings();
const { start } = await import('./start.js');
await start(config);
