import ts from 'typescript';
import { mutators } from './mutators.ts';

/** A place where a file can be broken in one way. */
export interface Site {
  path: string;
  kind: string;
  /** From 1. */
  line: number;
  /** Offsets into the text: what is replaced. */
  start: number;
  end: number;
  replacement: string;
}

/** Every site of a file, in the order of its text. Types, imports and comments have none. */
export function sitesOf(path: string, text: string): Site[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const sites: Site[] = [];
  visit(source);
  return sites;

  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    for (const { kind, replace } of mutators) {
      const replacement = ts.isSourceFile(node) ? undefined : replace(node, source);
      if (replacement === undefined) continue;
      const start = node.getStart(source);
      const line = source.getLineAndCharacterOfPosition(start).line + 1;
      sites.push({ path, kind, line, start, end: node.getEnd(), replacement });
    }
    ts.forEachChild(node, visit);
  }
}

export function broken(text: string, { start, end, replacement }: Site): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The site as a person reads it: its place, and its line before and after. */
export function describeSite(text: string, site: Site): string {
  const from = text.lastIndexOf('\n', site.start - 1) + 1;
  const before = text.slice(from, lineEnd(text, site.end));
  const after = broken(text, site).slice(from);
  const changed = after.slice(0, before.length + site.replacement.length - (site.end - site.start));
  return `${site.path}:${site.line} (${site.kind})\n    - ${folded(before)}\n    + ${folded(changed)}`;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

const shownMax = 160;

function folded(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > shownMax ? `${line.slice(0, shownMax)}…` : line;
}
