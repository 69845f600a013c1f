import type { Recipe } from './recipe.ts';

/** A workflow to paste into n8n: every hour, pull, and give each contact to the CRM. */
const workflow = (baseUrl: string) => ({
  name: 'Relais',
  nodes: [
    {
      id: 'hour',
      name: 'Every hour',
      type: 'n8n-nodes-base.scheduleTrigger',
      typeVersion: 1.2,
      position: [0, 0],
      parameters: { rule: { interval: [{ field: 'hours' }] } },
    },
    {
      id: 'pull',
      name: 'Pull contacts',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      position: [220, 0],
      retryOnFail: true,
      maxTries: 5,
      waitBetweenTries: 5000,
      parameters: {
        method: 'POST',
        url: `${baseUrl}/api/v1`,
        authentication: 'genericCredentialType',
        genericAuthType: 'httpHeaderAuth',
        sendBody: true,
        specifyBody: 'json',
        jsonBody: '={"operation": "pullContacts", "idempotencyKey": "n8n-{{ $execution.id }}"}',
        options: { timeout: 30000 },
      },
    },
    {
      id: 'crm',
      name: 'To your CRM',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      position: [440, 0],
      retryOnFail: true,
      maxTries: 5,
      waitBetweenTries: 5000,
      parameters: {
        method: 'PUT',
        url: '=https://crm.example.com/leads/{{ $json.action_id }}',
        sendBody: true,
        specifyBody: 'json',
        jsonBody: '={{ JSON.stringify($json) }}',
        options: {},
      },
    },
  ],
  connections: {
    'Every hour': { main: [[{ node: 'Pull contacts', type: 'main', index: 0 }]] },
    'Pull contacts': { main: [[{ node: 'To your CRM', type: 'main', index: 0 }]] },
  },
});

export const n8n: Recipe = {
  id: 'n8n',
  file: 'relais.json',
  language: 'json',
  code: (baseUrl) => JSON.stringify(workflow(baseUrl), null, 2),
};
