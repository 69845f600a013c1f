import { useFormats } from '../../../texts/useFormats.ts';
import { useTexts } from '../useTexts.ts';

const MEANWHILE = /^It was changed meanwhile: it stands in "(.*)" now\.$/s;
const PULLED = /^It was pulled by "(.*)" at (\S+): release that pull instead\.$/s;
const PULLED_BEFORE = /^It was pulled by a client of an older system at (\S+): /;
const GONE = 'There is no such action.';

/** Why a change was refused, in the language of the page; the server's sentence for what is new. */
export function useProblem(): (problem: string) => string {
  const texts = useTexts().statut.problems;
  const formats = useFormats();
  return (problem) => {
    const meanwhile = MEANWHILE.exec(problem)?.[1];
    if (meanwhile !== undefined) return texts.meanwhile(meanwhile);
    const [, client, at] = PULLED.exec(problem) ?? [];
    if (client !== undefined && at) return texts.pulled(client, formats.minute(at));
    const before = PULLED_BEFORE.exec(problem)?.[1];
    if (before) return texts.pulledBefore(formats.minute(before));
    return problem === GONE ? texts.gone : problem;
  };
}
