import fc from 'fast-check';
import { junk } from './values.ts';

type Members = Record<string, unknown>;

/** Names that mean something to JavaScript, to the server, or to other servers. */
const strangeNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'operation',
  'database',
  'regions',
  'key_id',
  'id_client',
  'statut',
  'role',
  'staff',
  'session',
  'actor',
  'toJSON',
  'length',
  '',
  '\0',
  '\ud800',
  'a'.repeat(5_000),
] as const;

/** Sets a member, `__proto__` included, as a member of its own. */
const withMember = (members: Members, name: string, value: unknown): Members =>
  Object.fromEntries([...Object.entries(members).filter(([own]) => own !== name), [name, value]]);

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The places of a value, as paths of names and positions. */
function places(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  const inner = Array.isArray(value)
    ? value.slice(0, 5).map((item, at) => [at, item] as const)
    : isMembers(value)
      ? Object.entries(value)
      : [];
  return inner.flatMap(([name, item]) => [[...path, name], ...places(item, [...path, name])]);
}

function changed(
  value: unknown,
  [name, ...rest]: readonly (string | number)[],
  to: (old: unknown) => unknown,
): unknown {
  if (name === undefined) return to(value);
  if (Array.isArray(value)) {
    return value.map((item, at) => (at === name ? changed(item, rest, to) : item));
  }
  if (!isMembers(value)) return value;
  const own = String(name);
  const next = changed(value[own], rest, to);
  return next === GONE
    ? Object.fromEntries(Object.entries(value).filter(([other]) => other !== own))
    : withMember(value, own, next);
}

const GONE = Symbol('gone');

const casts: ((old: unknown) => unknown)[] = [
  (old) => [old],
  (old) => ({ value: old }),
  (old) => JSON.stringify(old) ?? '',
  (old) => (typeof old === 'string' ? Number(old) : 0),
  (old) => [old, old, old],
  (old) => (typeof old === 'number' ? old + 0.5 : !old),
  (old) => (typeof old === 'string' ? old.repeat(50) : old),
  () => GONE,
];

/** One change of a valid value: a type, a missing member, one too many, one with a strange name. */
const change = fc.record({
  kind: fc.constantFrom('replace', 'cast', 'cast', 'add', 'remove'),
  place: fc.nat({ max: 1_000 }),
  cast: fc.constantFrom(...casts),
  name: fc.constantFrom(...strangeNames),
  value: junk,
});

/** A value with one to three changes. */
export const mutated = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(value, fc.array(change, { minLength: 1, maxLength: 3 })).map(([start, changes]) => {
    let now = start;
    for (const { kind, place, cast, name, value: other } of changes) {
      const all = places(now);
      const at = all[place % Math.max(1, all.length)] ?? [];
      if (kind === 'add' && isMembers(now)) now = withMember(now, name, other);
      else if (kind === 'cast') now = changed(now, at, cast);
      else now = changed(now, at, () => (kind === 'remove' ? GONE : other));
      if (now === GONE) now = {};
    }
    return now;
  });

const insertAt = (bytes: Buffer, at: number, more: Buffer | string): Buffer => {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  return Buffer.concat([bytes.subarray(0, place), Buffer.from(more), bytes.subarray(place)]);
};

const breaks: ((bytes: Buffer, at: number) => Buffer)[] = [
  (bytes, at) => bytes.subarray(0, at % Math.max(1, bytes.length)),
  (bytes, at) => {
    const copy = Buffer.from(bytes);
    const place = at % Math.max(1, copy.length);
    copy[place] = (copy[place] ?? 0) ^ (1 << (at % 8));
    return copy;
  },
  (bytes, at) => insertAt(bytes, at, Buffer.from([0xff, 0xfe])),
  (bytes, at) => insertAt(bytes, at, Buffer.from([0xc0, 0x80])),
  (bytes, at) => insertAt(bytes, at, Buffer.from([0xed, 0xa0, 0x80])),
  (bytes, at) => insertAt(bytes, at, '\\ud800'),
  (bytes, at) => insertAt(bytes, at, '\\u0000'),
  (bytes, at) => insertAt(bytes, at, '1e400'),
  (bytes) => insertAt(bytes, 1, '"operation":"pullContacts",'),
  (bytes) => insertAt(bytes, 1, '"oper\\u0061tion":"pullContacts",'),
  (bytes) => insertAt(bytes, 1, '"limit":1,"limit":2,'),
  (bytes) => insertAt(bytes, 1, '"__proto__":{"operation":"pullContacts"},'),
  (bytes) => insertAt(bytes, 1, `"x":${'['.repeat(5_000)}${']'.repeat(5_000)},`),
  (bytes) => insertAt(bytes, 1, `"x":${'{"x":'.repeat(4_000)}1${'}'.repeat(4_000)},`),
  (bytes) => insertAt(bytes, 1, `"x":"${'x'.repeat(60_000)}",`),
  (bytes) => insertAt(bytes, 1, `"x":"${'x'.repeat(66_000)}",`),
  (bytes) => insertAt(bytes, 1, `"x":${'9'.repeat(3_000)},`),
  (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]),
  (bytes) => Buffer.concat([bytes, bytes]),
  (bytes) => Buffer.concat([bytes, Buffer.from('/* end */')]),
  (bytes) => Buffer.from(bytes.toString('latin1'), 'utf16le'),
  () => Buffer.alloc(0),
  () => Buffer.from('operation=getRegions&limit=1'),
  () => Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'),
];

/** The bytes of a body with one thing wrong in them. */
export const broken = (bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(bytes, fc.constantFrom(...breaks), fc.nat({ max: 1_000_000 }))
    .map(([whole, breaking, at]) => breaking(whole, at));
