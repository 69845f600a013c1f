import {
  AuthenticationError,
  PermissionDeniedError,
  RelaisError,
  StoreInUseError,
} from '../errors.ts';
import { isTemporary } from '../retry.ts';

/** What the command ends with. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  /** The key is missing, unknown, expired, revoked, or may not do this. */
  key: 3,
  notFound: 4,
  /** The server is away or busy: trying later may help. */
  temporary: 5,
  interrupted: 130,
} as const;

/** A mistake that is told in a sentence. */
export class CliError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = exitCodes.failure) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A failure as a sentence and an exit code; a stack only for what nobody foresaw. */
export function explain(error: unknown): { sentence: string; exitCode: number } {
  if (error instanceof CliError) return { sentence: error.message, exitCode: error.exitCode };
  if (error instanceof RelaisError) {
    const id = error.requestId ? ` (request ${error.requestId})` : '';
    return { sentence: `${error.message}${id}`, exitCode: exitCodeOf(error) };
  }
  const { code, path, stack } = error as NodeJS.ErrnoException;
  if ((code === 'ENOENT' || code === 'ENOTDIR') && path)
    return failed(`There is no file or folder ${path}.`);
  if ((code === 'EACCES' || code === 'EPERM' || code === 'EROFS') && path)
    return failed(`${path} may not be read or written.`);
  if (code === 'EISDIR') return failed(`${path ?? 'What should be a file'} is a folder.`);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return failed('The disk is full. Nothing is lost: run it again later, with the same --out.');
  return failed(stack ?? String(error));
}

const failed = (sentence: string) => ({ sentence, exitCode: exitCodes.failure });

function exitCodeOf(error: RelaisError): number {
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError) {
    return exitCodes.key;
  }
  if (error.code === 'pull_not_found') return exitCodes.notFound;
  if (isTemporary(error) || error instanceof StoreInUseError) return exitCodes.temporary;
  return exitCodes.failure;
}
