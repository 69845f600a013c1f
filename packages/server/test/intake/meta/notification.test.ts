import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readNotification, readVerification } from '../../../src/intake/meta/notification.ts';
import { Refusal } from '../../../src/refusal.ts';

const read = (text: string) => readNotification(Buffer.from(text));

/** A call with the members of one lead, as they are written. */
const call = (value: string) =>
  `{"object":"page","entry":[{"id":"498874383867723","time":1538444093,"changes":[
    {"field":"leadgen","value":${value}}]}]}`;

test('a lead is told of with its page, form, ad and time', () => {
  // As recorded in github.com/restfb/restfb/issues/918.
  const notices = read(
    call(`{"ad_id":"23842978613670425","form_id":"1811616845554330",
      "leadgen_id":"1814022725313742","created_time":1538444092,
      "page_id":"498874383867723","adgroup_id":"23842978613670425"}`),
  );
  assert.deepEqual(notices, [
    {
      leadgenId: '1814022725313742',
      pageId: '498874383867723',
      formId: '1811616845554330',
      adId: '23842978613670425',
      createdAt: '2018-10-02T01:34:52.000Z',
    },
  ]);
});

test('ids beyond 2^53 keep every digit when they come as numbers', () => {
  const [notice] = read(
    call(`{"leadgen_id":18140227253137421,"form_id":1811616845554330,"ad_id":23842978613670425}`),
  );
  assert.equal(notice?.leadgenId, '18140227253137421');
  assert.equal(notice?.formId, '1811616845554330');
  assert.equal(notice?.adId, '23842978613670425');
});

test('an ad of 0 is none, and the page is that of the entry where none is named', () => {
  for (const none of ['0', '"0"', 'null', '""']) {
    const [notice] = read(call(`{"leadgen_id":"1","ad_id":${none}}`));
    assert.deepEqual(notice, {
      leadgenId: '1',
      pageId: '498874383867723',
      formId: undefined,
      adId: undefined,
      createdAt: undefined,
    });
  }
});

test('one call tells of many leads of many pages, each once, and of other things', () => {
  const lead = (id: number) => ({ field: 'leadgen', value: { leadgen_id: id } });
  const notices = read(
    JSON.stringify({
      object: 'page',
      entry: [
        { id: '7', changes: [lead(1), { field: 'feed', value: { leadgen_id: 9 } }, lead(2)] },
        { id: '8', messaging: [] },
        { id: '9', changes: [lead(3), lead(1)] },
      ],
    }),
  );
  const found = notices.map(({ leadgenId, pageId }) => [leadgenId, pageId]);
  assert.deepEqual(found, [
    ['1', '7'],
    ['2', '7'],
    ['3', '9'],
  ]);
});

test('what could not be fetched does not keep the other leads of a call out', () => {
  const changes = ['me', '../1', '', null, -1, 1.5, {}, '1'.repeat(31), '5'].map((id) => ({
    field: 'leadgen',
    value: { leadgen_id: id },
  }));
  const notices = read(
    JSON.stringify({ entry: [{ changes: [null, { field: 'leadgen' }] }, { changes }] }),
  );
  assert.deepEqual(
    notices.map(({ leadgenId }) => leadgenId),
    ['5'],
  );
});

const refused = (error: unknown) => error instanceof Refusal && error.code === 'invalid_request';

test('a body that is no webhook call is refused', () => {
  for (const text of ['', 'null', '[]', '"entry"', '{}', '{"entry":{}}', '{"entry":', '[[[[']) {
    assert.throws(() => read(text), refused, text);
  }
});

test('whatever the JSON, leads are read or the body is refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (entry, value) => {
      for (const body of [
        value,
        { entry },
        { entry: [{ changes: value }] },
        JSON.parse(call(JSON.stringify(value))),
      ]) {
        try {
          for (const { leadgenId } of read(JSON.stringify(body)))
            assert.match(leadgenId, /^\d{1,30}$/);
        } catch (error) {
          assert.ok(refused(error));
        }
      }
    }),
  );
});

test('the verification of an address is read, and only as Meta sends it', () => {
  const query = {
    'hub.mode': 'subscribe',
    'hub.verify_token': 'a token',
    'hub.challenge': '1158201444',
  };
  assert.deepEqual(readVerification(query), { token: 'a token', challenge: '1158201444' });
  for (const change of [
    { 'hub.mode': 'unsubscribe' },
    { 'hub.mode': undefined },
    { 'hub.verify_token': undefined },
    { 'hub.verify_token': ['a token', 'another'] },
    { 'hub.challenge': undefined },
    { 'hub.challenge': '' },
    { 'hub.challenge': ['1', '2'] },
    { 'hub.challenge': '1'.repeat(201) },
  ]) {
    assert.equal(readVerification({ ...query, ...change }), undefined, JSON.stringify(change));
  }
});
