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

/** Every node of the file, outermost first. */
export function nodesOf(file: TextFile): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
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

function findComments(file: TextFile): Comment[] {
  const source = parse(file);
  const ranges = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    const before = ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? [];
    const after = ts.getTrailingCommentRanges(file.text, node.getEnd()) ?? [];
    if (!isInsideText(node)) for (const range of [...before, ...after]) ranges.set(range.pos, range);
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...ranges.values()].map(({ pos, end }) => ({
    text: file.text.slice(pos, end),
    line: source.getLineAndCharacterOfPosition(pos).line + 1,
    start: pos,
  }));
}

/** After the pieces of a template or of JSX comes text, which may look like a comment. */
function isInsideText(node: ts.Node): boolean {
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isJsxText(node);
}

/** The file with its comments blanked out, line by line as before. */
export function codeOf(file: TextFile): string {
  return commentsOf(file).reduce((code, { text, start }) => {
    const blank = text.replace(/[^\n]/g, ' ');
    return code.slice(0, start) + blank + code.slice(start + text.length);
  }, file.text);
}
