import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ApiError } from '../api/apiError.ts';

/**
 * The record that a form was filled from: what its person saw. Once a refusal tells that somebody
 * else was faster, the form shows the record as it is by then, and goes on from there: nobody writes
 * over what they have not seen.
 */
export function useShownAnew<Shown, Values>(
  form: UseFormReturnType<Values>,
  record: Shown,
  valuesOf: (record: Shown) => Values,
  error: ApiError | null,
): Shown {
  const [shown, setShown] = useState(record);
  const isLate = error?.is('changed_meanwhile') === true;
  const showAnew = useEffectEvent(() => {
    if (JSON.stringify(valuesOf(record)) === JSON.stringify(valuesOf(shown))) return;
    setShown(record);
    form.setInitialValues(valuesOf(record));
    form.reset();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record comes after the refusal
  useEffect(() => {
    if (isLate) showAnew();
  }, [isLate, record]);
  return shown;
}
