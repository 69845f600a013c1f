import { ConfigError } from '../config.ts';
import { InstallError } from '../db/administer.ts';
import { EngineError } from '../db/embedded.ts';
import { sqlState } from '../db/pool.ts';
import { isLost } from '../failure.ts';
import { FileError } from '../intake/file/fileError.ts';
import { ImportReadOtherwise, ImportTaken } from '../intake/importFile.ts';
import { Refusal } from '../refusal.ts';
import { ListenError } from '../serve.ts';
import { LoadError } from '../transfer/load.ts';
import { NotStarted } from '../workers/crew.ts';
import { CommandError, exitCodes } from './output.ts';
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
  if (error instanceof Away) {
    return failed(whyAway(error.cause, error.address) ?? unforeseen(error.cause));
  }
  const { code, path } = error as NodeJS.ErrnoException;
  // Nobody reads the output any more: that is their choice.
  if (code === 'EPIPE') return { sentence: '', exitCode: 0 };
  if (code === 'ENOENT' && path) return failed(`There is no file ${path}.`);
  if ((code === 'EACCES' || code === 'EPERM') && path) {
    return failed(`${path} may not be opened by this account.`);
  }
  if (code === 'EISDIR') return failed('That is a folder, not a file.');
  if (code === 'ENOSPC') {
    return failed(`The disk is full${path ? `: make room for ${path}` : ''}.`);
  }
  return failed(whyAway(error, 'DATABASE_URL') ?? unforeseen(error));
}

const unforeseen = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

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

/** What PostgreSQL lacks or refuses, where `address` names it; undefined for anything else. */
function whyAway(error: unknown, address: string): string | undefined {
  // ENOENT: a Unix socket that is not there.
  if (isLost(error))
    return `PostgreSQL does not answer at the address of ${address}: is it running?`;
  if (error instanceof Error && error.message === 'The server does not support SSL connections') {
    return `PostgreSQL at the address of ${address} speaks no TLS: set it up there, or leave sslmode out.`;
  }
  const state = sqlState(error);
  if (state?.startsWith('28')) return `PostgreSQL refuses the account or password of ${address}.`;
  return state && bySqlState(address).get(state);
}

const bySqlState = (address: string) =>
  new Map([
    ['42501', `The account of ${address} lacks rights in its SQL database: make it the owner.`],
    ['3D000', `The SQL database of ${address} does not exist: create it first.`],
    ['25006', `PostgreSQL of ${address} can only be read, as a standby: name the primary.`],
    [
      '57P03',
      `PostgreSQL at the address of ${address} is starting or stopping: try again in a moment.`,
    ],
    ['53100', `The disk of PostgreSQL of ${address} is full: make room there.`],
    [
      '53300',
      `PostgreSQL of ${address} has no connection left: raise max_connections, or end what holds them.`,
    ],
  ]);
