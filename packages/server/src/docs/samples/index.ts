import type { Operation } from '@relais/contract';
import { curl } from './curl.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import type { SampleCall, SampleLanguage } from './sample.ts';

export { KEY_VARIABLE } from './sample.ts';

/** The Idempotency-Key of the samples: the name of a job and its time, as a client's may be. */
const PULL_KEY = 'import-2026-11-23-0900';

/** In the order of the tabs. */
export const sampleLanguages: readonly SampleLanguage[] = [curl, node, php, python];

/** A piece of code of the page. */
export interface Sample extends Pick<SampleLanguage, 'id' | 'name'> {
  readonly code: string;
}

/** What the samples of a page have in common: its server, and a comment in its language. */
export interface SampleSetting {
  readonly baseUrl: string;
  readonly pullNote: readonly string[];
}

const callOf = ({ name, request, example }: Operation, setting: SampleSetting): SampleCall => ({
  url: `${setting.baseUrl}/api/v1`,
  body: { operation: name, ...example.request },
  ...('idempotencyKey' in request.shape && {
    pull: { key: PULL_KEY, note: setting.pullNote },
  }),
});

/** The call of an operation's example in each language, ready to be pasted. */
export const samplesOf = (operation: Operation, setting: SampleSetting): Sample[] =>
  sampleLanguages.map(({ id, name, call }) => ({
    id,
    name,
    code: call(callOf(operation, setting)),
  }));

/** A pull in each language, made again under the same Idempotency-Key until it is answered. */
export const repeatedPulls = (pull: Operation, setting: SampleSetting): Sample[] =>
  sampleLanguages.map(({ id, name, repeated }) => ({
    id,
    name,
    code: repeated(callOf(pull, setting)),
  }));
