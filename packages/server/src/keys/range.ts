import { isIP } from 'node:net';

/** True for an address, or a range in CIDR notation. */
export function isRange(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : bits + 1;
  return isIP(address) !== 0 && more.length === 0 && length <= bits;
}
