import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { param, readUrl, writeUrl } from '../src/lib/urlState.ts';

const shape = {
  search: param.text,
  regionIds: param.ids,
  sources: param.texts,
  selected: param.id,
  name: param.name,
  ready: param.flag,
  tab: param.oneOf('keys', 'pulls'),
};

test('whatever a screen writes into its address is what it reads there', () => {
  const id = fc.nat();
  const values = {
    search: fc.string({ unit: 'grapheme' }),
    regionIds: fc.array(id),
    sources: fc.array(fc.string({ minLength: 1 })),
    selected: fc.option(id, { nil: undefined }),
    name: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    ready: fc.boolean(),
    tab: fc.constantFrom('keys', 'pulls'),
  };
  const state = fc.record(values, { noNullPrototype: true });
  fc.assert(
    fc.property(state, (given) => {
      const written = writeUrl(shape, new URLSearchParams(), given).toString();
      assert.deepEqual(readUrl(shape, new URLSearchParams(written)), given);
    }),
  );
});

test('a value that is the default leaves no trace in the address', () => {
  const written = writeUrl(shape, new URLSearchParams('search=x&ready=true&tab=pulls'), {
    search: '',
    ready: false,
    tab: 'keys',
  });
  assert.equal(written.toString(), '');
});

test('what an address says that cannot be is the default', () => {
  const address = 'regionIds=3&regionIds=abc&regionIds=-1&selected=1e5&ready=yes&tab=nope';
  const state = readUrl(shape, new URLSearchParams(address));
  assert.deepEqual(state, {
    search: '',
    regionIds: [3],
    sources: [],
    selected: undefined,
    name: undefined,
    ready: false,
    tab: 'keys',
  });
});

test('parameters of others stay as they are', () => {
  const written = writeUrl(shape, new URLSearchParams('cursor=abc&search=a'), { search: 'b' });
  assert.equal(written.toString(), 'cursor=abc&search=b');
});
