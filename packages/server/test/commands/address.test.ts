import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { whyAway } from '../../src/db/away.ts';
import { refusalOf } from '../../src/failure.ts';
import { assertTold, relais, temporaryFolder } from '../support/command.ts';

/** The address of what answers instead of PostgreSQL. */
const answering = (t: TestContext, answer: (socket: Socket) => void) =>
  new Promise<string>((resolve) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    });
    t.after(() => server.close());
    server.listen(0, '127.0.0.1', () =>
      resolve(`postgresql://127.0.0.1:${(server.address() as AddressInfo).port}/relais`),
    );
  });

/** A message of PostgreSQL: its letter, and its content behind the length. */
function message(letter: string, content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.from(`${letter}\0\0\0\0`);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

const refused = (sqlstate: string, routine: string) =>
  message('E', `SFATAL\0VFATAL\0C${sqlstate}\0Mno\0R${routine}\0\0`);

const list = (url: string) => relais({ DATABASE_URL: url }, 'database', 'list');

test('what hangs up instead of PostgreSQL, or begins only, is told in a sentence', async (t) => {
  const closed = await answering(t, (socket) => socket.end());
  assertTold(await list(closed), /^PostgreSQL does not answer at the address of DATABASE_URL/);
  const starting = await answering(t, (socket) => socket.end(refused('57P03', 'ProcessStartup')));
  assertTold(
    await relais({ DATABASE_URL: starting }, 'serve', '--port', '0'),
    /^PostgreSQL at the address of DATABASE_URL is starting or stopping: try again in a moment\.\n$/,
  );
});

test('a PostgreSQL that hangs up in the middle is a failure, and not a reader that went away', async (t) => {
  const folder = await temporaryFolder(t);
  // It lets us in and is gone: what is written then meets a closed socket.
  const letIn = Buffer.from('R\0\0\0\b\0\0\0\0Z\0\0\0\u0005I', 'latin1');
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(letIn);
      socket.destroySoon();
    });
  });
  t.after(() => server.close());
  await once(server.listen(join(folder, '.s.PGSQL.5432')), 'listening');
  const env = { DATABASE_URL: `postgresql:///relais?host=${folder}&user=relais` };
  for (const attempt of await Promise.all(
    [1, 2, 3, 4].map(() => relais(env, 'key', 'revoke', 'x')),
  )) {
    assertTold(attempt, /^PostgreSQL does not answer at the address of DATABASE_URL/);
  }
});

test('an address without a password, or from where nobody is let in, is told as that', async (t) => {
  const scram = await answering(t, (socket) => {
    socket.write(message('R', '\0\0\0\u000aSCRAM-SHA-256\0\0'));
    socket.once('data', () => socket.write(message('R', '\0\0\0\u000br=x,s=eA==,i=4096')));
  });
  assertTold(
    await list(scram.replace('//', '//relais@')),
    /asks for a password, and the address of DATABASE_URL has none: put it there\.\n$/,
  );
  const closed = await answering(t, (socket) =>
    socket.end(refused('28000', 'ClientAuthentication')),
  );
  assertTold(
    await list(closed),
    /lets nobody in by the address .*pg_hba\.conf.*sslmode=verify-full/,
  );
});

test('a certificate that is not accepted is told with what mends it, and passes for clients', () => {
  for (const [code, told] of [
    ['SELF_SIGNED_CERT_IN_CHAIN', /vouches for the certificate .* sslrootcert=/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /vouches for the certificate .* sslrootcert=/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /is for another host: name the host/],
    ['CERT_HAS_EXPIRED', /is out of date .*: renew it/],
  ] as const) {
    const error = Object.assign(new Error(code), { code });
    assert.match(whyAway(error, '--url')?.join(': ') ?? '', told);
    assert.equal(refusalOf(error)?.code, 'unavailable');
  }
});
