import { KEY_VARIABLE, type SampleCall, type SampleLanguage } from './sample.ts';

/** A word of a shell command: as it is when that is safe, otherwise in single quotes. */
export const shellWord = (text: string): string =>
  /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const command = (options: string, { url, body, pull }: SampleCall, rest: string[] = []): string =>
  [
    `curl${options} ${shellWord(url)}`,
    `-H "x-api-key: $${KEY_VARIABLE}"`,
    ...(pull ? [`-H ${shellWord(`Idempotency-Key: ${pull.key}`)}`] : []),
    `-d ${shellWord(JSON.stringify(body))}`,
    ...rest,
  ].join(' \\\n  ');

// Without comments: the shell of macOS takes a pasted one for a command.
export const curl: SampleLanguage = {
  id: 'curl',
  name: 'curl',
  call: (call) => command('', call),
  repeated: (call) =>
    command(' --fail --max-time 30 --retry 5 --retry-all-errors', call, ['-o contacts.json']),
};
