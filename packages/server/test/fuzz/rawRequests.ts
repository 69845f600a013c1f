import fc from 'fast-check';

/** Bytes on a connection, which a client of HTTP would never send. */
export interface RawRequest {
  readonly name: string;
  readonly bytes: Buffer;
}

const BODY = '{"operation":"getRegions"}';
const request = (head: string, body = BODY): string => `${head}\r\n\r\n${body}`;
const POST = 'POST /api/v1 HTTP/1.1\r\nHost: x\r\nx-api-key: @key-text@';
const sized = `${POST}\r\nContent-Length: ${BODY.length}`;

const faults: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['no HTTP', 'hello\r\n\r\n'],
  ['a line end alone', '\r\n\r\n\r\n'],
  ['HTTP/0.9', 'GET /\r\n'],
  ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n'],
  ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/9.9', request('POST /api/v1 HTTP/9.9\r\nHost: x')],
  ['TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['no Host', request(`POST /api/v1 HTTP/1.1\r\nContent-Length: ${BODY.length}`)],
  ['two Hosts', request(`${sized}\r\nHost: y`)],
  ['a body that is cut', request(`${POST}\r\nContent-Length: 500`)],
  ['a body beyond its length', request(`${POST}\r\nContent-Length: 3`)],
  ['two lengths', request(`${sized}\r\nContent-Length: 2`)],
  ['a negative length', request(`${POST}\r\nContent-Length: -1`)],
  ['a length with a sign', request(`${POST}\r\nContent-Length: +26`)],
  ['a huge length', request(`${POST}\r\nContent-Length: 99999999999999999999`)],
  ['length and chunks', request(`${sized}\r\nTransfer-Encoding: chunked`)],
  ['an unknown coding', request(`${POST}\r\nTransfer-Encoding: xchunked`)],
  ['chunked twice', request(`${POST}\r\nTransfer-Encoding: chunked, chunked`)],
  ['a bad chunk size', request(`${POST}\r\nTransfer-Encoding: chunked`, 'zz\r\n{}\r\n0\r\n\r\n')],
  [
    'a chunk beyond its size',
    request(`${POST}\r\nTransfer-Encoding: chunked`, '2\r\n{}{}\r\n0\r\n\r\n'),
  ],
  [
    'a chunk extension',
    request(
      `${POST}\r\nTransfer-Encoding: chunked`,
      `1a;${'x'.repeat(20_000)}\r\n${BODY}\r\n0\r\n\r\n`,
    ),
  ],
  [
    'trailers',
    request(
      `${POST}\r\nTransfer-Encoding: chunked`,
      `1a\r\n${BODY}\r\n0\r\nx-api-key: other\r\n\r\n`,
    ),
  ],
  ['a header without a name', request(`${sized}\r\n: x`)],
  ['a space before the colon', request(`${sized}\r\nX-Y : z`)],
  ['a folded header', request(`${sized}\r\nX-Y: a\r\n b`)],
  ['a NUL in a header', request(`${sized}\r\nX-Y: a\0b`)],
  ['line feeds alone', request(sized).replaceAll('\r\n', '\n')],
  ['a header flood', request(`${sized}\r\nX: ${'x'.repeat(20_000)}`)],
  ['many headers', request(`${sized}${'\r\nA: b'.repeat(3_000)}`)],
  ['a long URL', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ['a URL with a bad escape', 'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a URL with control characters', 'GET /\x01\x7f HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a URL of bytes', 'GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a whole URL', 'GET http://evil.example/healthz HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: x\r\nx-secret: Zmarqueur\r\n\r\n'],
  ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a method in small letters', request(sized.replace('POST', 'post'))],
  ['an expectation', request(`${sized}\r\nExpect: 200-ok`)],
  ['an upgrade', request(`${sized}\r\nConnection: Upgrade\r\nUpgrade: h2c`)],
  ['two requests', `${request(sized)}${request(sized)}`],
  ['a request behind a short body', request(`${POST}\r\nContent-Length: 2`, `{}${request(sized)}`)],
  ['rubbish behind a request', `${request(sized)}\x00\x01\x02`],
];

const anyBytes = fc
  .uint8Array({ maxLength: 400 })
  .map((bytes): RawRequest => ({ name: 'any bytes', bytes: Buffer.from(bytes) }));

const flipped = fc
  .record({
    fault: fc.constantFrom(...faults),
    at: fc.nat({ max: 10_000 }),
    byte: fc.nat({ max: 255 }),
  })
  .map(({ fault: [name, text], at, byte }): RawRequest => {
    const bytes = Buffer.from(text, 'latin1');
    if (bytes.length > 0) bytes[at % bytes.length] = byte;
    return { name: `${name}, a byte changed`, bytes };
  });

/** Requests that are wrong below HTTP, as they are and with a byte changed, and any bytes. */
export const rawRequests: fc.Arbitrary<RawRequest> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...faults)
      .map(([name, text]) => ({ name, bytes: Buffer.from(text, 'latin1') })),
  },
  { weight: 2, arbitrary: flipped },
  { weight: 1, arbitrary: anyBytes },
);
