import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { noSuch } from '../refusal.ts';
import { type KeySummary, listKeys } from '../store/keySummaries.ts';
import { listRegions } from '../store/regions.ts';

/** Keys as the console shows them, newest first. */
export async function presentKeys(
  db: Kysely<Crm>,
  only: { id?: string; client?: number | undefined },
) {
  const keys = await listKeys(db, only);
  const regions = await listRegions(db, [...new Set(keys.flatMap((key) => key.regions ?? []))]);
  const names = new Map(regions.map(({ id, nom }) => [id, nom]));
  return keys.reverse().map((key) => present(key, names));
}

/** One key as the console shows it. */
export async function presentKey(db: Kysely<Crm>, id: string) {
  const [key] = await presentKeys(db, { id });
  if (!key) throw noSuch('key', id);
  return key;
}

function present(key: KeySummary, names: ReadonlyMap<number, string>) {
  const { id_client, client, ready, pulled, id_statut_ready, id_statut_pulled, ...own } = key;
  return {
    ...own,
    client_id: id_client,
    client_nom: client,
    regions: key.regions?.map((id) => ({ id, nom: names.get(id) ?? '' })) ?? null,
    ready_statut_id: id_statut_ready,
    ready_statut_designation: ready,
    pulled_statut_id: id_statut_pulled,
    pulled_statut_designation: pulled,
    operations: key.operations && [...key.operations],
    ip_ranges: key.ip_ranges && [...key.ip_ranges],
  };
}
