import type { Config } from './config.ts';

/** The address is not to be had; `code` as the system says it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly host: string;
  readonly port: number;
  readonly code: string | undefined;

  constructor({ host, port }: Config, cause: NodeJS.ErrnoException) {
    super('the server can not listen', { cause });
    this.host = host;
    this.port = port;
    this.code = cause.code;
  }
}
