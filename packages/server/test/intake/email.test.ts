import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readEmail } from '../../src/intake/normalise/email.ts';

const readable: [typed: string, key: string][] = [
  ['jean@email.com', 'jean@email.com'],
  ['  Jean.Dupont@Email.COM\u200b', 'jean.dupont@email.com'],
  ['mailto:jean@email.com', 'jean@email.com'],
  ['mailto:jean@email.com?subject=Visite', 'jean@email.com'],
  ['E-mail : jean@email.com', 'jean@email.com'],
  ['Jean Dupont <jean@email.com>', 'jean@email.com'],
  ['<mailto:jean@email.com>', 'jean@email.com'],
  ['"jean@email.com"', 'jean@email.com'],
  ["'jean@email.com'", 'jean@email.com'],
  ['(jean@email.com)', 'jean@email.com'],
  ['jean@email.com.', 'jean@email.com'],
  ['jean@email.com,', 'jean@email.com'],
  ['jean@email.com;', 'jean@email.com'],
  ['jean@email.com (le soir)', 'jean@email.com'],
  ['jean@email.com, marie@email.com', 'jean@email.com'],
  ["o'brien+visite@email.com", "o'brien+visite@email.com"],
  ['e\u0301loi\u0308se@email.com', 'éloïse@email.com'],
  ['jean@bücher.de', 'jean@xn--bcher-kva.de'],
  ['jean@EXÄMPLE.FR', 'jean@xn--exmple-cua.fr'],
  ['jean@mail.com', 'jean@mail.com'],
  ['jean@ymail.com', 'jean@ymail.com'],
  ['jean@fred.fr', 'jean@fred.fr'],
  ['jean@mairie.paris', 'jean@mairie.paris'],
];

for (const [typed, key] of readable) {
  test(`${typed} has the key ${key}`, () => {
    const read = readEmail(typed);
    assert.ok('key' in read);
    assert.deepEqual([read.key, read.suggestion], [key, undefined]);
  });
}

const surrounded: [typed: string, address: string, rest: boolean][] = [
  ['Jean.Dupont@Email.COM', 'Jean.Dupont@Email.COM', false],
  ['  <mailto:Jean@email.com>, ', 'Jean@email.com', false],
  ['"jean@email.com".', 'jean@email.com', false],
  ['Adresse e-mail : jean@email.com', 'jean@email.com', false],
  ['Jean Dupont <jean@email.com>', 'jean@email.com', true],
  ['Jean : jean@email.com', 'jean@email.com', true],
  ['jean@email.com (le soir)', 'jean@email.com', true],
  ['jean@email.com, marie@email.com', 'jean@email.com', true],
  ['jean@email.com; jean@email.com', 'jean@email.com', true],
];

for (const [typed, address, rest] of surrounded) {
  test(`"${typed}" is the address ${address}${rest ? ', and says more' : ' alone'}`, () => {
    const read = readEmail(typed);
    assert.ok('key' in read);
    assert.deepEqual([read.address, read.rest], [address, rest]);
  });
}

const mistyped: [domain: string, meant: string][] = [
  ['gmial.com', 'gmail.com'],
  ['gamil.com', 'gmail.com'],
  ['gmal.com', 'gmail.com'],
  ['gmail.con', 'gmail.com'],
  ['gmail.co', 'gmail.com'],
  ['hotmial.fr', 'hotmail.fr'],
  ['outlok.fr', 'outlook.fr'],
  ['ornage.fr', 'orange.fr'],
  ['wanado.fr', 'wanadoo.fr'],
  ['free.fre', 'free.fr'],
  ['sfr.frr', 'sfr.fr'],
  ['laposte.ne', 'laposte.net'],
  ['yaho.fr', 'yahoo.fr'],
  ['iclould.com', 'icloud.com'],
];

for (const [domain, meant] of mistyped) {
  test(`an address at ${domain} has a key, and is asked whether it was to be ${meant}`, () => {
    const address = `jean@${domain}`;
    const suggestion = `Peut-être jean@${meant} ?`;
    assert.deepEqual(readEmail(address), { key: address, address, rest: false, suggestion });
  });
}

const unreadable: [typed: string, suggestion: string | undefined][] = [
  ['jean@gmail,com', 'Peut-être jean@gmail.com ?'],
  ['jean@gmial,com', 'Peut-être jean@gmail.com ?'],
  ['jean@gmailcom', 'Peut-être jean@gmail.com ?'],
  ['jean@orange.f', 'Peut-être jean@orange.fr ?'],
  ['jean @ gmail.com', 'Peut-être jean@gmail.com ?'],
  ['jean.gmail.com', 'Peut-être jean@gmail.com ?'],
  ['jean.dupontorange.fr', 'Peut-être jean.dupont@orange.fr ?'],
  ['jean(at)email.com', 'Peut-être jean@email.com ?'],
  ['jean dupont@email.com', 'Peut-être jeandupont@email.com ?'],
  ['jean.dupont', 'Il manque le @.'],
  ['néant', 'Il manque le @.'],
  ['', 'Il manque le @.'],
  ['jean@', undefined],
  ['@email.com', undefined],
  ['jean@email', undefined],
  ['jean@@email.com', undefined],
  ['jean@email..com', undefined],
  ['jean@-email.com', undefined],
  ['jean@1.2.3.4', undefined],
  ['jean@email.com:80', undefined],
  ['jean@email.com/boite', undefined],
];

for (const [typed, suggestion] of unreadable) {
  test(`"${typed}" is unreadable: ${suggestion ?? 'nothing to suggest'}`, () => {
    assert.deepEqual(readEmail(typed), { unreadable: true, ...(suggestion && { suggestion }) });
  });
}

test('an address of more than 254 characters is unreadable', () => {
  const label = `${'a'.repeat(60)}.`;
  assert.ok('key' in readEmail(`${'j'.repeat(64)}@${label.repeat(3)}fr`));
  assert.ok('unreadable' in readEmail(`${'j'.repeat(64)}@${label.repeat(4)}fr`));
  assert.ok('unreadable' in readEmail(`${'j'.repeat(65)}@email.com`));
});

test('a text longer than 512 characters is not looked at, however long it is', () => {
  for (const part of ['a', '@', 'a.', ':', '<', ' ', '\u0301']) {
    assert.ok('unreadable' in readEmail(`jean@email.com${part.repeat(1_000_000)}x`));
  }
});

test('any text is read or unreadable, and a key is read as itself', () => {
  const unit = fc.constantFrom(...'abéÉ@.,;:<>()-_ 1\u0130\u0301\ud800ß。/'.split(''));
  const address = fc.emailAddress();
  const texts = fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' }), address);
  fc.assert(
    fc.property(texts, (text) => {
      const read = readEmail(text);
      if (!('key' in read)) return;
      assert.ok(read.key.length <= 254);
      assert.deepEqual(readEmail(read.key), { ...read, address: read.key, rest: false });
      assert.ok(text.includes(read.address));
    }),
    { numRuns: 1000 },
  );
});
