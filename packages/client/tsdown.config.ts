import { defineConfig, type UserConfig } from 'tsdown';

const library = { index: 'src/index.ts', node: 'src/node/index.ts' };
const options: UserConfig = {
  platform: 'neutral',
  target: 'node20',
  dts: true,
  deps: { neverBundle: [/^node:/] },
};

export default defineConfig([
  { ...options, entry: { ...library, cli: 'src/cli.ts', conformance: 'src/conformance.ts' } },
  // For programs whose tests or compilers do not let `require` take an ES module.
  { ...options, entry: library, format: 'cjs' },
]);
