import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { migrate } from '../../src/db/migrate.ts';
import { connect } from '../../src/db/pool.ts';
import { installationFor } from '../support/installation.ts';
import { contractions } from './contracting.ts';

const migrations = new URL('../../migrations/', import.meta.url);

/** The last migrations from before the rule. */
const BEFORE = { catalog: 5, crm: 5 };

for (const schema of ['catalog', 'crm'] as const) {
  test(`a version that runs survives every migration of ${schema}`, () => {
    const folder = new URL(`${schema}/`, migrations);
    const files = readdirSync(folder).filter((name) => /^\d{4}_.*\.sql$/.test(name));
    const ruled = files.filter((name) => Number.parseInt(name, 10) > BEFORE[schema]);
    assert.ok(ruled.length > 0);
    for (const name of ruled) {
      assert.deepEqual(contractions(readFileSync(new URL(name, folder), 'utf8')), [], name);
    }
  });
}

test('what an older version may not survive is seen in a migration', () => {
  for (const [sql, why] of [
    ['drop table client', 'takes something away'],
    ['drop index action_ready', 'takes something away'],
    ['alter table client drop column nom', 'takes something away'],
    ['ALTER TABLE ONLY client\n  DROP nom', 'takes something away'],
    ['alter table client drop constraint client_nom_key', 'takes something away'],
    ['alter table client add a text, drop b', 'takes something away'],
    ['alter table client rename to customer', 'renames'],
    ['alter table client rename nom to name', 'renames'],
    ['alter table client alter nom type varchar(20)', 'changes a type'],
    ['alter table client alter column nom set data type bigint', 'changes a type'],
    ['alter table client alter nom set not null', 'forbids null'],
    ['alter table client alter created_at drop default', 'takes a default away'],
    ['alter table client add vat text not null', 'adds a column that older versions do not fill'],
    ["alter table client add check (nom <> '')", 'adds a rule'],
    ['create unique index on client (nom)', 'adds a rule'],
    ['truncate client', 'empties a table'],
    ['-- drop what is old\nselect 1; drop view old', 'takes something away'],
  ] as const) {
    const [found] = contractions(sql);
    assert.equal(found?.split(':')[0], why, sql);
  }
});

test('what only adds or loosens passes, and what is marked as unread', () => {
  for (const sql of [
    'create table visit (id bigint primary key, nom text not null check (nom in (1, 2)))',
    'create table visit (nom text); create unique index on visit (nom); alter table visit add b int not null',
    'create index on client (nom)',
    "alter table client add vat text, add kind text not null default 'a' check (kind in ('a', 'b'))",
    'alter table action drop constraint action_id_pull_fkey, drop constraint action_nom_check',
    'alter table client alter vat drop not null',
    "-- drop table client;\nupdate client set nom = 'drop table; client'",
    "do $$ begin execute 'drop table x'; end $$",
    '-- contract: unread since 0.2.0\nalter table client drop column vat',
    'select 1;\n\n-- Its place is taken by vat.\n-- contract: unread since 1.12.0\ndrop table client',
  ]) {
    assert.deepEqual(contractions(sql), [], sql);
  }
  const other = '-- contract: unread since 0.2.0\ndrop table a; drop table b';
  assert.deepEqual(contractions(other), ['takes something away: drop table b']);
});

test('a migration that waits for a lock holds up nobody who wants the same table', async (t) => {
  const installation = await installationFor(t);
  const url = installation.catalogUrl;
  const [holder, reader] = await Promise.all([connect(url), connect(url)]);
  t.after(() => Promise.all([holder.end(), reader.end()]));
  // As before the migration that adds this column.
  await holder.query('alter table crm_database drop column sandbox cascade');
  await holder.query('delete from migration where number = 5');
  await holder.query('begin; lock table crm_database in access share mode');
  const migrated = migrate(url, 'catalog');
  const waits = async () => {
    const { rows } = await reader.query<{ waits: boolean }>(
      `select exists (select from pg_locks where not granted
         and relation = 'crm_database'::regclass) as waits`,
    );
    return rows[0]?.waits;
  };
  while (!(await waits()));
  // What a request has the patience for.
  await reader.query("set lock_timeout = '3s'");
  await reader.query('select from crm_database');
  await holder.query('commit');
  await migrated;
  await reader.query('select sandbox from crm_database');
});
