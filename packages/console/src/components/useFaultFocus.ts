import { type RefObject, useEffect, useRef, useState } from 'react';

interface FaultFocus {
  readonly form: RefObject<HTMLFormElement | null>;
  /** To be called when the form is sent. */
  sent(): void;
}

/** A PasswordInput of Mantine has the second alone. */
const WRONG = '[aria-invalid="true"], input[data-invalid]';

/** Brings the focus to the first field that is wrong, once a form was sent and has its answer. */
export function useFaultFocus(pending: boolean): FaultFocus {
  const form = useRef<HTMLFormElement>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (times === 0 || pending) return;
    // A moment later: a form that was sent is pending then, and what it still shows is of the last time.
    const later = setTimeout(() => form.current?.querySelector<HTMLElement>(WRONG)?.focus());
    return () => clearTimeout(later);
  }, [times, pending]);
  return { form, sent: () => setTimes((before) => before + 1) };
}
