import { Navigate } from 'react-router';
import { screens } from '../screens/index.ts';
import { useSession } from './session.ts';
import { visible } from './visible.ts';

/** The address `/`: the first screen that the person may see. */
export function Component() {
  const [first] = visible(screens, useSession());
  return <Navigate to={first ? `/${first.path}` : '/profile'} replace />;
}
