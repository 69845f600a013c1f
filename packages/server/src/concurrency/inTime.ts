/** What a piece of work comes to; fails when that takes longer, milliseconds, and does not end it. */
export async function inTime<Result>(work: Promise<Result>, most: number): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), most);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
