import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import { undoImport } from '../../src/intake/undoImport.ts';
import { relais, temporaryFolder } from './command.ts';
import { PULLED, QUALIFY } from './crm.ts';
import { importBench } from './importing.ts';
import { makeSource, sendLead } from './intake.ts';
import type { TestServer } from './server.ts';

export const BY = 'command:test';
const TITLES = ['nom', 'prenom', 'telephone', 'email', 'programme', 'id', 'utm_source', 'message'];
type Row = Partial<Record<(typeof TITLES)[number], string>>;

/** A CRM database with two programmes, whose live leads want qualifying and whose files do not. */
export async function undoBench(server: TestServer, t: TestContext) {
  const bench = await importBench(server, await temporaryFolder(t));
  const { database, db, source } = bench;
  await sql`update action set id_statut = ${PULLED}, pulled_at = now()`.execute(db);
  await sql`insert into programme (id, id_region, nom) values (146, 62, 'Le Clos')`.execute(db);
  const { text: key } = await server.key('Promoteur X', { database });
  const live = `${source}-live`;
  const token = await makeSource(server, live, 'json', { database, id_statut: QUALIFY });
  let files = 0;
  const write = (rows: readonly Row[]) => {
    files += 1;
    const cells = rows.map((row) => TITLES.map((title) => row[title] ?? ''));
    return bench.write(`${files}.csv`, [TITLES, ...cells]);
  };
  return {
    ...{ database, db, source, live, write },
    run: (...args: string[]) => relais(bench.env, 'import', ...args, '-d', database.nom),
    pull: (limit = 200) => server.send(key, { operation: 'pullContacts', limit }),
    release: (pullId: string) =>
      server.send(key, { operation: 'releasePull', pullId, reason: 'test' }),
    undo: (id: number) => undoImport(database, id, BY),
    path: bench.imports,
    plan: bench.plan,
    find: bench.find,
    /** Imports rows as a file. */
    imports: async (...rows: Row[]) => bench.imports(await write(rows)),
    send: (lead: object) => sendLead(server.url, live, token, { programme: 145, ...lead }),
  };
}

export type UndoBench = Awaited<ReturnType<typeof undoBench>>;

/** An action as it stands; undefined when there is none. */
export const actionOf = async ({ db }: UndoBench, id: number | null) => {
  const found = await sql<{ id_statut: number; commentaire: string | null; utm_source: string }>`
    select action.id_statut, action.commentaire, action.utm_source from action
    where action.id = ${id}`.execute(db);
  return found.rows[0];
};

/** The names of the persons of all actions that were made, oldest first. */
export const actionsOf = async ({ db }: UndoBench): Promise<(string | null)[]> => {
  const found = await sql<{ nom: string | null }>`
    select prospect.nom from action join prospect on prospect.id = action.id_prospect
    where action.id <> 1045 order by action.id`.execute(db);
  return found.rows.map(({ nom }) => nom);
};

/** What became of the rows of an import, in order. */
export const leadsOf = async ({ db }: UndoBench, id: number) => {
  const found = await sql<{ outcome: string; line: number }>`
    select lead.outcome, lead.line from lead
    where lead.id_import = ${id} order by lead.line`.execute(db);
  return found.rows.map(({ outcome }) => outcome);
};
