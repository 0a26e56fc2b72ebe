import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

export interface TypeCheck {
  /** Whether the compiler refuses `path` with `text` in it. Only that file is checked: no site changes a signature. */
  refuses(path: string, text: string): boolean;
}

/** The project's compiler, kept warm. */
export function createTypeCheck(root: string): TypeCheck {
  const { options, fileNames } = readProject(root);
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  const read = (path: string): string | undefined => texts.get(resolve(path)) ?? ts.sys.readFile(path);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: (path) => String(versions.get(resolve(path)) ?? 0),
    getScriptSnapshot(path) {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: read,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });

  function set(path: string, text: string): void {
    texts.set(path, text);
    versions.set(path, (versions.get(path) ?? 0) + 1);
  }

  return {
    refuses(path, text) {
      const file = join(root, path);
      set(file, text);
      const found = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
      set(file, readFileSync(file, 'utf8'));
      return found.length > 0;
    },
  };
}

function readProject(root: string): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, root);
}
