import type { ApiError } from '../../../api/apiError.ts';
import { useFieldErrors } from '../../../components/useErrorText.ts';
import { useTexts } from '../useTexts.ts';
import { type PersonField, personFields } from './person.ts';

type Faults = Partial<Record<PersonField | 'reason', string>>;

const OF_ANOTHER = /^This (telephone|e-mail address) is that of the prospect (\d+):/;

/** What a refusal says of the fields of a correction; undefined when it is of none of them. */
export function useFaults(): (error: ApiError) => Faults | undefined {
  const texts = useTexts().person.correct;
  const fieldErrors = useFieldErrors();
  return (error) => {
    const [, what, other] = OF_ANOTHER.exec(error.message) ?? [];
    if (other !== undefined) {
      return { [what === 'telephone' ? 'telephone' : 'email']: texts.ofAnother(other) };
    }
    const faults = fieldErrors(error, [...personFields, 'reason']);
    // Their lengths are kept by the fields: what is refused cannot be read.
    if (faults?.telephone) return { telephone: texts.unreadable.telephone };
    return faults?.email ? { email: texts.unreadable.email } : faults;
  };
}
