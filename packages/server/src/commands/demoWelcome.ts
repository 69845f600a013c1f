import { PORTAL } from '../demo/doors.ts';
import type { Demo } from '../demo/prepare.ts';

const curl = (url: string, headers: readonly string[], body: string) =>
  [
    `  curl -s ${url} \\`,
    ...headers.map((header) => `    -H '${header}' \\`),
    `    -d '${body}'`,
  ].join('\n');

/** What the demo prints when it answers: in 80 columns, but for the key in a command. */
export function welcome(
  url: string,
  { admin, clients, doors, sandboxKey }: Demo,
  alive: boolean,
): string {
  const { key } = clients.visitor;
  const { email, password } = admin;
  const api = `${url}/api/v1`;
  const header = `x-api-key: ${key}`;
  const door = doors.get(PORTAL);
  return `
Relais is running on invented French data.

  Console        ${url}/
  Sign in as     ${email}
  Password       ${password ?? 'the one that you have set (a new link: relais staff link)'}

  Documentation  ${url}/docs
  Client API     POST ${api}

  Demo key${sandboxKey ? ', and one of the sandbox' : ''}:
  ${[key, sandboxKey].filter(Boolean).join('\n  ')}

${alive ? ALIVE : STILL}

Try it, in another terminal. What the demo key may see:

${curl(api, [header], '{"operation":"getRegions"}')}

The contact that has been ready longest (pullContacts takes it, too):

${curl(api, [header], '{"operation":"readContacts","limit":1}')}
${door ? lead(url, door.token) : ''}
Ctrl-C stops it. Started again, it finds its data.
`;
}

const ALIVE = `Leads come in every few seconds, by a web form, a portal and Google Ads, some
with a fault: look at Today and Quarantine. Two clients pull now and then; a
third has gone silent. Nobody but you uses the demo key. To have the data stand
still, start it with --still.`;

const STILL = 'The data stands still: without --still, leads come in and clients pull.';

const lead = (url: string, token: string) => `
A lead of your own, as a portal sends it:

${curl(
  `${url}/intake/v1/${PORTAL}`,
  [`x-source-token: ${token}`],
  '{"nom":"Martin","email":"martin@example.com","programme":"PN-145"}',
)}
`;
