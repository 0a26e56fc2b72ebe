import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Throws in a callback as soon as the command line is prepared for that, and never if it is not. */
const throwing = `data:text/javascript,process.on('newListener', (name) => {
  if (name === 'uncaughtException') setImmediate(() => { throw new Error('of 01818012345'); });
})`;

test('a command that ends with an exception prints it redacted, with code 1', async () => {
  const parameters = ['--import', throwing, 'bin/drop.js', 'smoke', '--url', 'http://127.0.0.1:9'];
  const failed = promisify(execFile)(process.execPath, parameters);
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Error: of \[.*\n +at /),
  });
});
