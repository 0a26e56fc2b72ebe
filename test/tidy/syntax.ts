import ts from 'typescript';
import type { TextFile } from './tree.ts';

const parsed = new WeakMap<TextFile, ts.SourceFile>();

export function parse(file: TextFile): ts.SourceFile {
  const known = parsed.get(file);
  if (known) return known;
  const kind = file.path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2024, true, kind);
  parsed.set(file, source);
  return source;
}

const visited = new WeakMap<TextFile, readonly ts.Node[]>();

/** Every node of the file, outermost first. */
export function nodesOf(file: TextFile): readonly ts.Node[] {
  const known = visited.get(file);
  if (known) return known;
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  visited.set(file, nodes);
  return nodes;
}

export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

export interface Comment {
  text: string;
  line: number;
  start: number;
}

const comments = new WeakMap<TextFile, readonly Comment[]>();

/** The comments of the file; text in strings and templates is none. */
export function commentsOf(file: TextFile): readonly Comment[] {
  const known = comments.get(file);
  if (known) return known;
  const found = findComments(file);
  comments.set(file, found);
  return found;
}

/** Reads the text between the literals, which may hold what only looks like a comment. To read tokens is far slower. */
function findComments(file: TextFile): Comment[] {
  const source = parse(file);
  const literals = nodesOf(file)
    .filter(isText)
    .map((node) => ({ start: node.getStart(source), end: node.getEnd() }));
  const found: Comment[] = [];
  const opening = /\/\/.*|\/\*[^]*?\*\//g;
  for (let match = opening.exec(file.text); match; match = opening.exec(file.text)) {
    const { index: start } = match;
    while ((literals[0]?.end ?? Infinity) <= start) literals.shift();
    const literal = literals[0];
    if (literal && literal.start <= start) opening.lastIndex = literal.end;
    else found.push({ text: match[0], start, line: source.getLineAndCharacterOfPosition(start).line + 1 });
  }
  return found;
}

/** Strings, regular expressions, the pieces of a template and the text of JSX. */
function isText(node: ts.Node): boolean {
  return (
    ts.isLiteralExpression(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isTemplateHead(node) ||
    ts.isJsxText(node)
  );
}

/** The file with its comments blanked out, line by line as before. */
export function codeOf(file: TextFile): string {
  return commentsOf(file).reduce((code, { text, start }) => {
    const blank = text.replace(/[^\n]/g, ' ');
    return code.slice(0, start) + blank + code.slice(start + text.length);
  }, file.text);
}
