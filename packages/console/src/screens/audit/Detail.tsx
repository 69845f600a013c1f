import { Anchor, Text } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { Facts } from '../../components/Facts.tsx';
import { type DetailLine, detailLines } from './detailLines.ts';
import type { Entry } from './entry.ts';
import { useNames } from './useNames.ts';
import { useTexts } from './useTexts.ts';

/** What else was written of an act, line by line; persons are links. */
export function Detail({ detail }: Pick<Entry, 'detail'>) {
  const texts = useTexts().entry;
  const names = useNames();
  const lines = detailLines(detail);
  if (lines.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {texts.nothing}
      </Text>
    );
  }
  return (
    <Facts
      facts={lines.map((line) => [
        names.field(line.name),
        line.name === 'prospects' ? (
          <Persons key={line.name} line={line} />
        ) : (
          names.values(line.values, line.name)
        ),
      ])}
    />
  );
}

function Persons({ line: { values } }: { readonly line: DetailLine }) {
  const texts = useTexts();
  const ids = values.flat().filter((id) => typeof id === 'number');
  return ids.map((id, index) => (
    <Fragment key={id}>
      {index > 0 && ', '}
      <Anchor component={Link} to={`/contacts/${id}`} inherit>
        {texts.person(id)}
      </Anchor>
    </Fragment>
  ));
}
