import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface SubmitButtonProps extends Pick<ButtonProps, 'color' | 'variant' | 'disabled'> {
  readonly pending: boolean;
  readonly children: ReactNode;
}

/**
 * The button that sends a form. While the form is on its way it does nothing and yet keeps the
 * focus: a button that is disabled loses it to the page, from where the keyboard does not come back.
 */
export function SubmitButton({ pending, disabled = false, ...button }: SubmitButtonProps) {
  return (
    <Button
      {...button}
      type="submit"
      loading={pending}
      disabled={disabled}
      renderRoot={(root) => (
        <button
          {...root}
          disabled={disabled}
          aria-disabled={pending}
          // Enter in a field clicks it too. The second click of a double click may come before the
          // first has made it pending, and would send the form again.
          onClick={(event) => (pending || event.detail > 1) && event.preventDefault()}
        />
      )}
    />
  );
}
