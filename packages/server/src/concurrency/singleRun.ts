/**
 * Runs a job, never twice at once: asked for while it runs, it runs once more afterwards. The
 * answer settles when no run is left. The job must not reject.
 */
export function singleRun(job: () => Promise<void>): () => Promise<void> {
  let asked = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (asked) {
      asked = false;
      await job();
    }
    // In the same step as the last look at `asked`, so that nobody asks in between.
    running = undefined;
  };
  return () => {
    asked = true;
    running ??= run();
    return running;
  };
}
