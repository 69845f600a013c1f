import { useChange } from '../../../api/useChange.ts';
import { RotateForm } from '../../../components/RotateForm.tsx';
import { changedBySource, type Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';
import { IssuedToken } from './IssuedToken.tsx';

interface RotateTokenProps {
  readonly source: Source;
  readonly onClose: () => void;
}

/** Gives a source a new token; the old one goes on for a while. */
export function RotateToken({ source, onClose }: RotateTokenProps) {
  const texts = useTexts().rotate;
  const rotate = useChange('rotateSourceToken', {
    invalidates: changedBySource,
    tellsRefusal: false,
  });
  if (rotate.data) {
    return <IssuedToken source={source} token={rotate.data.token} onDone={onClose} />;
  }
  return (
    <RotateForm
      texts={texts}
      effects={texts.effects}
      pending={rotate.isPending}
      error={rotate.error}
      onRotate={(overlapHours) => rotate.mutate({ nom: source.nom, overlapHours })}
      onClose={onClose}
    />
  );
}
