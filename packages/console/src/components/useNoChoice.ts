import { useComponentTexts } from './useComponentTexts.ts';

/** What a Select says that has nothing to choose: that its list is on its way, or where it is filled. */
export function useNoChoice() {
  const { noChoice, loading } = useComponentTexts();
  return (list: readonly unknown[] | undefined) => {
    if (list === undefined) return { nothingFoundMessage: loading };
    return list.length === 0 ? { nothingFoundMessage: noChoice } : {};
  };
}
