import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { PlainTable } from '../../components/table/PlainTable.tsx';
import { useNameOf } from '../contacts/useNameOf.ts';
import classes from './Items.module.css';
import type { Item, Pull } from './pull.ts';
import { useTexts } from './useTexts.ts';

interface ItemsProps {
  readonly pull: Pull;
  readonly items: readonly Item[];
}

/** The contacts of a pull as they were handed out, each with its person and where it stands now. */
export function Items({ pull, items }: ItemsProps) {
  const texts = useTexts().items;
  return (
    <section>
      <Title order={3}>{texts.title(items.length)}</Title>
      <Text fz="sm" c="dimmed" mb="xs">
        {items.length > 0 ? texts.about : texts.empty}
      </Text>
      {items.length > 0 && (
        <PlainTable
          label={texts.title(items.length)}
          titles={[texts.position, texts.person, texts.programme, texts.now]}
          className={classes.items}
        >
          {items.map((item) => (
            <Row key={item.position} item={item} pulled={pull.statut_pulled} />
          ))}
        </PlainTable>
      )}
    </section>
  );
}

interface RowProps {
  readonly item: Item;
  /** The statut that the pull gave. */
  readonly pulled: string;
}

function Row({ item, pulled }: RowProps) {
  const texts = useTexts().items;
  const nameOf = useNameOf();
  const { contact, held, statut_designation } = item;
  const since = !held ? texts.back : statut_designation === pulled ? undefined : texts.acted;
  return (
    <tr>
      <td>{item.position}</td>
      <td>
        {contact ? (
          <Anchor component={Link} to={`/contacts/${item.prospect_id}`} inherit>
            {nameOf(contact)}
          </Anchor>
        ) : (
          <Text span inherit c="dimmed">
            {texts.erased}
          </Text>
        )}
      </td>
      <td>{contact?.programme_nom ?? '—'}</td>
      <td>
        {statut_designation}
        {since && (
          <Text fz="xs" c="dimmed">
            {since}
          </Text>
        )}
      </td>
    </tr>
  );
}
