import { sizeText } from '@relais/contract';

/** A size in French, where a byte is an octet: `64 ko`. */
export const octets = (bytes: number): string => sizeText(bytes).replace('B', 'o');
