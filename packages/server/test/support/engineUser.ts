// A process that uses the embedded server of a data directory until its standard input ends:
// prints what it found, as JSON, when it has joined.
import { openEmbedded } from '../../src/db/embedded.ts';
import { connect } from '../../src/db/pool.ts';

const engine = await openEmbedded({ dataDir: process.argv[2] ?? '', dataDirIsDefault: false });
const connection = await connect(engine.url('postgres'));
const found = await connection.query<{ pid: number }>(
  `select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid`,
);
await connection.end();
console.log(JSON.stringify({ started: engine.started, postmaster: found.rows[0]?.pid }));
process.stdin.resume().once('end', () => engine.close());
