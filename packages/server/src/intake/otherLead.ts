import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { findErasure } from '../store/erasure.ts';
import type { ImportRow, KnownLead } from '../store/leads.ts';
import type { Source } from '../store/sources.ts';
import { fold } from './fields.ts';
import { identitiesOfLead } from './identify.ts';
import { type NormalisedLead, normalise } from './normalise.ts';
import { findProgramme } from './programme.ts';

/**
 * Whether what comes under the id of a lead may replace it: while it waits, and where it was put away
 * when nothing but its id was known.
 */
export const isOpen = ({ outcome, draft }: KnownLead): boolean =>
  outcome === 'quarantined' || (outcome === 'discarded' && draft?.unfetched === true);

/**
 * Under which id a lead is kept whose own one its source gave to another lead before: of another
 * person, or of the same one about another programme. Undefined where it is that lead again: as
 * sent, mended, or put right by an operator. Of an erased lead, only that its person is erased is known.
 * A row of a file mends no other row of it.
 */
export async function otherLeadId(
  trx: Transaction<Crm>,
  source: Source,
  earlier: KnownLead,
  { lead, row }: { readonly lead: NormalisedLead; readonly row: ImportRow | undefined },
  externalId: string,
): Promise<string | undefined> {
  const { draft, sent, id_import, programme: given } = earlier;
  const person = identitiesOfLead(lead).sort();
  const before = [draft, sent].flatMap((known) => (known ? normalise(known) : []));
  const isOther =
    before.length > 0
      ? before.every((known) => isOtherPerson(known, lead))
      : person.length > 0 && (await findErasure(trx, person)) === undefined;
  if (isOther) return idBeside(externalId, ...(person.length > 0 ? person : wordsOf(lead)));
  const isOfFile = row !== undefined && row.import === id_import;
  // As long as it waits, a sender may mend its programme.
  if ((isOpen(earlier) && !isOfFile) || before.length === 0) return undefined;
  const programme = await otherProgramme(trx, source, { before, given }, lead, isOfFile);
  return programme === undefined ? undefined : idBeside(externalId, `programme ${programme}`);
}

/**
 * The programme that a lead names and that it was not about before, by its id; undefined when there
 * is none. One that is not known may be the same under another name, but where both names stand in
 * one file. Where the lead has come in its action tells (`given`): what it said names another one, or
 * none, once a programme was renamed or mapped otherwise.
 */
async function otherProgramme(
  trx: Transaction<Crm>,
  source: Source,
  { before, given }: { readonly before: readonly NormalisedLead[]; readonly given: number | null },
  lead: NormalisedLead,
  isOfFile: boolean,
): Promise<number | string | undefined> {
  const nameOf = ({ programme = '' }: NormalisedLead) => fold(programme);
  if (nameOf(lead) === '' || before.some((known) => nameOf(known) === nameOf(lead))) return;
  const { id } = await findProgramme(trx, source, lead);
  if (id === undefined) return isOfFile ? nameOf(lead) : undefined;
  if (id === given) return;
  for (const known of before) {
    if ((await findProgramme(trx, source, known)).id === id) return;
  }
  return id;
}

const MARK = ' other:';

/**
 * True where neither telephone, nor address, nor name is the same. Of one who has neither telephone
 * nor address, a name of other words alone tells it.
 */
export function isOtherPerson(before: NormalisedLead, lead: NormalisedLead): boolean {
  const known = identitiesOfLead(before);
  const given = identitiesOfLead(lead);
  if (given.some((identity) => known.includes(identity))) return false;
  const [words, wordsBefore] = [wordsOf(lead), wordsOf(before)];
  if (known.length === 0 || given.length === 0) {
    return (
      words.length > 0 &&
      wordsBefore.length > 0 &&
      !words.some((word) => wordsBefore.includes(word))
    );
  }
  return words.length === 0 || words.join(' ') !== wordsBefore.join(' ');
}

/** The words of a name, the same in whatever order they were given. */
const wordsOf = ({ person: { prenom, nom } }: NormalisedLead): string[] =>
  `${prenom ?? ''} ${nom ?? ''}`
    .split(/[\s-]+/)
    .map(fold)
    .filter(Boolean)
    .sort();

/** The same for the same lead, so that it can be sent again; 255 characters at the most. */
function idBeside(externalId: string, ...apart: string[]): string {
  const [own = ''] = externalId.split(MARK);
  const hash = createHash('sha256')
    .update([externalId, ...apart].join('\n'))
    .digest('hex');
  return `${Array.from(own).slice(0, 180).join('')}${MARK}${hash}`;
}
