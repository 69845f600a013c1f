// Directus over the tables of a CRM database. `node directus.js`, with the environment of peers.ts.
import { createServer } from '@directus/api/server';

const server = await createServer();
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${server.address().port}` });
});
