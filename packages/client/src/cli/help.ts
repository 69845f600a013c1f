import { exitCodes } from './faults.ts';

const COMMON = `Where and as whom:
  RELAIS_API_KEY, --key-file <path>, --key-stdin, or ~/.config/relais/key
  RELAIS_BASE_URL or --url <address>   https://api.marketing-lab.immo unless told otherwise
  --timeout <seconds>                  for one try (30), also at the address of --out
  --retries <n>                        how often a call that failed is sent again (4)`;

const FILTERS = `  --region <id>         only this region; may be given several times
  --programme <id>      only this programme; may be given several times`;

const SCENARIO = '  --scenario <name>     with a test key: what shall go wrong';

const LIST = `${FILTERS}
${SCENARIO}
  --format <name>       table, csv, jsonl or json; a table on a terminal, jsonl elsewhere
  --json                the same as --format json`;

const OUT = `  --out <where>         contacts.csv, contacts.jsonl, - for standard output, or https://…
  --format <name>       csv or jsonl, when the name does not say
  --journal <path>      where the pull that is under way is written down: beside the file, or for
                        - and an address in ~/.local/state/relais-client; keep it between runs
  --rotated             go on with a pull that the key before this one began
  --moved               send what a run to another address left unfinished to this one
  --secret-file <path>  the secret of an address, instead of RELAIS_WEBHOOK_SECRET
  --quiet               no progress on the terminal
${SCENARIO}`;

const commands: Readonly<Record<string, string>> = {
  regions: `relais-client regions [--json]

The regions that your key opens.`,
  programmes: `relais-client programmes [--region <id>] [--json]

The programmes of your regions.`,
  read: `relais-client read [--limit <n>] [--format …]

Contacts that are ready to pull, those ready longest first. Nothing changes.

${LIST}
  --limit <n>           at most so many (200)`,
  pulled: `relais-client pulled [--since <time>] [--pull <id>] [--limit <n>] [--format …]

What you pulled within the last 30 days and stands as pulled still, newest first. Standard error
names the pulls whose answer may not have reached you.

${LIST}
  --since 2026-11-23    a date, or 2026-11-23T08:00: of this machine, unless a Z or +01:00 follows
  --pull <id>           only this pull
  --limit <n>           at most so many (500)`,
  pull: `relais-client pull --out <where> [--limit <n>]

Takes what is ready until nothing is, and writes it. Safe to kill at any moment: run again, it goes
on where it was, and each contact stands in a file once. An address is sent one signed POST for each
contact (Standard Webhooks), with the action id as webhook-id and Idempotency-Key.

${OUT}
  --limit <n>           at most so many; an earlier pull is finished whole, and counted
  --json                a summary as JSON at the end (not with --out -)
${FILTERS}

Example, each night:  relais-client pull --out /var/lib/crm/contacts.csv`,
  watch: `relais-client watch --out <where> [--every <seconds>]

Pulls as "pull" does, again and again, until it is stopped. A server or a receiver
that is away is waited for.

  --every <seconds>     between two looks (60)
${OUT}
${FILTERS}`,
};

/** What `--help` prints. */
export const helpOf = (command: string | undefined): string =>
  command !== undefined && commands[command]
    ? `${commands[command]}\n\n${COMMON}\n`
    : `relais-client: your leads, none lost, none twice

  regions     the regions that your key opens
  programmes  the programmes of your regions
  read        what is ready to pull; nothing changes
  pull        take what is ready, into a file, standard output or an address
  pulled      what you pulled within the last 30 days
  watch       pull again and again

relais-client <command> --help says more.

${COMMON}

Ends with ${exitCodes.ok} when it went well, ${exitCodes.failure} on a failure, ${exitCodes.usage} on a wrong option, ${exitCodes.key} when the key is refused,
${exitCodes.notFound} when there is no such pull, ${exitCodes.temporary} when the server is away or busy, ${exitCodes.interrupted} when it was interrupted.
`;
