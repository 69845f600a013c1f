import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = promisify(execFile);
const MIGRATIONS = 'packages/server/migrations';

/** The commit before the schema last changed, or undefined where the history does not reach it. */
export async function olderCommit(): Promise<string | undefined> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: root })).stdout.trim();
  try {
    if (await git('status', '--porcelain', '--', MIGRATIONS)) return await git('rev-parse', 'HEAD');
    const changed = await git('log', '-1', '--format=%H', '--', MIGRATIONS);
    return await git('rev-parse', '--verify', `${changed}^`);
  } catch {
    return undefined;
  }
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifest = async (...path: string[]): Promise<Manifest | undefined> =>
  readFile(join(...path, 'package.json'), 'utf8').then(JSON.parse, () => undefined);

/**
 * Puts the tree of a commit into a folder, with the packages that it needs: those that are
 * installed here, and what has another version here or none, from the registry. Gives its main.ts.
 */
export async function checkOut(commit: string, folder: string): Promise<string> {
  const archive = join(folder, 'tree.tar');
  const tree = join(folder, 'tree');
  await run('git', ['archive', '--output', archive, commit], { cwd: root });
  await mkdir(tree);
  await run('tar', ['-xf', archive, '-C', tree]);

  const wanted = new Map<string, string>();
  for (const name of ['server', 'contract']) {
    const { dependencies } = (await manifest(tree, 'packages', name)) ?? {};
    for (const [dependency, version] of Object.entries(dependencies ?? {})) {
      if (!dependency.startsWith('@relais/')) wanted.set(dependency, version);
    }
  }
  const missing: string[] = [];
  for (const [name, version] of wanted) {
    if ((await manifest(root, 'node_modules', name))?.version === version) wanted.delete(name);
    else missing.push(`${name}@${version}`);
  }
  const fetched = join(folder, 'fetched');
  if (missing.length > 0) {
    await mkdir(fetched);
    await writeFile(join(fetched, 'package.json'), '{"private":true}');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
    await run('npm', ['install', ...options, ...missing], { cwd: fetched });
  }

  // Our own packages are those of the tree: what is linked resolves its own from where it really is.
  const modules = join(tree, 'node_modules');
  await mkdir(join(modules, '@relais'), { recursive: true });
  for (const name of await readdir(join(tree, 'packages'))) {
    await symlink(join(tree, 'packages', name), join(modules, '@relais', name));
  }
  const link = async (from: string, names: readonly string[]) => {
    for (const name of names) {
      await mkdir(join(modules, name, '..'), { recursive: true });
      await symlink(join(from, name), join(modules, name)).catch(() => {});
    }
  };
  await link(join(fetched, 'node_modules'), [...wanted.keys()]);
  await link(join(root, 'node_modules'), await installed());
  return join(tree, 'packages/server/src/main.ts');
}

/** The names of all packages installed here, but for our own. */
async function installed(): Promise<string[]> {
  const modules = join(root, 'node_modules');
  const names: string[] = [];
  for (const name of await readdir(modules)) {
    if (name.startsWith('.') || name === '@relais') continue;
    if (!name.startsWith('@')) names.push(name);
    else for (const scoped of await readdir(join(modules, name))) names.push(`${name}/${scoped}`);
  }
  return names;
}
