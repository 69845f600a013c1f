import { addressVariable, ConfigError } from '../config.ts';
import { InstallError } from '../db/administer.ts';
import { whyAway } from '../db/away.ts';
import { EngineError } from '../db/embedded.ts';
import { FileError } from '../intake/file/fileError.ts';
import { ImportReadOtherwise, ImportTaken } from '../intake/importFile.ts';
import { ListenError } from '../listenError.ts';
import { Refusal } from '../refusal.ts';
import { LoadError } from '../transfer/load.ts';
import { NotStarted } from '../workers/crew.ts';
import { CommandError, exitCodes, NobodyReads } from './output.ts';
import { Away } from './withInstallation.ts';

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
  if (error instanceof NotStarted) return failed(error.message);
  if (error instanceof ListenError) return failed(whyNotListening(error));
  if (error instanceof Away) return failed(unusable(error.cause, error.address));
  if (error instanceof NobodyReads) return { sentence: '', exitCode: 0 };
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path) return failed(`There is no file ${path}.`);
  if ((code === 'EACCES' || code === 'EPERM') && path) {
    return failed(`${path} may not be opened by this account.`);
  }
  if (syscall === 'uv_cwd') return failed('This folder is gone: change to one that exists.');
  if (code === 'EISDIR') return failed('That is a folder, not a file.');
  if (code === 'ENOSPC') {
    return failed(`The disk is full${path ? `: make room for ${path}` : ''}.`);
  }
  return failed(unusable(error, addressVariable(process.env)));
}

const unforeseen = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

function unusable(error: unknown, address: string): string {
  const found = whyAway(error, address);
  return found ? `${found.join(': ')}.` : unforeseen(error);
}

function whyNotListening({ code, host, port, cause }: ListenError): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use: choose another with --port, or end what listens there.`;
  }
  if (code === 'EACCES') return `Port ${port} may not be opened: choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `This machine has no address ${host}: see --host and RELAIS_HOST.`;
  }
  return unforeseen(cause);
}
