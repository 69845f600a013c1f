import { Link } from 'react-router';
import classes from './Shell.module.css';

export function Brand() {
  return (
    <Link to="/" className={classes.brand}>
      <Logo size={22} />
      Relais
    </Link>
  );
}

export function Logo({ size }: { readonly size: number }) {
  return <img src="/assets/icon.svg" alt="" width={size} height={size} />;
}
