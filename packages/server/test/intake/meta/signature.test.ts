import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { signed } from '../../../src/intake/meta/signature.ts';

const body = Buffer.from('{"object":"page","entry":[],"note":"\\u00e9 \u00e9"}');
const hex = createHmac('sha256', 'app secret').update(body).digest('hex');

test('the signature of Meta is checked on the bytes as they came', () => {
  assert.equal(signed('app secret', body, `sha256=${hex}`), true);
  // The same JSON, written in another way.
  const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
  assert.equal(signed('app secret', rewritten, `sha256=${hex}`), false);
});

test('a known signature is accepted', () => {
  // RFC 4231, test case 2.
  const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  const raw = Buffer.from('what do ya want for nothing?');
  assert.equal(signed('Jefe', raw, `sha256=${expected}`), true);
});

test('another secret, another body and a changed signature are refused', () => {
  assert.equal(signed('another secret', body, `sha256=${hex}`), false);
  assert.equal(signed('app secret', Buffer.concat([body, body]), `sha256=${hex}`), false);
  const changed = hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  assert.equal(signed('app secret', body, `sha256=${changed}`), false);
});

test('a header that is absent or malformed is refused', () => {
  const sha1 = createHmac('sha1', 'app secret').update(body).digest('hex');
  const headers = ['', hex, `sha1=${sha1}`, 'sha256=', `sha256=${hex.slice(1)}`, `sha256=${hex}0`];
  for (const header of [undefined, ...headers, `sha256=${hex}\n`, `sha256=${'z'.repeat(64)}`]) {
    assert.equal(signed('app secret', body, header), false, header);
  }
});

test('a source without a secret accepts nothing, for anybody could sign', () => {
  const forged = createHmac('sha256', '').update(body).digest('hex');
  assert.equal(signed('', body, `sha256=${forged}`), false);
});
