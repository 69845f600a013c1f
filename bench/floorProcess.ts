// The least that node:http costs: reads a request, and gives the answer that it has for its path.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const answers = new Map<string, { headers: [string, string][]; body: Buffer }>();
process.on('message', (given: { path: string; headers: []; body: string }) => {
  answers.set(given.path, { ...given, body: Buffer.from(given.body, 'base64') });
});
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const answer = answers.get(request.url ?? '');
    response.writeHead(answer ? 200 : 404, answer?.headers.flat());
    response.end(answer?.body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
