import { BlockList, isIP, isIPv6 } from 'node:net';

/** True for an address, or a range in CIDR notation. */
export function isRange(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : bits + 1;
  return isIP(address) !== 0 && more.length === 0 && length <= bits;
}

/**
 * Tells whether an address lies in one of these ranges; an IPv4 address mapped into IPv6 counts as
 * IPv4, and what is no address lies in none.
 */
export function within(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    const type = isIPv6(network) ? 'ipv6' : 'ipv4';
    list.addSubnet(network, Number(prefix || (type === 'ipv6' ? 128 : 32)), type);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
