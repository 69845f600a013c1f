import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTelephone } from '../../src/intake/normalise/telephone.ts';

const readable: [promise: string, typed: string, e164: string][] = [
  ['the French way', '06 12 34 56 78', '+33612345678'],
  ['without spaces', '0612345678', '+33612345678'],
  ['with dots', '06.12.34.56.78', '+33612345678'],
  ['with dashes of any kind', '06-12–34—56‑78', '+33612345678'],
  ['with slashes', '06/12/34/56/78', '+33612345678'],
  ['with non-breaking spaces', '06\u00a012\u202f34\u00a056\u202f78', '+33612345678'],
  ['with a country code', '+33 6 12 34 56 78', '+33612345678'],
  ['with 00 for the country code', '00 33 6 12 34 56 78', '+33612345678'],
  ['with (0) after the country code', '+33 (0)6 12 34 56 78', '+33612345678'],
  ['with a 0 after the country code', '+330612345678', '+33612345678'],
  ['with 00 and a 0 after the country code', '0033 06 12 34 56 78', '+33612345678'],
  ['with the country code in brackets', '(+33) 1 42 34 56 78', '+33142345678'],
  ['without the plus, as a spreadsheet leaves it', '33612345678', '+33612345678'],
  ['without the first 0, as a spreadsheet leaves it', '612345678', '+33612345678'],
  ['with a plus too many', '+0612345678', '+33612345678'],
  ['as a link', 'tel:+33-6-12-34-56-78', '+33612345678'],
  ['as Meta exports it', 'p:+33612345678', '+33612345678'],
  ['in full-width digits', '０６　１２３４５６７８', '+33612345678'],
  ['between invisible signs of direction', '\u202a+33 6 12 34 56 78\u202c', '+33612345678'],
  ['between zero-width spaces', '\u200b0612345678\ufeff', '+33612345678'],
  ['of Réunion', '0692 12 34 56', '+262692123456'],
  ['of Réunion, fixed', '0262 12 34 56', '+262262123456'],
  ['of Réunion, written as one of France', '+33 692 12 34 56', '+262692123456'],
  ['of Mayotte', '0639 01 23 45', '+262639012345'],
  ['of Guadeloupe', '0690 12 34 56', '+590690123456'],
  ['of Guyane', '0694 20 12 34', '+594694201234'],
  ['of Martinique', '0696 20 12 34', '+596696201234'],
  ['of another country with its code', '+32 475 12 34 56', '+32475123456'],
  ['of Monaco', '00 377 99 99 12 34', '+37799991234'],
];

for (const [promise, typed, e164] of readable) {
  test(`a number typed ${promise} is read as E.164`, () => {
    assert.deepEqual(readTelephone(typed), { e164, canvassing: false, rest: false });
  });
}

const abroad: [typed: string, pays: string, e164: string][] = [
  ['0475 12 34 56', 'Belgique', '+32475123456'],
  ['06 12 34 56 78', 'Belgique', '+33612345678'],
  ['04 75 12 34 56', 'France', '+33475123456'],
  ['079 123 45 67', 'SUISSE', '+41791234567'],
  ['06 12 34 56 78', 'ch', '+33612345678'],
  ['06 12 34 56 78', 'Allemagne', '+33612345678'],
  ['0151 23456789', 'Germany', '+4915123456789'],
  ['612 345 678', 'Espagne', '+34612345678'],
  ['06 12 34 56 78', 'Espagne', '+33612345678'],
  ['347 123 4567', 'Italie', '+393471234567'],
  ['621 123 456', 'Luxembourg', '+352621123456'],
  ['07400 123456', 'Royaume-Uni', '+447400123456'],
  ['07400 123456', 'UK', '+447400123456'],
  ['0612345678', 'Maroc', '+212612345678'],
  ['(514) 555-0134', 'Canada', '+15145550134'],
  ['0692 12 34 56', 'La Réunion', '+262692123456'],
  ['06 12 34 56 78', 'La Réunion', '+33612345678'],
  ['0692 12 34 56', 'Belgique', '+262692123456'],
  ['06 12 34 56 78', 'nulle part', '+33612345678'],
];

