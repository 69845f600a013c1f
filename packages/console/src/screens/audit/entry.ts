import type { Answer } from '../../api/call.ts';

export type Entry = Answer<'listAudit'>['items'][number];

/** What an audit calls somebody or something: `client:12` is the client 12. */
export function named(text: string): { readonly kind: string; readonly id: string } {
  const [, kind = '', id = text] = /^(\w+):(.*)$/s.exec(text) ?? [];
  return { kind, id };
}

/** A text of this name, or the name itself: the server may know more names than this page. */
export const textOf = (texts: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(texts, name) && texts[name]) || name;

/** Where what an audit names can be looked at; undefined where it has no page. */
export function addressOf(text: string): string | undefined {
  const { kind, id } = named(text);
  const part = encodeURIComponent(id);
  switch (kind) {
    case 'client':
      return `/clients/${part}`;
    case 'prospect':
      return `/contacts/${part}`;
    case 'pull':
      return `/pulls?selected=${part}`;
    case 'source':
      return `/sources/${part}`;
    case 'import':
      return `/import/${part}`;
    default:
      return undefined;
  }
}
