/** Counts of what refers to a record, in words, without those that are none. */
export const usesOf = (counts: readonly (readonly [count: number, words: string])[]) => {
  const some = counts.filter(([count]) => count > 0);
  return {
    uses: some.map(([, words]) => words),
    isOne: some.reduce((sum, [count]) => sum + count, 0) === 1,
  };
};
