import { plainName } from '@relais/contract';
import { isPostgresUrl } from '../config.ts';
import { connect } from '../db/pool.ts';
import { CommandError } from './output.ts';
import { Away } from './withInstallation.ts';

/** Refuses a name that no CRM database can have, and a `--url` that is no address of PostgreSQL. */
export function assertPlace(nom: string, url: string | undefined): void {
  if (!plainName.test(nom)) {
    throw new CommandError(
      `"${nom}" can't name a CRM database: use 1 to 40 lower-case letters, digits, - and _, a letter first.`,
      'usage',
    );
  }
  if (url !== undefined) assertUrl(url);
}

export function assertUrl(url: string): void {
  if (isPostgresUrl(url)) return;
  throw new CommandError(
    '--url must be such as postgresql://user:password@host:5432/name.',
    'usage',
  );
}

/** Fails with Away unless PostgreSQL lets us in at the address of `--url`. */
export async function answered(url: string): Promise<void> {
  const connection = await connect(url).catch((cause) => {
    throw new Away('--url', cause);
  });
  await connection.end();
}
