import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGoogleLead } from '../../../src/intake/channels/google.ts';
import { parseExactJson } from '../../../src/text/exactJson.ts';

test('a lead of Google Ads is read, with its large ids whole and without its key', () => {
  const body = parseExactJson(`{
    "lead_id": "lead-1", "api_version": "1.0", "form_id": 40000000000000001,
    "campaign_id": 20000000000, "adgroup_id": 0, "creative_id": 5, "google_key": "secret",
    "is_test": true, "gcl_id": "EAIa", "lead_submit_time": "2026-11-23T08:00:00Z",
    "user_column_data": [
      {"column_name": "Full Name", "string_value": "Jean Dupont", "column_id": "FULL_NAME"},
      {"column_id": "EMAIL", "string_value": "jean@email.com"},
      {"column_id": "PHONE_NUMBER", "string_value": "+33612345678"},
      {"column_id": "WORK_PHONE", "column_name": "Work Phone", "string_value": "0142345678"},
      {"column_id": "POSTAL_CODE", "string_value": "34000"},
      {"column_id": "CITY", "string_value": ""},
      {"column_id": "budget_?", "column_name": "Quel budget ?", "string_value": "250 000"},
      {"column_id": "etage", "string_value": "3"},
      {"column_id": "EMAIL", "other_value": "x"}
    ]}`) as Record<string, unknown>;
  assert.deepEqual(readGoogleLead(body), {
    externalId: 'lead-1',
    gclid: 'EAIa',
    createdAt: '2026-11-23T08:00:00.000Z',
    test: true,
    nom_complet: 'Jean Dupont',
    email: 'jean@email.com',
    telephone: '+33612345678',
    code_postal: '34000',
    answers: [
      { question: 'Work Phone', answer: '0142345678' },
      { question: 'Quel budget ?', answer: '250 000' },
      { question: 'etage', answer: '3' },
      { question: 'user_column_data', answer: '{"column_id":"EMAIL","other_value":"x"}' },
    ],
    hints: ['40000000000000001', '20000000000'],
  });
});

test('any JSON object at the door of Google becomes a draft without its key', () => {
  const column = fc.record({ column_id: fc.jsonValue(), string_value: fc.jsonValue() });
  const body = fc.record(
    {
      lead_id: fc.jsonValue(),
      form_id: fc.jsonValue(),
      lead_submit_time: fc.jsonValue(),
      user_column_data: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(column, fc.jsonValue()))),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(body, (given) => {
      const draft = readGoogleLead({ ...given, google_key: 'kept-secret' });
      assert.doesNotMatch(JSON.stringify(draft), /kept-secret/);
    }),
  );
});
