import assert from 'node:assert/strict';
import { type LeadAnswer, leadAnswer } from '@relais/contract';
import { createSource } from '../../src/changes/sources.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { openSecret } from '../../src/installation/secret.ts';
import type { Channel, SourceRules } from '../../src/store/sources.ts';
import { programmeOf, READY } from './crm.ts';
import type { TestInstallation } from './installation.ts';
import type { Reply, TestServer } from './server.ts';

export interface SourceOptions extends Partial<SourceRules> {
  readonly programmes?: Readonly<Record<string, number>>;
  readonly database?: CrmDatabase;
  readonly meta?: {
    readonly secrets: { readonly appSecret: string; readonly accessToken: string };
    readonly forms: readonly string[];
  };
}

/** A source whose leads are ready at once, unless told otherwise. Gives its token. */
export async function makeSource(
  installation: TestInstallation,
  nom: string,
  channel: Channel,
  { programmes = {}, database = installation.main, meta, ...rules }: SourceOptions = {},
): Promise<string> {
  const created = await createSource(
    installation.databases,
    database,
    {
      nom,
      channel,
      rules: {
        id_programme: null,
        id_origine: null,
        id_type_contact: null,
        id_type_action: null,
        id_statut: READY,
        id_statut_review: READY,
        consent_required: false,
        origins: null,
        redirect_url: null,
        honeypot: 'site_web',
        rate_limit: 1_000_000,
        ...rules,
      },
      programmes: new Map(Object.entries(programmes)),
      meta,
    },
    openSecret(installation.config),
    'command:test',
  );
  if (!created) throw new Error(`the source ${nom} is taken`);
  return created.token ?? '';
}

/** A source of a test, and what sends leads to it. */
export interface Door {
  readonly source: string;
  send(lead: object): Promise<LeadAnswer>;
  /** Sends the lead of somebody who is let in, and gives their prospect id. */
  person(lead: object): Promise<number>;
}

/** Opens one to a CRM database of `queueCrm`: leads that are ready at once, of region 30. */
export async function openDoor(server: TestServer, database: CrmDatabase): Promise<Door> {
  const source = `site-${database.nom}`;
  const rules = { database, id_programme: programmeOf(30) };
  const token = await makeSource(server, source, 'json', rules);
  const send = (lead: object) => sendLead(server.url, source, token, lead);
  return {
    source,
    send,
    async person(lead) {
      const { prospect_id } = await send(lead);
      assert.ok(prospect_id);
      return prospect_id;
    },
  };
}

async function read(response: Response): Promise<Reply> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Posts a lead as JSON, as another program would. */
export async function postJson(
  url: string,
  source: string,
  token: string,
  lead: object | string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return read(
    await fetch(`${url}/intake/v1/${source}`, {
      method: 'POST',
      headers: { 'x-source-token': token, ...headers },
      body: typeof lead === 'string' ? lead : JSON.stringify(lead),
    }),
  );
}

/** What a door says of a lead that it has taken. */
export function answerOf(reply: Reply): LeadAnswer {
  assert.equal(reply.status, 200, reply.text);
  return leadAnswer.parse(JSON.parse(reply.text));
}

/** The same of a lead that is posted as JSON. */
export const sendLead = async (...lead: Parameters<typeof postJson>): Promise<LeadAnswer> =>
  answerOf(await postJson(...lead));

/** Posts a form as a browser would; `multipart` as one with a file does. */
export async function postForm(
  url: string,
  source: string,
  fields: Record<string, string>,
  options: { multipart?: boolean; headers?: Record<string, string> } = {},
): Promise<Reply> {
  let body: FormData | URLSearchParams = new URLSearchParams(fields);
  if (options.multipart) {
    body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
  }
  return read(
    await fetch(`${url}/intake/v1/${source}`, {
      method: 'POST',
      headers: options.headers ?? {},
      body,
      redirect: 'manual',
    }),
  );
}
