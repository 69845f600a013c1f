import { Fragment, type ReactNode } from 'react';
import classes from './Facts.module.css';

interface FactsProps {
  /** Names and values, in the order they are read. A value of null shows a dash. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}

/** What is known of a record, as names and values. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
