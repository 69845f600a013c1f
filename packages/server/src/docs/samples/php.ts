import { type LiteralStyle, literal } from './literal.ts';
import { KEY_VARIABLE, type SampleCall, type SampleLanguage } from './sample.ts';

/** A text in single quotes: PHP reads only the quote and the backslash there as signs. */
const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

const style: LiteralStyle = {
  indent: '    ',
  brackets: ['[', ']'],
  words: { true: 'true', false: 'false', null: 'null' },
  string: quoted,
  member: (name, value) => `${quoted(name)} => ${value}`,
};

const keyHeader = `'x-api-key: ' . getenv('${KEY_VARIABLE}')`;

/** What stands before a pull. */
const opening = ({ pull }: SampleCall): string =>
  pull
    ? `${pull.note.map((line) => `// ${line}\n`).join('')}$idempotencyKey = ${quoted(pull.key)};\n\n`
    : '';

const headersOf = ({ pull }: SampleCall): string =>
  pull
    ? `[
        ${keyHeader},
        "Idempotency-Key: $idempotencyKey",
    ]`
    : `[${keyHeader}]`;

const prepared = (call: SampleCall): string => `<?php
${opening(call)}$curl = curl_init(${quoted(call.url)});
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ${headersOf(call)},
    CURLOPT_POSTFIELDS => json_encode(${literal(call.body, style, '    ')}),
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
]);`;

const printed = `if ($status !== 200) throw new Exception("$status: $body");
$answer = json_decode($body, true, 512, JSON_THROW_ON_ERROR);
echo json_encode($answer, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE);`;

export const php: SampleLanguage = {
  id: 'php',
  name: 'PHP',
  call: (call) => `${prepared(call)}
$body = curl_exec($curl);
if ($body === false) throw new Exception(curl_error($curl));
$status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
${printed}`,

  repeated: (call) => `${prepared(call)}
for ($attempt = 1; ; $attempt++) {
    $body = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $isJson = json_decode((string) $body) !== null;
    $again = !$isJson || $status >= 500 || in_array($status, [408, 409, 429]);
    if (!$again || $attempt === 5) break;
    // PHP >= 8.2
    sleep(max(0, curl_getinfo($curl, CURLINFO_RETRY_AFTER)) ?: $attempt);
}
if ($body === false) throw new Exception(curl_error($curl));
${printed}`,
};
