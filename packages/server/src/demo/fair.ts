import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrmDatabase } from '../installation/databases.ts';
import { planImport } from '../intake/file/planImport.ts';
import { ImportedBefore, importFile } from '../intake/importFile.ts';
import { withFolder } from '../scratch.ts';
import { findSource } from '../store/sources.ts';
import { enquiries, type Twist } from './alive/enquiries.ts';
import { ACTOR, FAIR } from './doors.ts';
import { seeded } from './random.ts';

const FILE = 'salon-habitat.csv';
const ROWS = 36;
/** Rows that are odd, by their number. */
const ODD: Readonly<Record<number, Twist>> = { 7: 'unreachable', 15: 'mistyped', 22: 'again' };

/** Imports the list of visitors of a fair, as an operator imports a file; once. */
export async function importFair(database: CrmDatabase): Promise<void> {
  const source = await findSource(database.db, FAIR);
  if (!source) return;
  await withFolder(async (folder) => {
    const path = join(folder, FILE);
    await writeFile(path, fairCsv());
    try {
      await importFile(database, source, await planImport(path, source), { by: ACTOR });
    } catch (error) {
      if (!(error instanceof ImportedBefore)) throw error;
    }
  });
}

/** The same file each time, as Excel writes it in France. */
function fairCsv(): string {
  const next = enquiries(seeded(7));
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const { visitor, programme } = next(ODD[row] ?? 'plain', 'message');
    const { nom, prenom, telephone = '', email = '' } = visitor;
    return [nom, prenom, telephone, email, programme.nom, 'Vu au salon, à rappeler.'];
  });
  const titles = ['Nom', 'Prénom', 'Téléphone', 'E-mail', 'Programme', 'Commentaire'];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = [titles, ...rows].map((row) => row.map(quoted).join(';'));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
