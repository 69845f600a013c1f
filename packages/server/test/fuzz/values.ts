import fc from 'fast-check';

/** Begins every text of a person in a fuzzed body: no log may hold it. */
export const MARK = 'Zmarqueur';
/** The same for telephones, which are digits. */
export const MARK_DIGITS = '699887712';

/** A JSON Schema as `z.toJSONSchema` writes it: the keywords that the contract uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** Texts that have broken other programs. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\u202eabc\u202c',
  'e\u0301\u0301\u0301',
  '\u{1f469}\u200d\u{1f467}',
  '\ufeff',
  '\u2028\u2029',
  '\r\n\t\u000b',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' or 1=1; drop table action; --",
  '\\',
  '%00%0d%0aSet-Cookie: a=b',
  '%',
  '%_%',
  '{{7*7}}<%= 7*7 %>',
  '=1+1',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '-0',
  '1e400',
  '9007199254740993',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:60Z',
  'infinity',
  '294277-01-01',
  '١٢٣',
  'ß'.repeat(300),
  '𝔘'.repeat(300),
  'a'.repeat(10_000),
  '(a+)+$',
];

/** Numbers at which types end. */
const edgeNumbers: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.1,
  -1.5,
  127,
  128,
  32_767,
  32_768,
  65_535,
  65_536,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_648,
  -2_147_483_649,
  4_294_967_296,
  9_007_199_254_740_991,
  9_007_199_254_740_992,
  -9_007_199_254_740_991,
  2 ** 63,
  1e21,
  1e308,
  5e-324,
];

const serial = fc.nat({ max: 99_999 });

