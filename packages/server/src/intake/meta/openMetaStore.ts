import { createGate } from '../../concurrency/gate.ts';
import type { CrmDatabase, Databases } from '../../installation/databases.ts';
import { listForms, noteFormFailed, noteFormRead, takeForms } from '../../store/metaForms.ts';
import { hintsOf, postponeNotice, settleNotice, takeNotices } from '../../store/metaNotices.ts';
import { findOpenSources, findSource, type Source } from '../../store/sources.ts';
import { admit } from '../admit.ts';
import { inTransaction } from '../inTransaction.ts';
import type { LeadDraft } from '../leadDraft.ts';
import type { MetaSource, MetaStore } from './metaStore.ts';
import { metaSecrets } from './secrets.ts';

/** Leads are fetched several at once, and stored few at once: pulls need connections, too. */
const STORED_AT_ONCE = 2;

/** What the Meta worker needs, over all CRM databases. */
export function openMetaStore(databases: Databases, secret: () => Promise<Buffer>): MetaStore {
  /** The database of each source, by its name, which is one in the installation. */
  const homes = new Map<string, CrmDatabase>();
  const gate = createGate(STORED_AT_ONCE, Number.POSITIVE_INFINITY);
  const dbOf = ({ nom }: MetaSource) => {
    const home = homes.get(nom);
    if (!home) throw new Error('this source was not given out');
    return home.db;
  };

  /** Stores a lead and forgets its notice, whose hints `draftOf` is given. */
  const store = (
    source: MetaSource,
    leadgenId: string,
    draftOf: (hints: readonly string[]) => LeadDraft,
  ) =>
    gate.pass(() =>
      inTransaction(dbOf(source), async (trx) => {
        const hints = await hintsOf(trx, source.id, leadgenId);
        // Read anew: its rules may have changed while the lead was fetched.
        const current = await findSource(trx, source.nom);
        if (current) await admit(trx, current, draftOf(hints));
        await settleNotice(trx, source.id, leadgenId);
      }),
    );

  return {
    async sources() {
      const all = await databases.all();
      const results = await Promise.allSettled(
        all.map(async (database) => {
          const sources = await findOpenSources(database.db, 'meta');
          const opened = await Promise.all(sources.map((own) => open(database, own, secret)));
          for (const { nom } of sources) homes.set(nom, database);
          return opened.flatMap((source) => source ?? []);
        }),
      );
      // A database that is away holds no other up: its sources have their turn when it is back.
      return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    },
    takeDue: (source, most, lease) => takeNotices(dbOf(source), source.id, most, lease),
    admit: (source, draft) => store(source, draft.externalId ?? '', () => draft),
    giveUp: (source, leadgenId) =>
      store(source, leadgenId, (hints) => ({ externalId: leadgenId, hints, unfetched: true })),
    postpone: (source, ...rest) => postponeNotice(dbOf(source), source.id, ...rest),
    takeForms: (source, lease) => takeForms(dbOf(source), source.id, lease),
    formRead: (source, ...rest) => noteFormRead(dbOf(source), source.id, ...rest),
    formFailed: (source, ...rest) => noteFormFailed(dbOf(source), source.id, ...rest),
  };
}

async function open(
  { db }: CrmDatabase,
  source: Source,
  secret: () => Promise<Buffer>,
): Promise<MetaSource | undefined> {
  const secrets = metaSecrets(await secret(), source);
  const { id, nom } = source;
  return secrets && { id, nom, ...secrets, forms: await listForms(db, id) };
}
