import { Timeline as Line } from '@mantine/core';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import IconEraser from '@tabler/icons-react/icons/IconEraser';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import IconPackageExport from '@tabler/icons-react/icons/IconPackageExport';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import IconTag from '@tabler/icons-react/icons/IconTag';
import { Section } from '../../../components/Section.tsx';
import { useTexts } from '../useTexts.ts';
import { EventText } from './EventText.tsx';
import classes from './Person.module.css';
import type { PersonEvent } from './person.ts';
import { useEventTitle } from './useEventTitle.ts';

const ICONS = {
  lead: IconInbox,
  statut: IconTag,
  pull: IconPackageExport,
  release: IconArrowBackUp,
  correction: IconPencil,
  erasure: IconEraser,
};
/** The server gives no more. */
const MOST = 1000;

/** All that happened to a person, newest first. */
export function Timeline({ events }: { readonly events: readonly PersonEvent[] }) {
  const texts = useTexts().person.timeline;
  const titleOf = useEventTitle();
  const about = events.length >= MOST ? texts.latest : undefined;
  return (
    <Section title={texts.title} about={events.length === 0 ? texts.none : about}>
      <Line bulletSize={24} lineWidth={1} classNames={{ itemBody: classes.event ?? '' }}>
        {events.map((event, index) => {
          const Icon = ICONS[event.event];
          return (
            <Line.Item
              // Events have no id of their own, and the list changes as a whole.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              bullet={<Icon size={14} stroke={1.6} />}
              title={titleOf(event)}
            >
              <EventText event={event} />
            </Line.Item>
          );
        })}
      </Line>
    </Section>
  );
}
