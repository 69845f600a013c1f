import type { Command } from 'commander';
import { createKey, endKey, rotateKey } from '../changes/keyring.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import type { Installation } from '../installation/installation.ts';
import { listClients } from '../store/clients.ts';
import { listKeys } from '../store/keySummaries.ts';
import { findKey } from '../store/keys.ts';
import { listRegions } from '../store/regions.ts';
import {
  overlapOption,
  parseExpiry,
  parseKeyId,
  parseOperations,
  parseRanges,
  parseRegions,
} from './keyOptions.ts';
import { listed } from './listed.ts';
import { assertOutput, CommandError, print, say, table } from './output.ts';
import { reached, withDatabase, withInstallation } from './withInstallation.ts';

const ACTOR = 'command:key';

interface CreateOptions {
  database?: string;
  client: string;
  regions: number[] | 'all';
  ready: string;
  pulled: string;
  operations?: string[];
  ip?: string[];
  expires?: Date;
  json?: boolean;
}

interface RotateOptions {
  overlap: number;
  expires?: Date;
  json?: boolean;
}

export function keyCommands(program: Command): void {
  const key = program.command('key').description('API keys of clients');

  key
    .command('create')
    .description('create a key; it is printed once')
    .requiredOption('-c, --client <nom>', 'the client that it belongs to')
    .requiredOption('-r, --regions <ids>', 'region ids, or all', parseRegions)
    .requiredOption('--ready <designation>', 'the statut from which contacts are pulled')
    .requiredOption('--pulled <designation>', 'the statut that pulled contacts get')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--operations <names>', 'only these operations', parseOperations)
    .option('--ip <ranges>', 'only from these addresses', parseRanges)
    .option('--expires <when>', 'a date such as 2027-12-31, or days such as 90d', parseExpiry)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  relais key create --database main --client "Promoteur X" --regions 30,62 --ready "À transmettre" --pulled "Transmis"',
    )
    .action(async (options: CreateOptions) => {
      assertOutput('made');
      const issued = await withDatabase(options.database, async (database, { databases }) => {
        const mapping = await readMapping(database, options);
        return createKey(databases, database, mapping, ACTOR);
      });
      shown(issued, options);
    });

  key
    .command('list')
    .description('list the keys with their mapping and last use')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais key list --database main')
    .action(async (options: { database?: string; json?: boolean }) => {
      const keys = await withDatabase(options.database, ({ db }) => listKeys(db));
      const rows = keys.map((row) => ({
        id: row.id,
        client: row.client,
        environment: row.environment,
        regions: row.regions ?? 'all',
        ready: row.ready,
        pulled: row.pulled,
        operations: row.operations ?? 'all',
        state: row.exposed_at && row.state === 'valid' ? 'EXPOSED' : row.state,
        expires: row.expires_at,
        last_used: row.last_used_at,
      }));
      print(keys, options, table(rows, 'No key yet: relais key create --help'));
    });

  key
    .command('rotate')
    .argument('<id>', 'id of the key, see "relais key list"', parseKeyId)
    .description("give a key's mapping to a new key; the old one ends after the overlap")
    .addOption(overlapOption())
    .option(
      '--expires <when>',
      'when the new key ends: that of the old one unless told',
      parseExpiry,
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais key rotate 4fT0a9LmQz12 --overlap 7d')
    .action(async (id: string, options: RotateOptions) => {
      assertOutput('made');
      const issued = await withInstallation(async (installation) => {
        const { database, state } = await existing(installation, id);
        if (state !== 'valid')
          throw new CommandError(`The key ${id} is ${state}: create a new one.`);
        const { overlap: overlapHours, expires: expires_at } = options;
        const rotation = { overlapHours, ...(expires_at && { expires_at }) };
        return rotateKey(installation.databases, database, id, rotation, ACTOR);
      });
      shown(issued, options);
    });

  key
    .command('revoke')
    .argument('<id>', 'id of the key, see "relais key list"', parseKeyId)
    .description('end a key at once, on every server')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais key revoke 4fT0a9LmQz12')
    .action(async (id: string, options: { json?: boolean }) => {
      await withInstallation(async (installation) => {
        const { database } = await existing(installation, id);
        await endKey(database, id, ACTOR);
      });
      print({ id, state: 'revoked' }, options, `Revoked the key ${id}.`);
    });
}

/** Prints the key alone on standard output, so that a script can keep it. */
function shown(issued: { id: string; text: string }, options: { json?: boolean }): void {
  const ifLost = `The key ${issued.id} was made and nobody has it: relais key revoke ${issued.id}`;
  print({ id: issued.id, key: issued.text }, options, issued.text, ifLost);
  if (!options.json) say(`This is key ${issued.id}. It is shown this once: keep it now.`);
}

async function existing({ databases }: Installation, id: string) {
  const database = await databases.ofKey(id);
  const found = database && (await findKey((await reached(database)).db, id));
  if (!database || !found) {
    throw new CommandError(`There is no key "${id}": see "relais key list".`, 'notFound');
  }
  const state = found.revoked ? 'revoked' : found.expired ? 'expired' : 'valid';
  return { database, state };
}

/** Finds what the options name, and says what there is when they name something else. */
async function readMapping(database: CrmDatabase, options: CreateOptions) {
  const { db } = database;
  const client = (await listClients(db)).find((row) => row.nom === options.client.normalize('NFC'));
  if (!client) {
    throw new CommandError(
      `There is no client "${options.client}": create it with "relais client create".`,
      'notFound',
    );
  }
  const ready = await listed(database, '--ready', 'statut', options.ready);
  const pulled = await listed(database, '--pulled', 'statut', options.pulled);
  if (ready === pulled)
    throw new CommandError('--ready and --pulled name the same statut.', 'usage');
  const regions = options.regions === 'all' ? null : options.regions;
  if (regions) {
    const known = new Set((await listRegions(db, regions)).map((region) => region.id));
    const unknown = regions.filter((id) => !known.has(id));
    if (unknown.length) {
      throw new CommandError(`--regions: there is no region ${unknown.join(', ')}.`, 'notFound');
    }
  }
  return {
    id_client: client.id,
    regions,
    id_statut_ready: ready,
    id_statut_pulled: pulled,
    operations: options.operations ?? null,
    ip_ranges: options.ip ?? null,
    expires_at: options.expires ?? null,
  };
}