/** A text as people type it, with the mark. */
const person = fc.oneof(
  { weight: 4, arbitrary: serial.map((n) => `${MARK} ${n}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((s) => `${MARK}${s}`) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileTexts).map((s) => `${MARK}${s}`) },
);

/** Names that stand for what the server has made: `sent` puts the real ones in their place. */
const made = (kind: string) => fc.nat({ max: 19 }).map((n) => `@${kind}#${n}@`);

const sourceName = fc.oneof(
  fc.constantFrom('fuzz-own', 'fuzz-page', 'fuzz-none'),
  serial.map((n) => `fuzz-${n}`),
);

/** What a text of this name usually is: a schema does not say that it is a telephone. */
const usualTexts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: serial.map((n) => `${MARK}${n}@${MARK}.example`),
  telephone: fc.nat({ max: 9 }).map((n) => `+33${MARK_DIGITS.slice(0, 8)}${n}`),
  code_postal: fc.constantFrom('06000', '2A004', '97400', '75001'),
  pays: fc.constantFrom('FR', 'France', 'BE', 'xx'),
  password: fc.constantFrom('une phrase bien à moi', `${MARK} et une phrase`),
  current: fc.constantFrom('une phrase bien à moi', 'une autre'),
  next: fc.constant('une phrase bien à moi'),
  code: fc.constantFrom('123456', '000000', 'abcd-efgh'),
  programme: fc.constantFrom('130', '162', 'Programme 130', `${MARK} programme`),
  source: fc.constantFrom('fuzz-json', 'fuzz-form', 'fuzz-google', 'fuzz-meta', 'fuzz-none'),
  sources: fc.constantFrom('fuzz-json', 'fuzz-form', 'fuzz-none'),
  redirectUrl: fc.constantFrom('https://example.com/merci', 'javascript:alert(1)', 'http://[::1'),
  origins: fc.constantFrom('https://example.com', 'https://example.com/x', 'null', '*'),
  separator: fc.constantFrom(';', ',', '\t', 'x'),
  encoding: fc.constantFrom('utf-8', 'windows-1252', 'x'),
  keyIds: made('key'),
  id: made('key'),
  token: made('token'),
  honeypot: fc.constant('site_web'),
  cursor: fc.oneof(
    made('cursor'),
    fc.string({ maxLength: 60 }).map((s) => Buffer.from(s).toString('base64url')),
    fc
      .tuple(
        fc.constantFrom('readContacts', 'getPulledContacts', 'searchContacts', 'listAudit', 'x'),
        fc.constantFrom('2026-01-01T00:00:00.000000Z', '2026-02-31T00:00:00.000000Z', '1'),
        fc.constantFrom('1', '999999999999999999999', 'b'),
      )
      .map((parts) => Buffer.from(parts.join(' ')).toString('base64url')),
  ),
  createdAt: fc.constantFrom('2026-11-23T08:00:00Z', '23/11/2026', '0001-01-01T00:00:00Z', 'hier'),
};

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc.oneof(
    fc.integer({ min: 0, max: 4_102_444_800 }).map((s) => new Date(s * 1000).toISOString()),
    fc.constantFrom(
      '0000-01-01T00:00:00Z',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999999999Z',
      '2026-02-29T00:00:00Z',
      '2026-11-23T08:00:00+23:59',
      '1969-12-31T23:59:59-23:59',
    ),
  ),
  uuid: fc.oneof({ weight: 5, arbitrary: made('pull') }, { weight: 1, arbitrary: fc.uuid() }),
  ipv4: fc.constantFrom('127.0.0.1', '0.0.0.0', '255.255.255.255'),
  ipv6: fc.constantFrom('::', '::1', '2001:db8::', '::ffff:127.0.0.1'),
  cidrv4: fc.constantFrom('127.0.0.0/8', '0.0.0.0/0', '10.1.2.3/32', '127.0.0.1/0'),
  cidrv6: fc.constantFrom('::/0', '::1/128', '2001:db8::/32'),
};

/** What a number of this name usually is. */
const usualNumbers: Readonly<Record<string, readonly number[]>> = {
  regionIds: [30, 62],
  regionId: [30, 62],
  programmeIds: [130, 162],
  programmeId: [130, 162],
  statutId: [1, 2, 3],
  statutIds: [1, 2, 3],
  readyStatutId: [2],
  pulledStatutId: [3],
  reviewStatutId: [1],
};

function texts(schema: Schema, name: string): fc.Arbitrary<string> {
  const { format, pattern, maxLength } = schema;
  if (name === 'fileId') return made('file');
  // The name of a source, which has a pattern, as no other name has.
  if (name === 'nom' && pattern) return sourceName;
  if (format && formats[format]) return formats[format];
  const usual = usualTexts[name];
  if (usual) return usual;
  if (pattern) return fc.stringMatching(new RegExp(pattern), { maxLength: 60 });
  return person.map((text) => text.slice(0, maxLength ?? text.length));
}

/** Ids are mostly those that there are: a region, a programme, a statut, one of the first rows. */
function integers(
  { minimum, exclusiveMinimum, maximum }: Schema,
  name: string,
): fc.Arbitrary<number> {
  const least = minimum ?? (exclusiveMinimum === undefined ? -10 : exclusiveMinimum + 1);
  const most = maximum ?? Number.MAX_SAFE_INTEGER;
  const within = (value: number) => Math.min(Math.max(value, least), most);
  return fc.oneof(
    {
      weight: name in usualNumbers ? 60 : 0,
      arbitrary: fc.constantFrom(...(usualNumbers[name] ?? [1])),
    },
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }).map(within) },
    { weight: 4, arbitrary: fc.constantFrom(30, 62, 130, 162).map(within) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 800 }).map(within) },
    { weight: 1, arbitrary: fc.constantFrom(least, most) },
    { weight: 1, arbitrary: fc.integer({ min: least, max: most }) },
  );
}

/** Values that agree with a schema, as far as a JSON Schema can say it. */
export function valid(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valid(one, name)));
  const { type } = schema;
  if (Array.isArray(type)) {
    return fc.oneof(...type.map((one: string) => valid({ ...schema, type: one }, name)));
  }
  switch (type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {});
      const required = schema.required ?? [];
      return fc.record(Object.fromEntries(properties.map(([own, its]) => [own, valid(its, own)])), {
        requiredKeys: [...required],
        noNullPrototype: true,
      });
    }
    case 'array':
      return fc.array(valid(schema.items ?? {}, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'string':
      return texts(schema, name);
    case 'integer':
    case 'number':
      return integers(schema, name);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let at = 0; at < depth; at += 1) value = at % 2 ? [value] : { x: value };
  return value;
};

/** Any JSON value, and those that are rarely thought of. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...edgeNumbers) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]]) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 300 }).map(nested) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 2_000 }, (_, at) => at + 1)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
