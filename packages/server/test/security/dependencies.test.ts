import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type Lock, lockFaults, readAudit } from '../../../../scripts/dependencies.ts';

const root = new URL('../../../../', import.meta.url);
const readJson = async (name: string) => JSON.parse(await readFile(new URL(name, root), 'utf8'));

test('every dependency is locked with its hash, from the registry, permissive, and runs no script unasked (security 20)', async () => {
  const { allowScripts } = await readJson('package.json');
  const lock = (await readJson('package-lock.json')) as Lock;
  assert.ok(Object.keys(lock.packages).length > 100);
  assert.deepEqual(lockFaults(lock, allowScripts), []);
});

test('versions of dependencies are exact', async () => {
  const { packages } = (await readJson('package-lock.json')) as Lock;
  for (const [path, own] of Object.entries(packages)) {
    if (path.includes('node_modules/')) continue;
    for (const [name, range] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
      assert.match(range, /^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/, `${path || 'relais'}: ${name}`);
    }
  }
});

const whole = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };
const faultsOf = (one: object, allowed = {}) =>
  lockFaults({ packages: { 'node_modules/x': { ...whole, ...one } } }, allowed);

const faults: [what: string, one: object, told: RegExp][] = [
  ['contents without a hash', { integrity: undefined }, /integrity/],
  ['contents with a weak hash', { integrity: 'sha1-x' }, /integrity/],
  ['a repository in the place of the registry', { resolved: 'git+ssh://git@x/y' }, /registry/],
  ['a plain address', { resolved: 'http://x/y.tgz' }, /registry/],
  ['a dependency from a repository', { dependencies: { y: 'github:a/b' } }, /github:a\/b/],
  ['a dependency in short for a repository', { dependencies: { y: 'a/b' } }, /a\/b/],
  ['a script that is not listed', { hasInstallScript: true }, /allowScripts/],
  ['a licence that binds others', { license: 'GPL-3.0' }, /licence/],
  ['half a licence that binds others', { license: 'MIT AND GPL-3.0' }, /licence/],
  ['no licence', { license: undefined }, /licence/],
];
for (const [what, one, told] of faults) {
  test(`the check of the lock finds ${what}`, () => {
    const found = faultsOf(one);
    assert.equal(found.length, 1, found.join(' '));
    assert.match(String(found), told);
  });
}

test('a script that is listed, and a choice of licences, pass the check of the lock', () => {
  assert.deepEqual(faultsOf({ hasInstallScript: true }, { x: true }), []);
  assert.deepEqual(faultsOf({ license: '(MIT OR GPL-3.0)' }), []);
});

test('a grave vulnerability is a fault, a lesser one is not, and silence of the registry is told as such', () => {
  const entry = (severity: string) => ({ name: 'x', severity });
  const report = JSON.stringify({ vulnerabilities: { a: entry('critical'), b: entry('low') } });
  assert.deepEqual(readAudit(report), { grave: ['x: critical'], others: 1 });
  assert.deepEqual(readAudit('{"vulnerabilities":{}}'), { grave: [], others: 0 });
  assert.deepEqual(readAudit('{"message":"405 Method Not Allowed"}'), {
    unasked: '405 Method Not Allowed',
  });
  for (const nothing of ['', 'not JSON', '{}']) assert.ok('unasked' in readAudit(nothing));
});
