import type { BackgroundWork } from './concurrency/backgroundWork.ts';
import type { Config } from './config.ts';
import type { Deferred } from './deferred.ts';
import type { Databases } from './installation/databases.ts';
import type { Logger } from './log/log.ts';
import type { Tracing } from './tracing.ts';

/** What the application needs to answer: made once by main (or a test) and passed down. */
export interface Context {
  readonly config: Config;
  readonly log: Logger;
  readonly databases: Databases;
  readonly deferred: Deferred;
  /** The key that seals the secrets of ad platforms. */
  secret(): Promise<Buffer>;
  /** Fetches the leads that Meta tells of. */
  readonly metaWorker: Pick<BackgroundWork, 'wake'>;
  /** Does the long work of the console. */
  readonly jobs: Pick<BackgroundWork, 'wake'>;
  /** Traces of requests; undefined where nobody asked for them. */
  readonly tracing?: Tracing | undefined;
}
