import { seal, unseal } from '../../keys/seal.ts';
import type { Source } from '../../store/sources.ts';

/** What a Meta source needs of the app and the page whose leads it reads. */
export interface MetaSecrets {
  readonly appSecret: string;
  /** A page access token that does not expire, with `leads_retrieval`. */
  readonly accessToken: string;
}

/** A secret of one source can't be opened as that of another, nor as the other secret. */
const purpose = (nom: string, column: string) => `source ${nom} ${column}`;

/** Seals the secrets of a source for its columns. */
export const sealMetaSecrets = (key: Buffer, nom: string, secrets: MetaSecrets) => ({
  meta_app_secret: seal(key, purpose(nom, 'meta_app_secret'), secrets.appSecret),
  meta_access_token: seal(key, purpose(nom, 'meta_access_token'), secrets.accessToken),
});

/** Opens them; undefined when the source has none, or they were sealed under another secret. */
export function metaSecrets(key: Buffer, source: Source): MetaSecrets | undefined {
  const { nom, meta_app_secret, meta_access_token } = source;
  if (!meta_app_secret || !meta_access_token) return undefined;
  const appSecret = unseal(key, purpose(nom, 'meta_app_secret'), meta_app_secret);
  const accessToken = unseal(key, purpose(nom, 'meta_access_token'), meta_access_token);
  if (appSecret === undefined || accessToken === undefined) return undefined;
  return { appSecret, accessToken };
}
