import { cron } from './cron.ts';
import { n8n } from './n8n.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import type { Recipe } from './recipe.ts';
import { sdk } from './sdk.ts';

export type { Recipe } from './recipe.ts';

/** In the order of the page. */
export const recipes: readonly Recipe[] = [cron, sdk, php, python, n8n];
