import { stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type Finding, findingsOf } from './finding.ts';

const { ok, warning, fault } = findingsOf('server');
const GIGABYTE = 1024 ** 3;
/** Free space below which PostgreSQL may stop within hours. */
const LEAST = 0.25 * GIGABYTE;
const LITTLE = 2 * GIGABYTE;

/** Looks at the data directory: room, and who may read it. */
export async function checkDisk(config: Config, directory: string): Promise<Finding[]> {
  const found: Finding[] = [];
  if (config.databaseUrl === undefined) found.push(await checkRoom(directory, 'the data'));
  found.push(await checkRoom(tmpdir(), 'files that are being worked on'));
  found.push(...(await checkRights(config, directory)));
  return found;
}

async function checkRoom(directory: string, what: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const share = Math.round((100 * bavail) / Math.max(1, blocks));
  const says = `${(free / GIGABYTE).toFixed(1)} GB (${share} %) free for ${what}, in ${directory}`;
  const remedy = 'Make room or move it to a larger disk: a full disk stops every pull and lead.';
  if (free < LEAST) return fault(says, remedy);
  return free < LITTLE || share < 5 ? warning(says, remedy) : ok(says);
}

/** What nobody but the account of the server may read, where it is there. */
async function checkRights(config: Config, directory: string): Promise<Finding[]> {
  const paths = [
    { path: join(config.dataDir, 'secret'), open: 0o077 },
    ...(config.databaseUrl === undefined
      ? [
          { path: join(directory, 'postgres', 'password'), open: 0o077 },
          { path: join(directory, 'postgres', 'cluster'), open: 0o027 },
        ]
      : []),
  ];
  const faults: Finding[] = [];
  for (const { path, open } of paths) {
    const mode = await stat(path).then(
      (found) => found.mode & 0o777,
      () => 0,
    );
    if ((mode & open) !== 0) {
      faults.push(
        fault(
          `${path} may be read or changed by other accounts (mode ${mode.toString(8)})`,
          `chmod go-rwx ${path}`,
        ),
      );
    }
  }
  return faults.length > 0
    ? faults
    : [ok('secrets can be read by the account of the server alone')];
}
