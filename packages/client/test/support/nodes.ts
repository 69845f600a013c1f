import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/nodes/', import.meta.url));

/**
 * The program of a major version of Node: this one, or one that npm brings for this platform and
 * that is kept for the next run.
 */
export async function openNode(version: number): Promise<string> {
  if (process.versions.node.startsWith(`${version}.`)) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, String(version));
  const program = join(folder, 'node_modules', name, 'bin', 'node');
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    await promisify(execFile)('npm', [...args, '--prefix', folder, `${name}@${version}`]);
  }
  return program;
}
