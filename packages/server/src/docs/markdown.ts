import {
  clientOperations,
  contact,
  type ErrorCode,
  errors,
  exampleError,
  type Operation,
  type ResponseHeader,
  type Scenario,
  scenarios,
} from '@relais/contract';
import { z } from 'zod';
import { CONTACT_HOME, clientErrors, clientHeaders, operations } from './clientApi.ts';
import { languageNames, languages } from './languages.ts';
import type { PageOptions } from './page.ts';
import { recipes } from './recipes/index.ts';
import { repeatedPulls, samplesOf } from './samples/index.ts';
import { schemaRows } from './schemaRows.ts';
import type { Text } from './words/text.en.ts';

const code = (language: string, body: string) => `\`\`\`${language}\n${body}\n\`\`\``;
const json = (value: unknown) => code('json', JSON.stringify(value, null, 2));
const cell = (text: string) => text.replaceAll('|', '\\|');

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');

/** The page as Markdown, for programs that read it to people or write code from it. */
export function renderMarkdown({ language, baseUrl, version }: PageOptions): string {
  const text = languages[language];
  const { introduction, authentication, connection, limits } = text;
  const setting = { baseUrl, pullNote: text.samples.pullNote };
  const [repeated] = repeatedPulls(clientOperations.pullContacts, setting);
  const parts = [
    `# ${text.title} v${version}`,
    text.tagline,
    `## ${introduction.title}`,
    ...introduction.body,
    `${introduction.tools} [${text.openapi}](${baseUrl}/openapi.json).`,
    `## ${text.baseUrl.title}`,
    text.baseUrl.body,
    code('', `POST ${baseUrl}/api/v1`),
    `## ${authentication.title}`,
    ...authentication.body,
    `> **${authentication.warningTitle}.** ${authentication.warning}`,
    ...operations.flatMap((operation) => operationParts(operation, text, baseUrl)),
    `## ${text.errors.title}`,
    ...text.errors.body,
    json(exampleError),
    errorTable(clientErrors, text),
    `## ${connection.title}`,
    ...connection.body,
    connection.steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    ...(repeated ? [code('sh', repeated.code)] : []),
    `### ${connection.promise}`,
    ...connection.after,
    ...recipeParts(text, baseUrl),
    ...sandboxParts(text),
    `## ${limits.title}`,
    limits.rows.map(([what, value]) => `- ${what}${text.colon}${value}`).join('\n'),
    limits.body,
    `## ${text.headers.title}`,
    text.headers.body,
    headerTable(clientHeaders, text),
  ];
  return `${parts.join('\n\n')}\n`;
}

const recipeParts = ({ recipes: { title, body, of } }: Text, baseUrl: string): string[] => [
  `## ${title}`,
  ...body,
  ...recipes.flatMap((recipe) => [
    `### ${of[recipe.id].title}`,
    of[recipe.id].body,
    code(recipe.language === 'curl' ? 'sh' : recipe.language, recipe.code(baseUrl)),
  ]),
];

const sandboxParts = ({ sandbox: { title, body, columns }, contract }: Text): string[] => [
  `## ${title}`,
  ...body,
  table(
    columns,
    (Object.keys(scenarios) as Scenario[]).map((name) => [`\`${name}\``, contract.scenario(name)]),
  ),
];

function operationParts(operation: Operation, text: Text, baseUrl: string): string[] {
  const { name, request, response, example, published, retry } = operation;
  const { title, description } = text.contract.operation(operation);
  const [curl] = samplesOf(operation, { baseUrl, pullNote: [] });
  const list = response instanceof z.ZodArray;
  const item = (list ? response.element : response) as z.ZodObject;
  const parameters = schemaRows(request, text.types).map((row) => {
    const mark = row.required ? text.required : text.optional;
    return `- \`${row.name}\` (${row.type}, ${mark})${text.colon}${text.contract.parameter(operation, row)}`;
  });
  const fields = schemaRows(item, text.types).map(
    (row) => `- \`${row.name}\` (${row.type})${text.colon}${text.contract.field(operation, row)}`,
  );
  const note = list ? text.answerList : text.answerObject;
  const elsewhere = item === contact && name !== CONTACT_HOME;
  return [
    `## ${title} (\`${name}\`)`,
    description,
    `**${text.retryTitle}.** ${text.retry[retry]}`,
    `### ${text.parameters}`,
    parameters.length === 0
      ? text.operationOnly
      : `${published ? text.unknownIgnored : text.unknownRefused}\n\n${parameters.join('\n')}`,
    ...(curl ? [code('sh', curl.code)] : []),
    `### ${text.fields}`,
    elsewhere ? `${note} ${text.sameAs} \`${CONTACT_HOME}\`.` : `${note}\n\n${fields.join('\n')}`,
    json(example.response),
    ...(operation.errors.length
      ? [`### ${text.ownErrors}`, errorTable(operation.errors, text)]
      : []),
    ...(operation.headers.length
      ? [`### ${text.ownHeaders}`, headerTable(operation.headers, text)]
      : []),
  ];
}

const errorTable = (codes: readonly ErrorCode[], text: Text): string =>
  table(
    text.errors.columns,
    codes.map((name) => {
      const { meaning, remedy } = text.contract.error(name);
      return [String(errors[name].status), `\`${name}\``, meaning, remedy];
    }),
  );

const headerTable = (names: readonly ResponseHeader[], text: Text): string =>
  table(
    text.headers.columns.slice(0, 2),
    names.map((name) => [`\`${name}\``, text.contract.header(name)]),
  );

/** What there is to read for programs (llmstxt.org). */
export const renderLlms = ({ baseUrl }: { baseUrl: string }): string => `# Relais Client API

> ${languages.en.tagline}

**${languages.en.authentication.warningTitle}.** ${languages.en.authentication.warning}

## Documentation

${languageNames.map((name) => `- [${languages[name].title}](${baseUrl}/docs/${name}.md)`).join('\n')}
- [${languages.en.openapi}](${baseUrl}/openapi.json)
`;
