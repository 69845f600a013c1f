// Makes the calls of a crowd, as its parent tells it to. See crowd.ts.
import { callAsCrowd } from './crowd.ts';

process.on('message', async (crowd: Parameters<typeof callAsCrowd>[0]) => {
  process.send?.(await callAsCrowd(crowd));
});
