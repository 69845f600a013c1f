import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RelaisError } from '../errors.ts';
import { keyMark } from '../keyMark.ts';
import { Relais } from '../relais.ts';
import { isTemporary } from '../retry.ts';
import { VERSION } from '../version.ts';
import { CliError, exitCodes } from './faults.ts';
import { helpOf } from './help.ts';
import { openJournal } from './journal.ts';
import { type Env, findKey, readSecret } from './key.ts';
import { finishLeft, leftOf } from './left.ts';
import { programmes, pulled, read, regions } from './lists.ts';
import { filterOf, type Given, numberOf, readArguments, secondsOf } from './options.ts';
import { isAddress, openOutput, type Target, targetOf } from './outputs/index.ts';
import { print } from './outputs/stdout.ts';
import { progressOf, tellWait } from './progress.ts';
import { type PullJob, pullAll } from './pull.ts';

/** Runs a command line; fails with a CliError, a RelaisError or the reason of the signal. */
export async function run(args: readonly string[], env: Env, signal: AbortSignal): Promise<void> {
  const { command, given } = readArguments(args);
  if (given.version) return print(`${VERSION}\n`);
  if (given.help || command === undefined) return print(helpOf(command));
  const apiKey = await findKey(given, env, signal);
  const client = connect(apiKey, given, env);
  switch (command) {
    case 'regions':
      return regions(client, given, signal);
    case 'programmes':
      return programmes(client, given, signal);
    case 'read':
      return read(client, given, signal);
    case 'pulled':
      return pulled(client, given, signal);
    case 'pull':
    case 'watch':
      return pull(client, { given, env, signal, key: await keyMark(apiKey) }, command === 'watch');
  }
}

function connect(apiKey: string, given: Given, env: Env): Relais {
  const timeout = secondsOf(given, 'timeout');
  const maxRetries = numberOf(given, 'retries', 0);
  try {
    return new Relais({
      apiKey,
      baseUrl: (given.url ?? env.RELAIS_BASE_URL) || undefined,
      timeout,
      maxRetries,
      onAttempt: (attempt) => tellWait(given, attempt),
    });
  } catch (error) {
    throw new CliError((error as Error).message, exitCodes.usage);
  }
}

interface PullContext {
  readonly given: Given;
  readonly env: Env;
  readonly signal: AbortSignal;
  readonly key: string;
}

async function pull(client: Relais, context: PullContext, again: boolean): Promise<void> {
  const { given, env, signal, key } = context;
  if (given.out === undefined) {
    throw new CliError('--out says where to: a file, - or an address.', exitCodes.usage);
  }
  const target = targetOf(given.out, given.format);
  const limit = numberOf(given, 'limit') ?? Number.POSITIVE_INFINITY;
  const every = secondsOf(given, 'every') ?? 60_000;
  const sending = { secret: () => secretOf(given, env), timeout: secondsOf(given, 'timeout') };
  const open = (which: Target) => openOutput(which, sending);
  if (given.moved && !isAddress(target.output)) {
    throw new CliError('--moved is for an --out that is an address.', exitCodes.usage);
  }
  await open(target);
  const progress = progressOf(target, given);
  const journal = await openJournal(given.journal ?? (await journalOf(target, env)));
  const job: PullJob = {
    client,
    key,
    rotated: given.rotated ?? false,
    moved: given.moved ?? false,
    journal,
    target,
    parameters: filterOf(given),
    limit,
    signal,
    open,
    onPull: progress.pulled,
  };
  // The same receiver may have another address by now, and what the old one did not take is in the
  // journal of that: nobody else tells of it.
  const folder = stateFolder(env);
  const once = async () => {
    const before = job.moved ? await finishLeft(job, folder) : 0;
    await pullAll({ ...job, limit: limit - before });
  };
  try {
    if (!job.moved) for (const left of await leftOf(job, folder)) progress.left(left);
    if (!again) {
      await once();
      return await progress.end();
    }
    for (;;) {
      await once().catch((error) => {
        if (!isWaitedFor(error)) throw error;
        progress.waiting(error.message);
      });
      await delay(every, undefined, { signal });
    }
  } finally {
    progress.stop();
    await journal.close();
  }
}

/** Whether a watch goes on: the server, or the receiver of an address, is away or busy. */
const isWaitedFor = (error: unknown): error is Error =>
  error instanceof CliError
    ? error.exitCode === exitCodes.temporary
    : error instanceof RelaisError && isTemporary(error);

const stateFolder = (env: Env): string =>
  join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'relais-client');

/** Beside a file, one for its folder: a name with the date in it finds what yesterday's left. */
async function journalOf({ output }: Target, env: Env): Promise<string> {
  if (output !== '-' && !isAddress(output)) {
    return join(dirname(resolve(output)), '.relais-client.json');
  }
  const folder = stateFolder(env);
  await mkdir(folder, { recursive: true }).catch(({ code }) => {
    throw new CliError(
      `The folder ${folder} can not be made (${code}): --journal says where else the pull under way is written down.`,
    );
  });
  const name = createHash('sha256').update(output).digest('hex').slice(0, 16);
  return join(folder, output === '-' ? 'stdout.json' : `${name}.json`);
}

async function secretOf(given: Given, env: Env): Promise<string> {
  const file = given['secret-file'];
  const secret = file ? await readSecret(file) : env.RELAIS_WEBHOOK_SECRET;
  if (secret && /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(secret)) return secret;
  throw new CliError(
    'An address needs the secret that its requests are signed with: RELAIS_WEBHOOK_SECRET or --secret-file, "whsec_" and 24 to 64 bytes in base64 (echo "whsec_$(openssl rand -base64 32)").',
    exitCodes.usage,
  );
}
