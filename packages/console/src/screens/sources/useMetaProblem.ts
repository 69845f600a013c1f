import { useTexts } from './useTexts.ts';

/** What keeps a Meta source from being read, in words: the server says `denied (190)`. */
export function useMetaProblem(): (problem: string) => string {
  const { problems } = useTexts().meta;
  return (problem) => {
    const text = problems[/^[a-z]+/.exec(problem)?.[0] ?? ''];
    const detail = /\s(.+)$/s.exec(problem)?.[1];
    if (text === undefined) return problem;
    return detail === undefined ? text : `${text} ${detail}`;
  };
}
