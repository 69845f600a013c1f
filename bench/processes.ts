import { readdirSync, readFileSync } from 'node:fs';

/** CPU time is counted in ticks of this many milliseconds, on every Linux that Node.js runs on. */
const TICK = 10;

/** The fields of /proc/<pid>/stat after the name, which may hold spaces; empty when it is gone. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** The CPU time of a process so far, user and system, milliseconds; NaN where there is no /proc. */
export function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) * TICK;
}

/**
 * The CPU time of all children of a process so far, milliseconds: the backends of a postmaster, and
 * those that have ended, whose time it was told when they did.
 */
export function cpuOfChildren(parent: number): number {
  const stat = statOf(parent);
  const ended = (Number(stat[13]) + Number(stat[14])) * TICK;
  return children(parent).reduce((sum, pid) => sum + (cpuOf(pid) || 0), ended);
}

function children(parent: number): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => Number(statOf(pid)[1]) === parent);
  } catch {
    return [];
  }
}

/** The process that started this one; NaN when it is not of this machine. */
export const parentOf = (pid: number): number => Number(statOf(pid)[1]);

/** Resident memory of a process now and at its peak, megabytes. */
export function memoryOf(pid: number): { now: number; peak: number } {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) / 1024;
    return { now: read('VmRSS'), peak: read('VmHWM') };
  } catch {
    return { now: Number.NaN, peak: Number.NaN };
  }
}
