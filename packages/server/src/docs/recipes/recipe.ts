/** A way to use the API that can be pasted: tests run each. */
export interface Recipe {
  /** Names it in ids and in the words of the page. */
  readonly id: 'cron' | 'sdk' | 'php' | 'python' | 'n8n';
  /** The file that it is kept in. */
  readonly file: string;
  /** As `sampleHtml` names languages. */
  readonly language: string;
  code(baseUrl: string): string;
}
