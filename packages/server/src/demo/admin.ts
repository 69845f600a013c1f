import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Installation } from '../installation/installation.ts';
import { base62 } from '../keys/encoding.ts';
import { hashPassword, isPassword } from '../staff/password.ts';
import { writeCatalogAudit } from '../store/catalogAudit.ts';
import { findPersonByEmail, insertStaff, setPassword } from '../store/staff.ts';
import { keep, readKept } from './kept.ts';

const ADMIN = { email: 'admin@relais.example', nom: 'Admin', role: 'admin' } as const;
const FILE = 'demo-password';
const LENGTH = 16;

/**
 * The demo's admin, made on the first start with a random password. The password is undefined when
 * somebody has set another since.
 */
export async function demoAdmin(
  { databases: { catalog } }: Installation,
  dataDir: string,
): Promise<{ email: string; password: string | undefined }> {
  const { email } = ADMIN;
  const file = join(dataDir, FILE);
  const person = await findPersonByEmail(catalog, email);
  if (person) {
    const kept = await readKept(file);
    return { email, password: (await isPassword(kept, person.password_hash)) ? kept : undefined };
  }
  const password = base62(randomBytes(16), LENGTH);
  await keep(file, password);
  const hash = await hashPassword(password);
  await catalog.transaction().execute(async (trx) => {
    const id = await insertStaff(trx, ADMIN);
    if (id === undefined) return;
    await setPassword(trx, id, hash);
    const target = `staff:${id}`;
    await writeCatalogAudit(trx, { actor: 'command:demo', act: 'staff.create', target });
  });
  return { email, password };
}
