import { Button, Loader, Popover, Stack } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { daysOf, type PeriodWord, periodText, periodWords } from '../../lib/period.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useComponentTexts } from '../useComponentTexts.ts';
import { FilterChip } from './FilterChip.tsx';

const DayRange = lazy(() => import('./DayRange.tsx'));

interface FilterPeriodProps {
  /** "Période" when left out. */
  readonly label?: string;
  /** A period of lib/period.ts; an operation takes `instantsOf` it. */
  readonly value: string;
  readonly onChange: (period: string) => void;
}

const isWord = (text: string): text is PeriodWord => periodWords.some((word) => word === text);

/** A filter of time: some usual spans, or two days of a calendar. */
export function FilterPeriod({ label, value, onChange }: FilterPeriodProps) {
  const texts = useComponentTexts().filter;
  const formats = useFormats();
  const [shows, setShows] = useState<'nothing' | 'words' | 'calendar'>('nothing');
  const days = daysOf(value);
  const chosen = isWord(value)
    ? texts.periods[value]
    : days && `${formats.shortDay(days.from)} – ${formats.day(days.to)}`;
  const choose = (period: string) => {
    setShows('nothing');
    onChange(period);
  };
  return (
    <Popover
      opened={shows !== 'nothing'}
      onChange={(opened) => !opened && setShows('nothing')}
      position="bottom-start"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <FilterChip
          label={label ?? texts.period}
          chosen={chosen ?? ''}
          isSet={days !== undefined}
          onClick={() => setShows(shows === 'nothing' ? 'words' : 'nothing')}
          onClear={() => onChange('')}
        />
      </Popover.Target>
      <Popover.Dropdown p={shows === 'calendar' ? 'sm' : 4} aria-label={label ?? texts.period}>
        {shows === 'calendar' ? (
          <Suspense fallback={<Loader size="sm" />}>
            <DayRange days={days} onPick={(picked) => choose(periodText(picked))} />
          </Suspense>
        ) : (
          <Stack gap={1}>
            {periodWords.map((word) => (
              <Choice key={word} text={texts.periods[word]} onChoose={() => choose(word)} />
            ))}
            <Choice text={texts.days} onChoose={() => setShows('calendar')} />
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice({ text, onChoose }: { readonly text: string; readonly onChoose: () => void }) {
  return (
    <Button variant="subtle" color="gray" justify="flex-start" fw={400} onClick={onChoose}>
      {text}
    </Button>
  );
}
