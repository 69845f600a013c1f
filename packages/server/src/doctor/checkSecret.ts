import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { InstallError } from '../db/administer.ts';
import type { Databases } from '../installation/databases.ts';
import { openSecret } from '../installation/secret.ts';
import { metaSecrets } from '../intake/meta/secrets.ts';
import { opensTotp } from '../staff/totp.ts';
import { sealedCodes, sealedSources } from '../store/examine.ts';
import { findSource } from '../store/sources.ts';
import { plural } from '../text/plural.ts';
import { type Finding, findingsOf } from './finding.ts';

const { ok, warning, fault } = findingsOf('server');

/** Looks whether the secret of this host opens what was sealed; it makes none. */
export async function checkSecret(config: Config, databases: Databases): Promise<Finding> {
  const sealed = await readSealed(databases);
  const file = join(config.dataDir, 'secret');
  const kept = await access(file).then(
    () => true,
    () => false,
  );
  if (config.secret === undefined && !kept) {
    return sealed.length === 0
      ? config.databaseUrl === undefined
        ? ok('nothing is sealed yet: a secret is made when it is first needed')
        : warning(
            'RELAIS_SECRET is not set: each host would make a secret of its own, which the others can not open',
            'Set RELAIS_SECRET to the same 32 random characters or more on every host, such as from "openssl rand -hex 32".',
          )
      : fault(
          'second factors or ad platforms were sealed with a secret that is not on this host',
          `Set the RELAIS_SECRET they were sealed with, or bring back the file ${file}.`,
        );
  }
  const key = await openSecret(config)().catch((error) => {
    if (error instanceof InstallError) return undefined;
    throw error;
  });
  if (!key) {
    return fault(
      `${file} is empty: nothing is sealed with it, and nothing opened`,
      'Bring it back from a backup, or remove it where there is none.',
    );
  }
  const shut = sealed.filter(({ opens }) => !opens(key));
  if (shut.length > 0) {
    const factors = shut.filter(({ source }) => source === undefined).length;
    const sources = shut.flatMap(({ source }) => source ?? []);
    const what = [
      ...(factors ? [plural(factors, 'second factor')] : []),
      ...(sources.length ? [`the secrets of ${sources.join(', ')}`] : []),
    ];
    return fault(
      `the secret of this host does not open what was sealed with another: ${what.join(', and ')}`,
      'Set the RELAIS_SECRET they were sealed with. If it is lost: have people set up their second factor anew, and give the ad platforms their secrets again.',
    );
  }
  if (config.secret === undefined && config.databaseUrl !== undefined) {
    return warning(
      `the secret is in ${file}, on this host alone`,
      'With several hosts: set RELAIS_SECRET on each to the content of that file. Keep a copy of it with the backups.',
    );
  }
  return ok('its secret opens what was sealed');
}

/** What was sealed: a second factor, or the secrets of a source, and whether a key opens it. */
interface Sealed {
  readonly source?: string;
  opens(key: Buffer): boolean;
}

/** All of it: what was set up anew under another secret tells nothing of the rest. */
async function readSealed(databases: Databases): Promise<Sealed[]> {
  const sealed: Sealed[] = (await sealedCodes(databases.catalog)).map(({ id, totp_secret }) => ({
    opens: (key) => opensTotp(key, id, totp_secret),
  }));
  for (const { db } of await databases.all()) {
    for (const nom of await sealedSources(db).catch(() => [])) {
      const source = await findSource(db, nom);
      if (source) {
        sealed.push({ source: nom, opens: (key) => metaSecrets(key, source) !== undefined });
      }
    }
  }
  return sealed;
}
