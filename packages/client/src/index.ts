export * from './errors.ts';
export type { Attempt, CallOptions, PullOptions, RelaisOptions } from './options.ts';
export type { ContactsOptions, PullsOptions } from './pulling.ts';
export { memoryStore, type PendingPull, type PullStore } from './pullStore.ts';
export { Relais } from './relais.ts';
export type * from './types.ts';
export { type ContactEvent, unwrapWebhook } from './webhook.ts';
