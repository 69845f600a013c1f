import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGraphLead } from '../../../src/intake/meta/graphLead.ts';
import { draftOfGraphLead } from '../../../src/intake/meta/lead.ts';
import { FORM, recordedLead } from './leads.ts';

const draftOf = (change: Record<string, unknown> = {}) =>
  draftOfGraphLead(
    readGraphLead(recordedLead('1814022725313742', change)) ?? assert.fail('no lead'),
  );

const boxes = (...checked: [key: string, is_checked: unknown][]) => ({
  custom_disclaimer_responses: checked.map(([checkbox_key, is_checked]) => ({
    checkbox_key,
    is_checked,
  })),
});

test('a lead of an ad is read whole', () => {
  assert.deepEqual(draftOf(), {
    externalId: '1814022725313742',
    createdAt: '2026-11-23T08:00:00.000Z',
    nom_complet: 'Jean Dupont',
    email: 'jean@email.com',
    telephone: '+33612345678',
    consent: true,
    answers: [
      { question: 'quel_est_votre_projet_?', answer: 'investir' },
      { question: 'consent_phone', answer: 'oui' },
    ],
    hints: [FORM, '23842978613670425', '23842978599340425', '23842978599350425'],
    utm_source: 'facebook',
    utm_medium: 'paid_social',
    utm_campaign: 'Rentrée',
    utm_term: 'Toulouse 30-45',
    utm_content: 'Vidéo balcon',
  });
});

test('an organic lead has no ad', () => {
  const { hints, utm_source, utm_medium, utm_campaign } = draftOf({
    ad_id: 0,
    adset_id: '0',
    campaign_id: null,
    campaign_name: undefined,
    is_organic: true,
    platform: 'ig',
  });
  assert.deepEqual(hints, [FORM]);
  assert.deepEqual([utm_source, utm_medium, utm_campaign], ['instagram', 'organic', undefined]);
});

test('another platform keeps its name, and what is not told is absent', () => {
  assert.equal(draftOf({ platform: 'wa' }).utm_source, 'wa');
  const bare = draftOfGraphLead(readGraphLead({ id: '1' }) ?? assert.fail());
  assert.deepEqual(bare, { externalId: '1' });
});

test('several values of a question are one answer', () => {
  const field_data = [
    { name: 'vos_criteres', values: ['balcon', 'parking'] },
    { name: 'budget', values: [] },
    { name: 'surface', values: [45] },
  ];
  assert.deepEqual(draftOf({ field_data, ...boxes() }).answers, [
    { question: 'vos_criteres', answer: 'balcon, parking' },
    { question: 'surface', answer: '45' },
  ]);
});

test('tracking parameters of the form go before what is known of its ad', () => {
  const draft = draftOf({ field_data: [{ name: 'utm_source', values: ['partenaire'] }] });
  assert.deepEqual([draft.utm_source, draft.utm_campaign], ['partenaire', 'Rentrée']);
});

test('no question takes the place of the id or the time of the lead', () => {
  const field_data = [
    { name: 'id', values: ['7'] },
    { name: 'date', values: ['2020-01-01'] },
  ];
  const draft = draftOf({ field_data, ...boxes() });
  assert.deepEqual(
    [draft.externalId, draft.createdAt],
    ['1814022725313742', '2026-11-23T08:00:00.000Z'],
  );
  assert.equal(draft.answers?.length, 2);
});

test('a checkbox is read in every form in which it is sent', () => {
  for (const yes of ['1', 1, true, 'true']) assert.equal(draftOf(boxes(['c', yes])).consent, true);
  for (const no of ['', '0', 0, false, 'false', null, undefined, {}, 'maybe']) {
    assert.equal(draftOf(boxes(['c', no])).consent, false, String(no));
  }
});

test('a single checkbox is the consent; of several, all that speak of it', () => {
  const consent = (...checked: [key: string, is_checked: boolean][]) =>
    draftOf(boxes(...checked)).consent;
  assert.equal(consent(), undefined);
  assert.equal(consent(['optional_1', true]), true);
  assert.equal(consent(['newsletter', false], ['Être_appelé_TEL', true]), true);
  assert.equal(consent(['newsletter', true], ['consent_phone', false]), false);
  assert.equal(consent(['rgpd', true], ['consent_phone', false]), false);
  assert.equal(consent(['rgpd', true], ['consent_phone', true]), true);
  assert.equal(consent(['optional_1', true], ['optional_2', true]), undefined);
});

test('every checkbox is kept as an answer', () => {
  const { answers } = draftOf({ field_data: [], ...boxes(['newsletter', ''], ['rgpd', '1']) });
  assert.deepEqual(answers, [
    { question: 'newsletter', answer: 'non' },
    { question: 'rgpd', answer: 'oui' },
  ]);
});

test('a question that refuses outweighs a checkbox that agrees', () => {
  const draft = draftOf({ field_data: [{ name: 'optin', values: ['non'] }] });
  assert.equal(draft.consent, false);
});

test('whatever members a lead has, it is read under its id', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (any, other) => {
      const change = { field_data: any, custom_disclaimer_responses: other, created_time: other };
      assert.equal(
        draftOf({ ...change, platform: any, form_id: other }).externalId,
        '1814022725313742',
      );
    }),
  );
});
