export { type Asset, docsAssets } from './assets.ts';
export { languageNames, preferredLanguage } from './languages.ts';
export { renderLlms, renderMarkdown } from './markdown.ts';
export { renderDocs } from './page.ts';
