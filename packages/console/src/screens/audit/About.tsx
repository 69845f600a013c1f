import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useTexts } from './useTexts.ts';

/** What the list is: the whole audit, or what it has of one person. */
export function About({ prospectId }: { readonly prospectId: number | undefined }) {
  const texts = useTexts();
  if (prospectId === undefined) return texts.about;
  return (
    <>
      {texts.ofPerson.about(prospectId)}{' '}
      <Anchor component={Link} to={`/contacts/${prospectId}`} inherit underline="always">
        {texts.ofPerson.open}
      </Anchor>
    </>
  );
}
