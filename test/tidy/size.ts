import ts from 'typescript';
import { fileRule, type Rule } from './rule.ts';
import { codeOf, lineOf, nodesOf, parse } from './syntax.ts';
import { isCode, isTest, type TextFile } from './tree.ts';

const lineLengthMax = 120;
const functionLinesMax = 70;
/** A component's function holds its markup. */
const componentLinesMax = 150;
const fileLinesMax = 500;
const mainLinesMax = 99;

const lineLength = fileRule(
  `no line longer than ${lineLengthMax}`,
  (path) => /\.(tsx?|md)$/.test(path),
  ({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      if ([...line].length <= lineLengthMax || cannotBeBroken(line, path)) return [];
      return [{ line: index + 1, message: `${[...line].length} characters: break the line at a phrase` }];
    }),
);

function cannotBeBroken(line: string, path: string): boolean {
  const isTableRow = path.endsWith('.md') && line.startsWith('|');
  // A sentence that people read is one string, however long.
  const isText =
    path.startsWith('web/customer/texts/') && /^\s*(\w+:\s*)?(\(.*\) =>\s*)?(['`]).*\3,$/.test(line);
  return isTableRow || isText || /https?:\/\/\S{40}/.test(line);
}

const fileLength = fileRule(`no source file longer than ${fileLinesMax} lines`, isCode, ({ path, text }) => {
  const linesMax = path === 'src/process/start.ts' ? mainLinesMax : fileLinesMax;
  const lines = text.trimEnd().split('\n').length;
  if (lines <= linesMax) return [];
  return [{ line: 1, message: `${lines} lines, at most ${linesMax}: one idea per file` }];
});

const functionLength = fileRule(`no function longer than ${functionLinesMax} lines`, isCode, (file) => {
  const linesMax = file.path.endsWith('.tsx') ? componentLinesMax : functionLinesMax;
  const long = nodesOf(file)
    .filter((node) => ts.isFunctionLike(node) && 'body' in node && node.body !== undefined)
    .filter((node) => linesBetween(file, node).length > linesMax)
    .filter((node) => !(isTest(file.path) && isTestBody(node)));
  if (long.length === 0) return [];
  const code = codeOf(file).split('\n');
  return long
    .map((node) => ({ line: lineOf(node), lines: linesOfCode(file, node, code) }))
    .filter(({ lines }) => lines > linesMax)
    .map(({ line, lines }) => ({
      line,
      message: `a function of ${lines} lines, at most ${linesMax}: name its steps`,
    }));
});

/** Blank lines and comments do not count. */
function linesOfCode(file: TextFile, node: ts.Node, code: readonly string[]): number {
  const { first, last } = linesBetween(file, node);
  return code.slice(first, last + 1).filter((line) => line.trim() !== '').length;
}

function linesBetween(file: TextFile, node: ts.Node): { first: number; last: number; length: number } {
  const source = parse(file);
  const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
  const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
  return { first, last, length: last - first + 1 };
}

/** What is handed to `describe` and `test` is a list of tests, not a function one reads as a whole. */
function isTestBody(node: ts.Node): boolean {
  if (!ts.isCallExpression(node.parent)) return false;
  return /^(describe|test|it)\b/.test(node.parent.expression.getText());
}

export const sizeRules: readonly Rule[] = [lineLength, fileLength, functionLength];
