// Makes the calls of a crowd, as its parent tells it to. See crowd.ts.
import { answerWith } from './children.ts';
import { callAsCrowd } from './crowd.ts';

answerWith(callAsCrowd);
