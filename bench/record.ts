import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A statement as it went over the wire to PostgreSQL, and what came back. */
export interface SentStatement {
  /** Of a prepared statement; empty for one without. */
  readonly name: string;
  readonly text: string;
  /** undefined where the simple protocol was used: it has no parameters. */
  readonly values: (string | null)[] | undefined;
  readonly columns: string[];
  readonly rows: (string | null)[][];
}

/** Stands between a server and PostgreSQL, and keeps what goes through while it is asked to. */
export interface Recorder {
  /** The URL for the server, of the same SQL database. */
  readonly url: string;
  /**
   * What was sent to one SQL database while `work` ran, in the order of its arrival, with the
   * settings that its sessions were opened with.
   */
  record(
    sqlDatabase: string,
    work: () => Promise<unknown>,
  ): Promise<{ statements: SentStatement[]; settings: Map<string, string> }>;
}

interface Kept {
  readonly sqlDatabase: string | undefined;
  readonly statement: SentStatement;
}

/** Opens a recorder in front of the PostgreSQL server of a URL, whichever way that is reached. */
export async function openRecorder(
  databaseUrl: string,
  cleanup: AsyncDisposableStack,
): Promise<Recorder> {
  const target = new URL(databaseUrl);
  const folder = target.searchParams.get('host');
  const port = Number(target.port || 5432);
  let kept: Kept[] | undefined;
  const settings = new Map<string, Map<string, string>>();
  const proxy = createServer((near) => {
    const far = folder ? dial(join(folder, `.s.PGSQL.${port}`)) : dial(port, target.hostname);
    const session = openSession(
      (statement, sqlDatabase) => kept?.push({ statement, sqlDatabase }),
      (sqlDatabase, options) => settings.set(sqlDatabase, options),
    );
    relay(near, far, session.sent);
    relay(far, near, session.received);
  });
  const own = await mkdtemp(join(tmpdir(), 'relais-wire-'));
  await new Promise<void>((resolve) => {
    proxy.listen(join(own, `.s.PGSQL.${port}`), resolve);
  });
  cleanup.defer(async () => {
    proxy.close();
    await rm(own, { recursive: true, force: true });
  });
  target.searchParams.set('host', own);
  return {
    url: target.href,
    async record(sqlDatabase, work) {
      kept = [];
      await work();
      const statements = kept
        .filter((one) => one.sqlDatabase === sqlDatabase)
        .map(({ statement }) => statement);
      kept = undefined;
      return { statements, settings: settings.get(sqlDatabase) ?? new Map() };
    },
  };
}

function relay(from: Socket, to: Socket, look: (chunk: Buffer) => void): void {
  from.on('data', (chunk) => {
    look(chunk);
    to.write(chunk);
  });
  from.on('error', () => to.destroy());
  from.on('close', () => to.end());
}

/** One session of the protocol of PostgreSQL, version 3: what is asked, then what answers it. */
function openSession(
  onStatement: (statement: SentStatement, sqlDatabase: string | undefined) => void,
  onStart: (sqlDatabase: string, settings: Map<string, string>) => void,
) {
  let sqlDatabase: string | undefined;
  const texts = new Map<string, string>();
  let bound: Omit<SentStatement, 'columns' | 'rows'> | undefined;
  const asked: SentStatement[] = [];
  const ask = (statement: Omit<SentStatement, 'columns' | 'rows'>) => {
    const whole = { ...statement, columns: [], rows: [] };
    asked.push(whole);
    onStatement(whole, sqlDatabase);
  };
  const sent = messages(true, (type, body) => {
    if (type === '') {
      const words = body.toString('utf8', 4).split('\0');
      const given = new Map<string, string>();
      for (let at = 0; at + 1 < words.length; at += 2)
        given.set(words[at] ?? '', words[at + 1] ?? '');
      sqlDatabase = given.get('database');
      const options = given.get('options')?.matchAll(/-c (\w+)=(\S+)/g) ?? [];
      if (sqlDatabase)
        onStart(sqlDatabase, new Map([...options].map(([, k, v]) => [k ?? '', v ?? ''])));
    } else if (type === 'P') {
      const [name = '', text = ''] = body.toString('utf8').split('\0');
      texts.set(name, text);
    } else if (type === 'B') {
      bound = readBind(body, texts);
    } else if (type === 'E' && bound) {
      ask(bound);
    } else if (type === 'Q') {
      ask({ name: '', text: body.toString('utf8', 0, body.length - 1), values: undefined });
    }
  });
  const received = messages(false, (type, body) => {
    const head = asked[0];
    if (type === 'T') head?.columns.push(...readColumns(body));
    else if (type === 'D') head?.rows.push(readValues(body, 0).values);
    else if (type === 'C' || type === 'E' || type === 'I') asked.shift();
  });
  return { sent, received };
}

/** Cuts a stream into messages; those of a client begin with one that has no type. */
function messages(fromClient: boolean, each: (type: string, body: Buffer) => void) {
  let rest: Buffer = Buffer.alloc(0);
  let started = !fromClient;
  return (chunk: Buffer) => {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      each(started ? String.fromCharCode(rest[0] ?? 0) : '', rest.subarray(head + 4, end));
      rest = rest.subarray(end);
      started = true;
    }
  };
}

function readBind(body: Buffer, texts: Map<string, string>) {
  const portal = body.indexOf(0);
  const end = body.indexOf(0, portal + 1);
  const name = body.toString('utf8', portal + 1, end);
  const formats = body.readInt16BE(end + 1);
  const { values } = readValues(body, end + 3 + 2 * formats);
  return { name, text: texts.get(name) ?? '', values };
}

/** Values as text, behind their number; every one with its length, -1 for null. */
function readValues(body: Buffer, start: number): { values: (string | null)[] } {
  const values: (string | null)[] = [];
  let at = start + 2;
  for (let count = body.readInt16BE(start); count > 0; count -= 1) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(length, 0);
  }
  return { values };
}

function readColumns(body: Buffer): string[] {
  const columns: string[] = [];
  let at = 2;
  for (let count = body.readInt16BE(0); count > 0; count -= 1) {
    const end = body.indexOf(0, at);
    columns.push(body.toString('utf8', at, end));
    at = end + 1 + 18;
  }
  return columns;
}
