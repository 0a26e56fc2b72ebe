// `npm run types`: checks the types of everything, with the compiler that is written in Go. ESLint and the scripts that
// use the compiler's interface need the one before it, which is `typescript` in package.json.
import { runCommand } from './steps.ts';

const compiler = 'node_modules/typescript-7/bin/tsc';

/** A second checker would repeat half of the first one's work, and the processors have other things to do. */
const parameters = [compiler, '--noEmit', '--checkers', '1', '-p'];

for (const project of ['.', 'web', 'web/kit/service-worker'])
  if ((await runCommand(process.execPath, [...parameters, project])) !== undefined) process.exitCode = 1;
