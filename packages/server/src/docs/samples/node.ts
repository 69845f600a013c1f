import { type LiteralStyle, literal, singleQuoted } from './literal.ts';
import { KEY_VARIABLE, type SampleCall, type SampleLanguage } from './sample.ts';

const style: LiteralStyle = {
  indent: '  ',
  brackets: ['{ ', ' }'],
  words: { true: 'true', false: 'false', null: 'null' },
  string: singleQuoted,
  member: (name, value) => `${name}: ${value}`,
};

const keyHeader = `'x-api-key': process.env.${KEY_VARIABLE}`;

/** What stands before a pull. */
const opening = ({ pull }: SampleCall): string =>
  pull
    ? `${pull.note.map((line) => `// ${line}\n`).join('')}const idempotencyKey = ${singleQuoted(pull.key)};\n\n`
    : '';

const headersOf = ({ pull }: SampleCall): string =>
  pull
    ? `headers: {
    ${keyHeader},
    'Idempotency-Key': idempotencyKey,
  },`
    : `headers: { ${keyHeader} },`;

const request = (call: SampleCall): string => `{
  method: 'POST',
  ${headersOf(call)}
  body: JSON.stringify(${literal(call.body, style, '  ')}),`;

export const node: SampleLanguage = {
  id: 'node',
  name: 'Node',
  call: (
    call,
  ) => `${opening(call)}const response = await fetch(${singleQuoted(call.url)}, ${request(call)}
});
const answer = await response.json();
if (!response.ok) throw new Error(\`\${response.status}: \${answer.error}\`);
console.log(JSON.stringify(answer, null, 2));`,

  repeated: (call) => `import { setTimeout as wait } from 'node:timers/promises';

${opening(call)}const pull = async () => {
  const response = await fetch(${singleQuoted(call.url)}, ${request(call).replaceAll('\n', '\n  ')}
    signal: AbortSignal.timeout(30_000),
  });
  return { response, answer: await response.json() };
};

for (let attempt = 1; ; attempt += 1) {
  const { response, answer } = await pull().catch(() => ({}));
  if (response?.ok) {
    console.log(JSON.stringify(answer, null, 2));
    break;
  }
  const again = !response || response.status >= 500 || [408, 409, 429].includes(response.status);
  const error = response ? \`\${response.status}: \${answer.error}\` : 'no answer';
  if (!again || attempt === 5) throw new Error(error);
  await wait(1000 * (Number(response?.headers.get('retry-after')) || attempt));
}`,
};
