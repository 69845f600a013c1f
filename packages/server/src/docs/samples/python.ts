import { type LiteralStyle, literal, singleQuoted } from './literal.ts';
import { KEY_VARIABLE, type SampleCall, type SampleLanguage } from './sample.ts';

const style: LiteralStyle = {
  indent: '    ',
  brackets: ['{', '}'],
  words: { true: 'True', false: 'False', null: 'None' },
  string: singleQuoted,
  member: (name, value) => `${singleQuoted(name)}: ${value}`,
};

const keyHeader = `'x-api-key': os.environ['${KEY_VARIABLE}']`;

/** What stands before a pull. */
const opening = ({ pull }: SampleCall): string =>
  pull
    ? `${pull.note.map((line) => `# ${line}\n`).join('')}idempotency_key = ${singleQuoted(pull.key)}\n\n`
    : '';

const headersOf = ({ pull }: SampleCall): string =>
  pull
    ? `{
        ${keyHeader},
        'Idempotency-Key': idempotency_key,
    }`
    : `{${keyHeader}}`;

const request = (call: SampleCall): string => `${opening(call)}request = urllib.request.Request(
    ${singleQuoted(call.url)},
    data=json.dumps(${literal(call.body, style, '    ')}).encode(),
    headers=${headersOf(call)},
)`;

const printed = 'print(json.dumps(answer, indent=2, ensure_ascii=False))';

export const python: SampleLanguage = {
  id: 'python',
  name: 'Python',
  call: (call) => `import json, os, urllib.error, urllib.request

${request(call)}
try:
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = json.load(response)
except urllib.error.HTTPError as error:
    raise SystemExit(f"{error.code}: {json.load(error)['error']}")
${printed}`,

  repeated: (call) => `import http.client, json, os, time, urllib.error, urllib.request

${request(call)}
attempt = 1
while True:
    wait = attempt
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
        break
    except urllib.error.HTTPError as error:
        again = error.code >= 500 or error.code in (408, 409, 429)
        if not again or attempt == 5:
            raise SystemExit(f"{error.code}: {json.load(error)['error']}")
        asked = error.headers.get('Retry-After', '')
        wait = int(asked) if asked.isdecimal() else attempt
    except (OSError, http.client.HTTPException, ValueError):
        if attempt == 5:
            raise
    time.sleep(wait)
    attempt += 1
${printed}`,
};
