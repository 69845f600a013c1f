import { ConfigError } from '../config.ts';
import { InstallError } from '../db/administer.ts';
import { EngineError } from '../db/embedded.ts';
import { sqlState } from '../db/pool.ts';
import { FileError } from '../intake/file/fileError.ts';
import { ImportReadOtherwise, ImportTaken } from '../intake/importFile.ts';
import { Refusal } from '../refusal.ts';
import { LoadError } from '../transfer/load.ts';
import { CommandError, exitCodes } from './output.ts';

/** Each kind of mistake as a sentence; a stack only for what nobody foresaw. */
export function explain(error: unknown): { sentence: string; exitCode: number } {
  const failed = (sentence: string) => ({ sentence, exitCode: exitCodes.failure });
  if (error instanceof CommandError) return { sentence: error.message, exitCode: error.exitCode };
  if (error instanceof ConfigError) return { sentence: error.message, exitCode: exitCodes.usage };
  if (error instanceof EngineError || error instanceof InstallError) return failed(error.message);
  if (error instanceof LoadError) return failed(`Nothing was loaded: ${error.message}`);
  if (error instanceof FileError) return failed(`Nothing was imported: ${error.message}`);
  if (error instanceof ImportTaken || error instanceof ImportReadOtherwise) {
    return failed(error.message);
  }
  if (error instanceof Refusal) {
    const { notFound, failure } = exitCodes;
    const exitCode = error.code === 'record_not_found' ? notFound : failure;
    return { sentence: error.message, exitCode };
  }
  const { code, address, port, path } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  // Nobody reads the output any more: that is their choice.
  if (code === 'EPIPE') return { sentence: '', exitCode: 0 };
  if (code === 'EADDRINUSE') {
    return failed(`Port ${port} is in use: choose another with --port, or end what listens there.`);
  }
  if (code === 'EACCES' && port)
    return failed(`Port ${port} may not be opened: choose one above 1023.`);
  if (code === 'EADDRNOTAVAIL')
    return failed(`This machine has no address ${address}: see --host.`);
  if (code === 'ENOENT' && path) return failed(`There is no file ${path}.`);
  if (code === 'EISDIR') return failed('That is a folder, not a file.');
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
    return failed('PostgreSQL does not answer at the address of DATABASE_URL: is it running?');
  }
  if (sqlState(error)?.startsWith('28')) {
    return failed('PostgreSQL refuses the account or password of DATABASE_URL.');
  }
  if (sqlState(error) === '42501') {
    return failed(
      'The account of DATABASE_URL lacks rights in its SQL database: make it the owner.',
    );
  }
  if (sqlState(error) === '3D000') {
    return failed('The SQL database of DATABASE_URL does not exist: create it first.');
  }
  return failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
