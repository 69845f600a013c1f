import { useTexts } from '../useTexts.ts';

const MAPPED = /^At the source "(.*)" the text "(.*)" names the programme (\d+): /s;

/** Why a release was refused, in the language of the page; the server's sentence for what is new. */
export function useProblem(): (problem: string) => string {
  const { mapped } = useTexts().many;
  return (problem) => {
    const [, source, text, programme] = MAPPED.exec(problem) ?? [];
    return source && text && programme ? mapped(source, text, programme) : problem;
  };
}
