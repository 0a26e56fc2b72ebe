import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { createLineOutput } from '#process/line-output.ts';
import { createLog } from '#process/log.ts';
import { runProgram } from '../support/program.ts';
import { newScratchDirectory } from '../support/scratch.ts';

const lostLine = (lines: number): string => `lost ${lines}\n`;

/** A pipe that neither end waits for. */
async function openPipe() {
  const directory = await newScratchDirectory('drop-pipe-');
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(descriptor));
  const buffer = Buffer.alloc(1_000_000);
  return { descriptor, reader, read: () => buffer.toString('utf8', 0, readSync(reader, buffer)) };
}

const line = (number: number): string => `${`${number}`.padEnd(999, '.')}\n`;

/** Reads, and lets the output go on, until nothing more comes. */
function readAll(read: () => string, clock: ManualClock): string[] {
  let text = '';
  for (let isOver = false; !isOver; clock.advance(50)) {
    try {
      text += read();
    } catch {
      isOver = true;
    }
  }
  return text.trim().split('\n');
}

test('lines that a full pipe does not take arrive whole and in order once it is read', async () => {
  const { descriptor, read } = await openPipe();
  const clock = new ManualClock();
  const output = createLineOutput({ descriptor, clock, lostLine });
  for (let number = 0; number < 500; number += 1) output.write(line(number));
  const lines = readAll(read, clock);
  expect(lines).toEqual(Array.from({ length: 500 }, (_, number) => line(number).trim()));
});

test('lines beyond a megabyte that waits are lost and counted in the log', async () => {
  const { descriptor, read } = await openPipe();
  const clock = new ManualClock();
  const output = createLineOutput({ descriptor, clock, lostLine });
  const lines = 2_000;
  for (let number = 0; number < lines; number += 1) output.write(line(number));
  const arrived = readAll(read, clock);
  expect(arrived.at(-1)).toBe(`lost ${lines - (arrived.length - 1)}`);
  expect(arrived.length).toBeGreaterThan(1_000);
});

test('a pipe that its reader has closed loses lines and throws nothing', async () => {
  const { descriptor, reader } = await openPipe();
  const output = createLineOutput({ descriptor, clock: new ManualClock(), lostLine });
  closeSync(reader);
  expect(() => output.write(line(1))).not.toThrow();
});

test('a process whose log nothing reads goes on, and ends when it wants to', async () => {
  const { ended } = runProgram(`
    import { createLog } from '#process/log.ts';
    const log = createLog('info');
    for (let line = 0; line < 5_000; line += 1) log('info', 'x'.repeat(1_000));
    process.exit(7);
  `);
  expect(await ended).toBe(7);
});

test('a process whose log was closed by its reader goes on', async () => {
  const { child, ended } = runProgram(`
    import { createLog } from '#process/log.ts';
    const log = createLog('info');
    let left = 50;
    setInterval(() => {
      log('info', 'still here');
      process.stdout.write('still here');
      left -= 1;
      if (left === 0) process.exit(7);
    }, 1);
  `);
  child.stdout?.destroy();
  expect(await ended).toBe(7);
});

test('a line of the log holds nothing on which a terminal acts, and says the same', async () => {
  const file = join(await newScratchDirectory('drop-log-'), 'drop.log');
  const text = 'A\u001b[31m\u009b31m\u202eB';
  createLog('info', file)('info', text, { bank: text });
  const written = readFileSync(file, 'utf8');
  expect(written.trimEnd()).not.toMatch(/[\p{Control}\p{Bidi_Control}]/u);
  expect(JSON.parse(written)).toMatchObject({ msg: text, bank: text });
});
