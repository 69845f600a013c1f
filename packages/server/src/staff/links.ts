import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import { issueStaffToken } from '../keys/staffToken.ts';
import { replaceInvitation } from '../store/invitations.ts';
import { isAnybodyThere } from '../store/staff.ts';

/** How long a link works. */
const HOURS = 72;

/** A link as it is shown, once. */
export interface IssuedLink {
  readonly token: string;
  readonly expires_at: Date;
}

/** Opens a link for a person (null: the first admin); one that was open before ends. */
export async function issueLink(
  catalog: Kysely<Catalog>,
  id_staff: number | null,
  resets_two_factor = false,
): Promise<IssuedLink> {
  const { text, hash } = issueStaffToken();
  const link = { id_staff, token_hash: hash, resets_two_factor, hours: HOURS };
  return { token: text, expires_at: await replaceInvitation(catalog, link) };
}

/** A new link for the first admin, while there is nobody at all; undefined as soon as there is. */
export async function issueFirstLink(catalog: Kysely<Catalog>): Promise<IssuedLink | undefined> {
  return (await isAnybodyThere(catalog)) ? undefined : issueLink(catalog, null);
}

/**
 * The URL of a link. The token is in the fragment, which browsers keep to themselves: it reaches
 * no log on the way. `reached` is where the console answers unless the configuration says it.
 */
export const linkUrl = ({ publicUrl }: Config, reached: string, token: string): string =>
  `${publicUrl ?? reached}/invitation#${token}`;
