import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { dumpRecords } from '../store/dump.ts';
import { liftLimits } from '../store/load.ts';
import { layouts } from '../store/loadLayout.ts';
import { readConsistently } from '../store/snapshot.ts';
import { isIdentity } from './identities.ts';

/**
 * Writes a CRM database in the JSON form of the load format, one record a line, as it stood at one
 * moment. `write` is waited for, so that memory stays bounded. Loading what was written, and
 * dumping that, gives the same text, but for identities of its prospects that were missing.
 */
export async function dump(
  db: Kysely<Crm>,
  write: (text: string) => Promise<void> | void,
): Promise<void> {
  await readConsistently(db, async (trx) => {
    await liftLimits(trx);
    let opening = '{\n';
    for (const layout of layouts) {
      await write(`${opening}"${layout.collection}": [`);
      let separator = '\n';
      for await (const page of dumpRecords(trx, layout)) {
        const records = layout.collection === 'identities' ? page.filter(loadable) : page;
        if (records.length === 0) continue;
        await write(separator + records.join(',\n'));
        separator = ',\n';
      }
      await write(separator === '\n' ? ']' : '\n]');
      opening = ',\n';
    }
    await write('\n}\n');
  });
}

/**
 * No lead is recognised by what a migration took over as it was and intake reads otherwise. `load`
 * refuses it, and reads the prospect's own telephone and e-mail address again.
 */
const loadable = (record: string): boolean => isIdentity(JSON.parse(record).value);
