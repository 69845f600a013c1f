import { write, writeSync } from 'node:fs';

/** What waits to be written at the most, in characters: what comes on top of it is lost. */
const MOST_WAITING = 1_000_000;
/** Between two attempts on a pipe that takes nothing at the moment, milliseconds. */
const PAUSE = 100;
const NEWLINE = 0x0a;
/** As pino has it. */
const WARN = 40;

/** Where the lines of a log go. */
export interface LogOutput {
  write(line: string): void;
}

/**
 * Writes lines to a file descriptor, in their order, without having the caller wait. What can't be
 * written, on a full disk or a closed pipe, is lost and counted, and never holds the server up:
 * pino's own output then waits without an end, in the only thread, deaf to signals. The first line
 * that can be written again says how many are missing.
 */
export function createLogOutput(descriptor: number): LogOutput {
  let waiting = '';
  let lines = 0;
  let lost = 0;
  /** The last byte that was written is not the end of a line. */
  let torn = false;
  let writing = false;

  /** What waits, as it is to be written now, and how many lines are missing when that fails. */
  const take = () => {
    const text = (torn ? '\n' : '') + (lost > 0 ? missing(lost) : '') + waiting;
    const taken = { bytes: Buffer.from(text), lines: lost + lines };
    waiting = '';
    lines = 0;
    lost = 0;
    return taken;
  };

  const go = () => {
    if (writing || waiting === '') return;
    writing = true;
    const taken = take();
    let left = taken.bytes;
    const send = () => write(descriptor, left, sent);
    const sent = (error: NodeJS.ErrnoException | null, bytes: number) => {
      if (error?.code === 'EAGAIN') return void setTimeout(send, PAUSE);
      if (error) {
        // Those of its lines that were written before it failed are counted too.
        lost += taken.lines;
        const end = taken.bytes.at(taken.bytes.length - left.length - 1);
        if (left.length < taken.bytes.length) torn = end !== NEWLINE;
        writing = false;
        return;
      }
      left = left.subarray(bytes);
      if (left.length > 0) return send();
      torn = false;
      writing = false;
      go();
    };
    send();
  };

  process.on('exit', () => {
    if (waiting === '') return;
    try {
      writeSync(descriptor, take().bytes);
    } catch {
      // Nobody is left to be told.
    }
  });

  return {
    write(line) {
      if (waiting.length + line.length > MOST_WAITING) {
        lost += 1;
        return;
      }
      waiting += line;
      lines += 1;
      go();
    },
  };
}

const missing = (lines: number): string =>
  `${JSON.stringify({
    level: WARN,
    time: new Date().toISOString(),
    lines,
    msg: 'lines of the log could not be written',
  })}\n`;
