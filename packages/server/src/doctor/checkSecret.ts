import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { InstallError } from '../db/administer.ts';
import type { Databases } from '../installation/databases.ts';
import { openSecret } from '../installation/secret.ts';
import { metaSecrets } from '../intake/meta/secrets.ts';
import { opensTotp } from '../staff/totp.ts';
import { anySealedCode, anySealedSource } from '../store/examine.ts';
import { findSource } from '../store/sources.ts';
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
  if (sealed.some((opens) => !opens(key))) {
    return fault(
      'the secret of this host does not open the second factors or ad platforms that were sealed',
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

/** Tests for whether a key opens what was sealed: the newest of each kind. */
async function readSealed(databases: Databases): Promise<((key: Buffer) => boolean)[]> {
  const tests: ((key: Buffer) => boolean)[] = [];
  const code = await anySealedCode(databases.catalog);
  if (code) tests.push((key) => opensTotp(key, code.id, code.totp_secret));
  for (const { db } of await databases.all()) {
    const nom = await anySealedSource(db).catch(() => undefined);
    const source = nom && (await findSource(db, nom));
    if (source) tests.push((key) => metaSecrets(key, source) !== undefined);
  }
  return tests;
}
