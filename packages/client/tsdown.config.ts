import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    node: 'src/node/index.ts',
    cli: 'src/cli.ts',
    conformance: 'src/conformance.ts',
  },
  platform: 'neutral',
  target: 'node20',
  dts: true,
  deps: { neverBundle: [/^node:/] },
});
