/** The sign-in that leads back to a path of the console. */
export const signInPath = (back: string): string =>
  back === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ back })}`;

/** Where a sign-in leads back to: a path of the console, and never another site. */
export const pathBack = (search: URLSearchParams): string => {
  const back = search.get('back') ?? '/';
  return /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-in') ? back : '/';
};
