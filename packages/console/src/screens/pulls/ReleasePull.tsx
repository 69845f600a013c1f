import { useChange } from '../../api/useChange.ts';
import { ConfirmWithReason } from '../../components/ConfirmWithReason.tsx';
import type { Pull } from './pull.ts';
import { useTexts } from './useTexts.ts';

interface ReleasePullProps {
  readonly pull: Pull;
  /** How many contacts it would put back. */
  readonly releasable: number;
  readonly onClose: () => void;
}

/** Puts the contacts of a pull back to ready. What the client has received, it keeps. */
export function ReleasePull({ pull, releasable, onClose }: ReleasePullProps) {
  const texts = useTexts().release;
  const release = useChange('releasePull', {
    invalidates: ['listPulls', 'getPull', 'getToday', 'searchContacts', 'getProspect'],
    tellsRefusal: false,
    done: ({ released, kept }) => texts.done(released, kept),
    onDone: onClose,
  });
  const kept = pull.contacts - releasable;
  const { client_nom: client } = pull;
  return (
    <ConfirmWithReason
      opened
      onClose={onClose}
      title={texts.title(pull.seq, client)}
      effects={[
        texts.putBack(releasable, pull.statut_ready),
        ...(kept > 0 ? [texts.kept(kept)] : []),
        texts.again,
        pull.state === 'uncertain' ? texts.uncertain(client) : texts.delivered(client),
        ...(pull.idempotent ? [texts.repeatable] : []),
        texts.final,
      ]}
      verb={texts.verb}
      typed={String(pull.seq)}
      pending={release.isPending}
      reason={texts.reason}
      reasonHint={texts.reasonHint}
      error={release.error}
      onConfirm={(reason) => release.mutate({ pullId: pull.pull_id, reason })}
    />
  );
}
