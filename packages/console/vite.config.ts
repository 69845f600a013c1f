import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The server that `npm run dev` talks to. */
const server = process.env.RELAIS_URL ?? 'http://127.0.0.1:8080';

/**
 * Writes routes.json, the first segments of the console's addresses: the server answers these with
 * index.html, and any other address as before. Each folder of src/screens is one.
 */
function routes(): Plugin {
  return {
    name: 'routes',
    generateBundle() {
      const folders = readdirSync(new URL('src/screens/', import.meta.url), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
      this.emitFile({ type: 'asset', fileName: 'routes.json', source: JSON.stringify(folders) });
    },
  };
}

/** Writes .br and .gz beside what is worth it, so that the server has nothing to compress. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    async writeBundle({ dir = 'dist' }, bundle) {
      const names = Object.keys(bundle).filter((name) => /^assets\/.+\.(js|css|svg)$/.test(name));
      for (const name of names) {
        const content = await readFile(join(dir, name));
        await writeFile(join(dir, `${name}.br`), await promisify(brotliCompress)(content));
        await writeFile(join(dir, `${name}.gz`), await promisify(gzip)(content));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), routes(), compressed()],
  build: {
    target: 'es2022',
    // The policy takes no data: in style sheets.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs and what changes only with a new version of it.
          groups: [
            {
              name: 'framework',
              test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack|@remix-run)\//,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/operator': server, '/docs': server } },
});
