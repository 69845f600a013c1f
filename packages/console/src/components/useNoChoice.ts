import { useComponentTexts } from './useComponentTexts.ts';

/** What a Select says whose list is empty, once that is known: where it is filled. */
export function useNoChoice() {
  const { noChoice } = useComponentTexts();
  return (list: readonly unknown[] | undefined) =>
    list?.length === 0 ? { nothingFoundMessage: noChoice } : {};
}
