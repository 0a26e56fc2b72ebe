import { writeSync } from 'node:fs';
import type { Clock } from '#domain/clock.ts';

/** Writes lines to a file descriptor. */
export interface LineOutput {
  write(line: string): void;
}

interface LineOutputOptions {
  /** The descriptor of a pipe must not block, or a full pipe stops the process. */
  descriptor: number;
  clock: Clock;
  /** The line that tells, once lines can be written again, how many were lost. */
  lostLine: (lines: number) => string;
}

const waitingBytesMax = 1_048_576;
const againAfterMs = 50;

/**
 * Writes each line before `write` returns, so that a crash loses none. Never throws and never waits: lines that a full
 * pipe does not take are held, up to a megabyte, and tried again; lines that cannot be written are lost and counted.
 */
export function createLineOutput({ descriptor, clock, lostLine }: LineOutputOptions): LineOutput {
  const waiting: Buffer[] = [];
  let waitingBytes = 0;
  let lost = 0;
  let isFull = false;

  function hold(bytes: Buffer): void {
    waiting.push(bytes);
    waitingBytes += bytes.length;
  }

  function writeWaiting(): void {
    isFull = false;
    for (let [bytes] = waiting; bytes !== undefined; [bytes] = waiting) {
      const written = writeSome(bytes);
      if (written === 'full') return tryAgainLater();
      if (written === 'failed') lost += 1;
      const taken = written === 'failed' ? bytes.length : written;
      waitingBytes -= taken;
      if (taken < bytes.length) waiting[0] = bytes.subarray(taken);
      else waiting.shift();
      if (written !== 'failed' && lost > 0 && waiting.length === 0) {
        hold(Buffer.from(lostLine(lost)));
        lost = 0;
      }
    }
  }

  function tryAgainLater(): void {
    isFull = true;
    clock.schedule(againAfterMs, writeWaiting);
  }

  function writeSome(bytes: Buffer): number | 'full' | 'failed' {
    try {
      return writeSync(descriptor, bytes);
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EAGAIN' ? 'full' : 'failed';
    }
  }

  return {
    write(line) {
      const bytes = Buffer.from(line);
      if (waitingBytes + bytes.length > waitingBytesMax) lost += 1;
      else hold(bytes);
      if (!isFull) writeWaiting();
    },
  };
}
