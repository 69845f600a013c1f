import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { dumpLayouts, dumpRecords, onSnapshot } from '../store/dump.ts';

/**
 * Writes a CRM database in the JSON form of the load format, one record a line, as it stood at one
 * moment. `write` is waited for, so that memory stays bounded. Loading what was written, and
 * dumping that, gives the same text.
 */
export async function dump(
  db: Kysely<Crm>,
  write: (text: string) => Promise<void> | void,
): Promise<void> {
  await onSnapshot(db, async (trx) => {
    let opening = '{\n';
    for (const layout of dumpLayouts) {
      await write(`${opening}"${layout.collection}": [`);
      let separator = '\n';
      for await (const records of dumpRecords(trx, layout)) {
        await write(separator + records.join(',\n'));
        separator = ',\n';
      }
      await write(separator === '\n' ? ']' : '\n]');
      opening = ',\n';
    }
    await write('\n}\n');
  });
}
