// `npm run build:packages`: makes JavaScript and types of the packages in packages/, each in its folder `dist`. They
// are then packed by `npm pack ./packages/<name>`.
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { print } from './steps.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const packages = join(root, 'packages');

function build(folder: string): void {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  const { fileNames, options, errors } = configurationIn(folder);
  const program = ts.createProgram(fileNames, options);
  const { diagnostics } = program.emit(undefined, write);
  const faults = [...errors, ...program.getOptionsDiagnostics(), ...diagnostics];
  if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, formatting));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}

function configurationIn(folder: string): ts.ParsedCommandLine {
  const path = join(folder, 'tsconfig.json');
  return ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, ts.sys.readFile).config,
    ts.sys,
    folder,
    {},
    path,
  );
}

const formatting: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
};

/** The compiler rewrites the extensions of imports in JavaScript, and leaves them in types. */
function write(path: string, text: string): void {
  const isTypes = path.endsWith('.d.ts');
  ts.sys.writeFile(path, isTypes ? text.replace(/(from '\.[^']+)\.ts'/g, "$1.js'") : text);
}

const names = readdirSync(packages, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name } of names) {
  build(join(packages, name));
  print(`packages/${name}/dist`);
}
