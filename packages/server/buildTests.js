// `node packages/server/buildTests.js <folder> <name>=<test file>…` writes the files as JavaScript, and what
// several of them import beside them. Each test file is a process: to find, read and compile the
// 1,500 modules that most of them import takes longer than many a test.
import { rolldown } from 'rolldown';
import { bundling } from './bundling.js';

const [folder, ...input] = process.argv.slice(2);
const { external, ...options } = bundling(folder);
const bundle = await rolldown({
  ...options,
  input: Object.fromEntries(input.map((entry) => entry.split('='))),
  // Tools that look for files of their own.
  external: [...external, /^(playwright-core|@axe-core\/playwright|rolldown)/],
});
await bundle.write({ dir: folder, format: 'esm', sourcemap: true, comments: false });
await bundle.close();
