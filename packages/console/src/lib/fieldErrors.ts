import type { ApiError } from '../api/apiError.ts';

/**
 * A refused parameter as the error of the form's field of the same name: `{ nom: 'must be …' }`.
 * undefined when the refusal is of no field of this form, and must be shown beside it.
 */
export function fieldErrors<Field extends string>(
  error: ApiError | null,
  fields: readonly Field[],
): Partial<Record<Field, string>> | undefined {
  const refused = error?.parameter;
  const field = fields.find((name) => name === refused?.name);
  return refused && field
    ? ({ [field]: refused.rule } as Partial<Record<Field, string>>)
    : undefined;
}
