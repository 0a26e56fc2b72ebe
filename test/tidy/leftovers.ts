import ts from 'typescript';
import { fileRule, type Rule } from './rule.ts';
import { commentsOf, lineOf, nodesOf } from './syntax.ts';
import { isCode, isTest } from './tree.ts';

/** In two halves, so that this file passes its own rule. */
const markers = new RegExp(`\\b(${['FIX' + 'ME', 'TO' + 'DO', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
const fillers = new RegExp(
  ['lorem ' + 'ipsum', 'foo' + 'bar', 'as' + 'df', 'qwe' + 'rty', 'john ' + 'doe', 'change' + 'me'].join('|'),
  'i',
);

const noMarker = fileRule(
  'no note of work to be done',
  (path) => isCode(path) || path.endsWith('.md'),
  (file) => {
    const places = isCode(file.path) ? commentsOf(file) : linesOf(file.text);
    return places
      .filter(({ text }) => markers.test(text))
      .map(({ line }) => ({ line, message: 'a note of work to be done: do it, or leave it out' }));
  },
);

const noFiller = fileRule(
  'no filler text',
  (path) => isCode(path) || path.endsWith('.md'),
  ({ text }) =>
    linesOf(text)
      .filter((line) => fillers.test(line.text))
      .map(({ line }) => ({ line, message: 'filler text: write what a person would' })),
);

const noFocus = fileRule('no focused test', isTest, (file) => {
  if (!isCode(file.path)) return [];
  return nodesOf(file)
    .filter((node) => ts.isPropertyAccessExpression(node) && node.name.text === 'only')
    .filter((node) => /^(describe|test|it|bench)\b/.test(node.getText()))
    .map((node) => ({ line: lineOf(node), message: '`.only` leaves the other tests out: take it away' }));
});

function linesOf(text: string): { text: string; line: number }[] {
  return text.split('\n').map((line, index) => ({ text: line, line: index + 1 }));
}

export const leftoverRules: readonly Rule[] = [noMarker, noFiller, noFocus];
