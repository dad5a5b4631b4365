import { createServer } from 'node:http';
import pg from 'pg';
import type { Query } from './cases.js';

/**
 * What the API is measured against: `node:http` and `pg` with the same SQL, no framework, no signing in, no validation.
 * It is told over IPC which statement to answer with; several statements are taken in turn.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);
let queries: Query[] = [];
let turn = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString('utf8'));
    pool.query(queries[turn++ % queries.length]!).then(
      ({ rows }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(rows));
      },
      (error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      },
    );
  });
});

process.on('message', (message: Query[]) => {
  queries = message;
  process.send?.('ready');
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
