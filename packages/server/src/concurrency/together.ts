/**
 * Asks for many at once: who asks while a question is on its way is answered by the next, together
 * with all who have asked meanwhile. So no answer is older than its question, and however many ask
 * there is one question at a time. `ask` gives the answers by what was asked; what has none is left
 * out.
 */
export function together<Asked, Answer>(
  ask: (asked: readonly Asked[]) => Promise<ReadonlyMap<Asked, Answer>>,
): (one: Asked) => Promise<Answer | undefined> {
  let next: { asked: Set<Asked>; answers: Promise<ReadonlyMap<Asked, Answer>> } | undefined;
  let before: Promise<unknown> = Promise.resolve();
  const open = () => {
    const asked = new Set<Asked>();
    const answers = before.then(() => {
      next = undefined;
      return ask([...asked]);
    });
    before = answers.catch(() => {});
    return { asked, answers };
  };
  return async (one) => {
    next ??= open();
    next.asked.add(one);
    return (await next.answers).get(one);
  };
}
