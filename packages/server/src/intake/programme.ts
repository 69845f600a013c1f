import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { allProgrammes, namedProgrammes } from '../store/programmes.ts';
import type { Source } from '../store/sources.ts';
import { MOST_COMPARED, nearest } from '../text/nearest.ts';
import { fold } from './fields.ts';
import type { NormalisedLead } from './normalise.ts';
import type { Reason } from './reason.ts';

type Named = { readonly id: number; readonly nom: string };

/** A programme, or why there is none. */
export type FoundProgramme = { readonly id: number } | { readonly id: undefined; reason: Reason };

const unknown = (suggestion?: string): FoundProgramme => ({
  id: undefined,
  reason: { code: 'unknown_programme', ...(suggestion ? { suggestion } : {}) },
});

const show = (programmes: readonly Named[]): string =>
  programmes.map(({ id, nom }) => `« ${nom} » (${id})`).join(', ');

/**
 * The programme that a lead is about. One that it names and nobody knows is never replaced by the
 * default, and of two that it names none is chosen: the lead would go to the wrong client. What
 * only hints (the id of a form, of a campaign) may be unknown.
 */
export async function findProgramme(
  db: Kysely<Crm>,
  source: Source,
  lead: NormalisedLead,
): Promise<FoundProgramme> {
  const mapped = (text: string): number | undefined =>
    Object.hasOwn(source.programmes, fold(text)) ? source.programmes[fold(text)] : undefined;
  const named = async (text: string): Promise<FoundProgramme> => {
    const id = mapped(text);
    return id === undefined ? byName(db, text) : { id };
  };

  if (lead.programme !== undefined) {
    const first = await named(lead.programme);
    return first.id === undefined ? first : alone(db, first.id, lead.otherProgrammes, named);
  }
  for (const hint of lead.hints) {
    const id = mapped(hint);
    if (id !== undefined) return { id };
  }
  if (source.id_programme !== null) return { id: source.id_programme };
  const [surest] = lead.hints;
  return unknown(
    surest && `Associer « ${surest} » à un programme : relais source map ${source.nom}`,
  );
}

/** The programme that a lead names first, unless it names another one that is known. */
async function alone(
  db: Kysely<Crm>,
  id: number,
  others: readonly string[],
  named: (text: string) => Promise<FoundProgramme>,
): Promise<FoundProgramme> {
  const ids = [id];
  for (const text of others) {
    const other = await named(text);
    if (other.id !== undefined && !ids.includes(other.id)) ids.push(other.id);
  }
  if (ids.length === 1) return { id };
  const programmes = (await allProgrammes(db)).filter((programme) => ids.includes(programme.id));
  return unknown(`Plusieurs programmes sont nommés : ${show(programmes)}`);
}

/** Where a name has "Cœur", a form or a file may well have "Coeur". */
const foldName = (nom: string): string => fold(nom).replaceAll('œ', 'oe').replaceAll('æ', 'ae');

async function byName(db: Kysely<Crm>, text: string): Promise<FoundProgramme> {
  const named = await namedProgrammes(db, text);
  const [first] = named;
  if (first && named.length === 1) return { id: first.id };
  if (first) return unknown(`Plusieurs programmes portent ce nom : ${show(named)}`);

  // Nobody knows it to the letter: the rare case, for which all names are read.
  const all = await allProgrammes(db);
  const alike = (fold: (nom: string) => string) =>
    all.filter(({ nom }) => fold(nom) === fold(text));
  const own = alike(fold);
  const same = own.length > 0 ? own : alike(foldName);
  const [only] = same;
  if (only && same.length === 1) return { id: only.id };
  if (only) return unknown(`Plusieurs programmes portent ce nom : ${show(same)}`);
  const names = new Map(all.map((programme) => [foldName(programme.nom), programme]));
  const folded = foldName(text);
  const limit = Math.ceil(Math.min(folded.length, MOST_COMPARED) / 3);
  const near = nearest(folded, names.keys(), limit);
  const likely = near === undefined ? undefined : names.get(near);
  return unknown(likely && `Peut-être ${show([likely])}`);
}
