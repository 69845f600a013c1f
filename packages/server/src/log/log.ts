import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';
import { whyNoConnection } from '../db/away.ts';
import { sqlState } from '../db/pool.ts';
import { createLogOutput } from './logOutput.ts';

export type { Logger };

const standardOutput = createLogOutput(1);

/** Structured lines on standard output. Every call names its fields: nothing is logged whole. */
export const createLog = (level: Config['logLevel']): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, standardOutput);

/**
 * What may be logged of an error: its kind, its code and where it arose, or that it was the
 * connection to PostgreSQL. Not its message, nor the details PostgreSQL adds: they can quote a
 * person's data.
 */
export function errorFields(error: unknown): Record<string, string | undefined> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as NodeJS.ErrnoException).code;
  const postgresql = whyNoConnection(error);
  if (postgresql) return { postgresql, code };
  return {
    error: error.name,
    code: typeof code === 'string' ? code : undefined,
    sqlstate: sqlState(error),
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim())
      .join(' < '),
  };
}
