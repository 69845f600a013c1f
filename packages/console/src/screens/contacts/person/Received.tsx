import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../../../components/Section.tsx';
import { PlainTable } from '../../../components/table/PlainTable.tsx';
import { When } from '../../../components/When.tsx';
import { useTexts } from '../useTexts.ts';
import classes from './Person.module.css';
import type { Person } from './person.ts';
import { ReceiptState } from './ReceiptState.tsx';
import { type Handover, handoversOf, holdersOf } from './receipts.ts';

/** Who received what and when: the answer to "did we send it to them?" */
export function Received({ received, actions }: Pick<Person, 'received' | 'actions'>) {
  const texts = useTexts().person.received;
  const handovers = handoversOf(received, actions);
  const holders = holdersOf(handovers).map((client) => client ?? texts.olderSystem);
  const isReady = actions.some(({ ready }) => ready);
  const nobody = isReady ? texts.noneReady : texts.none;
  return (
    <Section
      title={texts.title}
      about={holders.length > 0 ? `${texts.by} ${holders.join(', ')}.` : nobody}
    >
      {handovers.length > 0 && (
        <PlainTable
          label={texts.title}
          titles={[texts.client, texts.programme, texts.at, texts.pull, texts.state]}
          className={classes.receipts}
        >
          {handovers.map((handover) => (
            <Row key={`${handover.pull?.pull_id} ${handover.action_id}`} handover={handover} />
          ))}
        </PlainTable>
      )}
    </Section>
  );
}

function Row({ handover }: { readonly handover: Handover }) {
  const { client, programme_nom, pulled_at, pull } = handover;
  const texts = useTexts().person.received;
  return (
    <tr>
      <td data-label={texts.client}>
        <Text span inherit fw={600}>
          {client ?? texts.olderSystem}
        </Text>
      </td>
      <td data-label={texts.programme}>{programme_nom}</td>
      <td data-label={texts.at}>
        <When at={pulled_at} as="minute" />
      </td>
      <td data-label={texts.pull}>
        {pull ? (
          <Anchor component={Link} to={`/pulls?selected=${pull.pull_id}`} inherit>
            {texts.seq(pull.pull_seq)}
          </Anchor>
        ) : (
          '—'
        )}
      </td>
      <td data-label={texts.state}>
        <ReceiptState handover={handover} />
      </td>
    </tr>
  );
}
