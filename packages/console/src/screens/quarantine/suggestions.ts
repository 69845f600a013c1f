import type { ProgrammeOption } from '../../lib/programmeOptions.ts';
import type { Lead } from './lead.ts';

/** What can be taken over with one press: a programme, an address, or both of them. */
export interface Suggestion {
  readonly programme: ProgrammeOption | undefined;
  readonly email: string | undefined;
}

/**
 * The suggestions of the intake routine that name a value: "Peut-être « Les Jardins » (145)",
 * "Peut-être jean@gmail.com ?". Several programmes of one name are a suggestion each. Only
 * programmes that exist are taken, so that nothing a sender typed can pass for one.
 */
export function suggestionsOf(
  reasons: readonly Pick<Lead['reasons'][number], 'code' | 'suggestion'>[],
  programmes: readonly ProgrammeOption[],
): Suggestion[] {
  const said = (...codes: string[]) =>
    reasons.find(({ code }) => codes.includes(code))?.suggestion ?? '';
  const aboutProgramme = said('unknown_programme');
  const likely = /^(Peut-être|Plusieurs programmes) /.test(aboutProgramme)
    ? programmes.filter(({ id, nom }) => aboutProgramme.includes(`« ${nom} » (${id})`))
    : [];
  const aboutEmail = said('email_doubtful', 'email_unreadable');
  const email = /^Peut-être (\S+@\S+) \?$/.exec(aboutEmail)?.[1];
  if (likely.length > 0) return likely.map((programme) => ({ programme, email }));
  return email === undefined ? [] : [{ programme: undefined, email }];
}

/** The corrections of releaseLead that take a suggestion over. */
export const correctionOf = ({ programme, email }: Suggestion) => ({
  ...(programme && { programmeId: programme.id }),
  ...(email !== undefined && { email }),
});

/** A suggestion in words: the values that it gives. */
export const wordsOf = ({ programme, email }: Suggestion): string =>
  [programme?.label, email].filter((value) => value !== undefined).join(', ');
