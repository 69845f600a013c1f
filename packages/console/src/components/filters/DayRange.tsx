import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/fr';
import { DatePicker } from '@mantine/dates';
import { useState } from 'react';
import type { Days } from '../../lib/period.ts';
import { useLanguage } from '../../texts/language.ts';
import { useComponentTexts } from '../useComponentTexts.ts';

interface DayRangeProps {
  readonly days: Days | undefined;
  readonly onPick: (days: Days) => void;
}

/** A calendar for two days. A default export, since it is loaded when it is first needed. */
export default function DayRange({ days, onPick }: DayRangeProps) {
  const language = useLanguage();
  const texts = useComponentTexts().filter;
  const [range, setRange] = useState<[string | null, string | null]>([
    days?.from ?? null,
    days?.to ?? null,
  ]);
  return (
    <DatePicker
      type="range"
      allowSingleDateInRange
      hideOutsideDates
      weekendDays={[]}
      ariaLabels={{ previousMonth: texts.previousMonth, nextMonth: texts.nextMonth }}
      locale={language}
      firstDayOfWeek={1}
      value={range}
      onChange={([from, to]) => {
        setRange([from, to]);
        if (from && to) onPick({ from, to });
      }}
    />
  );
}