for (const [typed, pays, e164] of abroad) {
  test(`${typed}, typed by someone of ${pays}, is read as ${e164}`, () => {
    assert.deepEqual(readTelephone(typed, pays), { e164, canvassing: false, rest: false });
  });
}

test('the first number is read from among other text, and that there is more is told', () => {
  for (const typed of [
    '06 12 34 56 78 après 18h',
    '06 12 34 56 78 (18h-20h)',
    'Tél : 06 12 34 56 78',
    '06 12 34 56 78 / 01 42 34 56 78',
    '0612345678 0142345678',
    '0612345678 ou 0142345678',
    '06 12 34 56 78\n01 42 34 56 78',
    '0612345678\r\n0142345678',
    '06 12 34 56 78 poste 12',
    'le soir : +33 6 12 34 56 78',
  ]) {
    assert.deepEqual(
      readTelephone(typed),
      { e164: '+33612345678', canvassing: false, rest: true },
      typed,
    );
  }
});

test('a number of a canvassing range is read and told', () => {
  for (const start of '0162 0163 0270 0271 0377 0378 0424 0425 0568 0569 0948 0949'.split(' ')) {
    const read = readTelephone(`${start} 34 56 78`);
    assert.ok('e164' in read && read.canvassing, start);
  }
});

const unreadable: [typed: string, suggestion: string | undefined][] = [
  ['06 12 34 56 7', 'Il manque un chiffre.'],
  ['06 12 34 56', 'Il manque deux chiffres.'],
  ['06 12 34 56 78 9', 'Un chiffre de trop.'],
  ['06 12 34 56 78 90', 'Deux chiffres de trop.'],
  ['+33 6 12 34 56 7', 'Il manque un chiffre.'],
  ['+33 (0)6 12 34 56 78 9', 'Un chiffre de trop.'],
  ['0000000000', 'Ce numéro n’existe pas.'],
  ['0012345678', 'Le numéro est trop court.'],
  ['+999 12345', 'L’indicatif du pays n’existe pas.'],
  ['+32 475', 'Le numéro est trop court.'],
  ['+32 475 12 34 56 78 90 12', 'Le numéro est trop long.'],
  ['néant', 'Il n’y a pas de numéro.'],
  ['', 'Il n’y a pas de numéro.'],
  ['15', undefined],
  ['514 555 0134', undefined],
  ['6,12345678E+08', undefined],
];

for (const [typed, suggestion] of unreadable) {
  test(`"${typed}" is unreadable: ${suggestion ?? 'nothing to suggest'}`, () => {
    assert.deepEqual(readTelephone(typed), { unreadable: true, ...(suggestion && { suggestion }) });
  });
}

test('a text longer than 64 characters is not looked at, however long it is', () => {
  for (const typed of ['0'.repeat(65), '(0'.repeat(1_000_000), `0612345678${' x'.repeat(30)}`]) {
    assert.ok('unreadable' in readTelephone(typed));
  }
});

test('any text and country is read or unreadable, and what is read is E.164', () => {
  const unit = fc.constantFrom(...'0123456789+() .-/xé٣０'.split(''));
  const texts = fc.oneof(fc.string({ unit, maxLength: 70 }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(texts, fc.option(fc.string(), { nil: undefined }), (text, pays) => {
      const read = readTelephone(text, pays);
      if ('e164' in read) assert.match(read.e164, /^\+[1-9]\d{4,14}$/);
    }),
  );
});

test('what was read is read again as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (digits) => {
      const read = readTelephone(`0${String(digits).padStart(9, '0')}`);
      if ('e164' in read) assert.deepEqual(readTelephone(read.e164), read);
    }),
  );
});
