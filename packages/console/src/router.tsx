import { createBrowserRouter, type RouteObject } from 'react-router';
import { basePath } from './api/chosenDatabase.ts';
import { screens } from './screens/index.ts';
import { NoSuchPage } from './shell/NoSuchPage.tsx';
import { RouteFailed } from './shell/RouteFailed.tsx';
import { RouteLoading } from './shell/RouteLoading.tsx';
import { signInPath } from './shell/signInPath.ts';

/** Screens of the shell by their first segment; a screen may have routes of its own beneath it. */
const routes: RouteObject[] = screens.map(({ path, load }) => ({
  path: `${path}/*`,
  lazy: load,
}));

export const router = createBrowserRouter(
  [
    {
      errorElement: <RouteFailed />,
      hydrateFallbackElement: <RouteLoading />,
      children: [
        { path: 'sign-in', lazy: () => import('./screens/sign-in/index.tsx') },
        { path: 'invitation', lazy: () => import('./screens/invitation/index.tsx') },
        {
          lazy: () => import('./shell/index.tsx'),
          children: [
            {
              errorElement: <RouteFailed />,
              children: [
                { index: true, lazy: () => import('./shell/home.tsx') },
                { path: 'profile', lazy: () => import('./screens/profile/index.tsx') },
                ...routes,
                { path: '*', Component: NoSuchPage },
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: basePath },
);

/** Leads to the sign-in, and from there back to where it was needed. */
export function signInAgain(): void {
  const { pathname, search } = router.state.location;
  const path = pathname.slice(basePath === '/' ? 0 : basePath.length);
  if (path.startsWith('/sign-in') || path.startsWith('/invitation')) return;
  void router.navigate(signInPath(`${path}${search}`), { replace: true });
}
