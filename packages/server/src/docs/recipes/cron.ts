import type { Recipe } from './recipe.ts';

/** Lines of a crontab. A per cent sign ends the command there, and has to be escaped. */
export const cron: Recipe = {
  id: 'cron',
  file: 'crontab',
  language: 'curl',
  code: (baseUrl) => `PATH=/usr/local/bin:/usr/bin:/bin
RELAIS_BASE_URL=${baseUrl}
0 2 * * * relais-client pull --out "$HOME/contacts-$(date +\\%F).csv" --key-file "$HOME/relais-key"`,
};
