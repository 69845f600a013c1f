/** What is read of package-lock.json, as npm writes it (lockfileVersion 3). */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Licences that ask for no more than their notice (SPDX identifiers). */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** Under the MPL: used to build the console and to test it, unchanged, and part of neither. */
const TOOLS = /^(lightningcss(-.+)?|axe-core|@axe-core\/playwright)$/;

/** True when an SPDX expression of `OR` and `AND` leaves a choice that is permissive. */
function isPermissive(expression: string): boolean {
  const words = expression.replace(/[()]/g, '');
  return words.split(' OR ').some((all) => all.split(' AND ').every((one) => PERMISSIVE.has(one)));
}

/** What comes from elsewhere than the registry: a repository, an address, a file. */
const ELSEWHERE = /^(git|github|https?|file|ssh)[:+]|^[\w.-]+\/[\w.-]+$/;
const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path;

/**
 * What is wrong with the locked packages, a sentence each: contents that nothing vouches for, a
 * script of an installation that nobody has allowed, a source other than the registry, a licence
 * that asks for more than its notice.
 */
export function lockFaults(lock: Lock, allowScripts: Readonly<Record<string, boolean>>): string[] {
  const faults: string[] = [];
  for (const [path, one] of Object.entries(lock.packages)) {
    const name = nameOf(path);
    const asked = { ...one.dependencies, ...one.optionalDependencies, ...one.devDependencies };
    for (const [other, range] of Object.entries(asked)) {
      if (ELSEWHERE.test(range)) faults.push(`${path || 'relais'} takes ${other} from ${range}.`);
    }
    // Our own packages are folders of this repository, and links to them.
    if (one.link || !path.includes('node_modules/')) continue;
    if (!one.integrity?.startsWith('sha512-')) faults.push(`${path} has no SHA-512 integrity.`);
    if (one.resolved && !/^https:\/\/[^/]+\/.+\.tgz$/.test(one.resolved)) {
      faults.push(`${path} is not resolved to a package of a registry.`);
    }
    if (one.hasInstallScript && allowScripts[name] !== true) {
      faults.push(`${name} runs a script when it is installed, and allowScripts does not list it.`);
    }
    if (!isPermissive(one.license ?? '') && !(one.license === 'MPL-2.0' && TOOLS.test(name))) {
      faults.push(`${name} has the licence ${one.license ?? '(none)'}.`);
    }
  }
  return faults;
}

/** What the registry says of known vulnerabilities; `unasked`: why it could not be asked. */
export type Advisories =
  | { readonly grave: readonly string[]; readonly others: number }
  | { readonly unasked: string };

/** Reads the answer of `npm audit --json`. */
export function readAudit(text: string): Advisories {
  let report: {
    vulnerabilities?: Record<string, { name: string; severity: string }>;
    message?: string;
  };
  try {
    report = JSON.parse(text) as typeof report;
  } catch {
    return { unasked: 'npm audit gave no answer.' };
  }
  if (!report.vulnerabilities) return { unasked: report.message ?? 'npm audit gave no report.' };
  const all = Object.values(report.vulnerabilities);
  const grave = all.filter(({ severity }) => severity === 'high' || severity === 'critical');
  return {
    grave: grave.map(({ name, severity }) => `${name}: ${severity}`),
    others: all.length - grave.length,
  };
}
