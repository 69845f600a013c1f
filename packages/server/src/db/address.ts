/** The modes that `pg` takes for `verify-full`, warning that it will not always. */
const ALIASES = ['prefer', 'require', 'verify-ca'];

/**
 * How `pg` is told where PostgreSQL is, with settings of the session. The address may have settings
 * of its own, as some hosts of databases ask for; where both name one, ours counts: times are in
 * UTC, and no statement waits longer than it may. A mode that asks for TLS means a certificate that
 * is checked, now and later; `uselibpqcompat=true` beside it keeps PostgreSQL's own meaning.
 */
export function connectionTo(
  url: string,
  settings: string,
): { connectionString: string; options: string } {
  const address = new URL(url);
  const parameters = address.searchParams;
  const own = parameters.get('options');
  const aliased =
    ALIASES.includes(parameters.get('sslmode') ?? '') && !parameters.has('uselibpqcompat');
  if (own === null && !aliased) return { connectionString: url, options: settings };
  parameters.delete('options');
  if (aliased) parameters.set('sslmode', 'verify-full');
  return { connectionString: address.href, options: `${own ?? ''} ${settings}`.trim() };
}
