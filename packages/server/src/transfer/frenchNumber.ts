/** Ten digits as most people type them, and E.164. */
const FORM = /^(?:0|\+33 ?)[1-7](?:[ .-]?\d\d){4}$/;
/** Beginnings of which every number is one of metropolitan France. */
const IN_USE = /^\+33(?:[13]|2[0-57-9]|4[1-9]|5[0-8]|6[0-24-8]|7[3-9])/;

/**
 * A telephone of France in E.164, when that is plain to see: what `readTelephone` gives, at a
 * hundredth of its cost. Undefined of anything else, which may be a number all the same.
 */
export function frenchNumber(text: string, pays: string | undefined): string | undefined {
  if (!FORM.test(text)) return undefined;
  const international = text.startsWith('+');
  // The same ten digits may be a number of another country.
  if (!international && pays !== undefined && !/^(?:fr|france)$/i.test(pays)) return undefined;
  const digits = text.replace(/\D/g, '');
  const number = international ? `+${digits}` : `+33${digits.slice(1)}`;
  return IN_USE.test(number) ? number : undefined;
}
