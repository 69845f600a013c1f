import { addAbortSignal, Readable } from 'node:stream';
import { MOST_FILE_BYTES, type Role, sizeText } from '@relais/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { EmptyFile, storeFile } from '../../files.ts';
import { invalidParameter, Refusal } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { findMadeFile, readParts } from '../../store/files.ts';
import type { Limits } from '../limits.ts';
import { sendJson } from '../reply.ts';
import { note } from '../requestLog.ts';
import { allowSlowBody } from '../slowBodies.ts';
import { attachmentHeaders } from './attachment.ts';
import { chosenDatabase } from './database.ts';
import { assertOwnOrigin, ownOrigin } from './origin.ts';
import { assertTwoFactor, signedIn } from './signedIn.ts';

interface Query {
  readonly name?: unknown;
  readonly database?: unknown;
}

const uploaders: readonly Role[] = ['admin', 'operateur'];
const downloaders: readonly Role[] = ['admin', 'operateur', 'dpo'];

/**
 * The files of the console: `PUT /operator/v1/files?name=…` keeps one, to be imported, and
 * `GET /operator/v1/files/<id>` gives one that a job has made; both with `database=…` where there
 * are several. Whoever asks has to be signed in, as for operations.
 */
export function files(app: FastifyInstance, context: Context, limits: Limits): void {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());

  void app.register(async (scope) => {
    // Taken as it comes, never held whole: for this address alone.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.put<{ Querystring: Query }>('/operator/v1/files', async (request, reply) => {
      const { database, actor } = await asking(context, limits, request, reply, uploaders);
      const nom = fileName(request.query.name);
      if (Number(request.headers['content-length']) > MOST_FILE_BYTES) throw tooLarge();
      allowSlowBody(request);
      const stored = await storeFile(
        database,
        { nom, by: actor },
        arriving(request.body, closing.signal),
      ).catch((error) => {
        throw error instanceof EmptyFile
          ? new Refusal('invalid_request', 'The file is empty.')
          : error;
      });
      await writeAudit(database.db, {
        actor,
        act: 'file.upload',
        target: `file:${stored.file_id}`,
        detail: { bytes: stored.bytes },
      });
      sendJson(reply, 200, JSON.stringify(stored));
      return reply;
    });
  });

  interface Download {
    readonly Params: { readonly id: string };
    readonly Querystring: Query;
  }
  const quietly = { exposeHeadRoute: false };
  app.get<Download>('/operator/v1/files/:id', quietly, async (request, reply) => {
    const { database, staff, actor } = await asking(context, limits, request, reply, downloaders);
    const { id } = request.params;
    const file = UUID.test(id) ? await findMadeFile(database.db, id) : undefined;
    if (!file || (file.asked_by !== actor && staff.role !== 'admin')) {
      throw new Refusal('record_not_found', 'There is no such file, or it is kept no longer.');
    }
    await writeAudit(database.db, {
      actor,
      act: 'file.download',
      target: `job:${file.job}`,
      detail: {
        file: file.id,
        kind: file.kind,
        bytes: file.bytes,
        // By it the persons are found whose rows the file holds.
        ...(file.import !== null && { import: file.import }),
      },
    });
    const content = addAbortSignal(closing.signal, Readable.from(readParts(database.db, file)));
    return reply.headers(attachmentHeaders(file.nom, file.bytes)).send(content);
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The checks of an operation: origin, session, second factor, role, database. */
async function asking(
  context: Context,
  limits: Limits,
  request: FastifyRequest<{ Querystring: Query }>,
  reply: FastifyReply,
  roles: readonly Role[],
) {
  assertOwnOrigin(ownOrigin(context.config, request), request);
  const { staff, actor } = await signedIn(context, limits, request, reply);
  assertTwoFactor(context, staff);
  if (!roles.includes(staff.role)) {
    throw new Refusal('role_not_allowed', 'Your role does not allow this.');
  }
  const database = await chosenDatabase(context, request.query.database);
  note(request, { database: database.nom });
  return { staff, actor, database };
}

/** The name of an upload, without the folders that some browsers tell. */
function fileName(given: unknown): string {
  const nom = typeof given === 'string' ? (given.split(/[\\/]/).at(-1) ?? '').trim() : '';
  if (nom === '' || nom.length > 200 || !nom.isWellFormed() || /\p{Cc}/u.test(nom)) {
    throw invalidParameter('name', 'must be the name of a file, of 1 to 200 characters');
  }
  return nom.normalize('NFC');
}

const tooLarge = () =>
  new Refusal('payload_too_large', `The file is larger than ${sizeText(MOST_FILE_BYTES)}.`);

/** The bytes of an upload as they arrive; fails when they are too many, or the server closes. */
async function* arriving(body: unknown, closing: AbortSignal): AsyncGenerator<Buffer> {
  if (!(body instanceof Readable)) return;
  let bytes = 0;
  try {
    // Whoever sends too much is still to be told so: the connection stays.
    const chunks = addAbortSignal(closing, body).iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('an upload is bytes');
      bytes += chunk.length;
      if (bytes > MOST_FILE_BYTES) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalid_request', 'The file did not arrive whole.');
  }
}
