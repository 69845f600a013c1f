import { singleQuoted } from '../samples/literal.ts';
import { KEY_VARIABLE } from '../samples/sample.ts';
import type { Recipe } from './recipe.ts';

export const sdk: Recipe = {
  id: 'sdk',
  file: 'import.mjs',
  language: 'node',
  code: (baseUrl) => `import { Relais } from '@relais/client';
import { fileStore } from '@relais/client/node';

const client = new Relais({
  apiKey: process.env.${KEY_VARIABLE},
  baseUrl: ${singleQuoted(baseUrl)},
});

async function handler(contact) {
  const response = await fetch(\`\${process.env.CRM_URL}/leads/\${contact.action_id}\`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: \`\${contact.prospect_prenom ?? ''} \${contact.prospect_nom ?? ''}\`.trim(),
      phone: contact.prospect_telephone,
      email: contact.prospect_email,
      project: contact.programme_nom,
    }),
  });
  if (!response.ok) throw new Error(\`The CRM answered \${response.status}\`);
}

// Beside this file: wherever it is started from, the pull that is pending is found.
const store = fileStore(new URL('pending.json', import.meta.url));
let count = 0;
for await (const contact of client.contacts({ handler, store })) {
  count += 1;
}
console.log(\`\${count} contacts\`);`,
};
