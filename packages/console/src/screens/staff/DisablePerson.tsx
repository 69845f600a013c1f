import { useChange } from '../../api/useChange.ts';
import { ConfirmAct } from '../../components/ConfirmAct.tsx';
import type { Person } from './person.ts';
import { useTexts } from './useTexts.ts';

interface DisablePersonProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Keeps a person out, until an admin lets them in again. */
export function DisablePerson({ person, onClose }: DisablePersonProps) {
  const texts = useTexts();
  const disable = useChange('updateStaff', {
    invalidates: ['listStaff'],
    done: texts.disabled,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <ConfirmAct
      opened
      onClose={onClose}
      title={texts.disableTitle(person.nom)}
      effects={texts.disableEffects}
      verb={texts.disable}
      pending={disable.isPending}
      error={disable.error}
      onConfirm={() => disable.mutate({ id: person.id, disabled: true })}
    />
  );
}
