import ts from 'typescript';

/** One way to break a node: what it becomes, or undefined where the mutator does not apply. */
export interface Mutator {
  kind: string;
  replace: (node: ts.Node, source: ts.SourceFile) => string | undefined;
}

const swappedOperators = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.PlusEqualsToken, '-='],
  [ts.SyntaxKind.MinusEqualsToken, '+='],
]);

const operator: Mutator = {
  kind: 'operator',
  replace(node, source) {
    if (!ts.isBinaryExpression(node)) return undefined;
    const swapped = swappedOperators.get(node.operatorToken.kind);
    if (swapped === undefined || joinsTexts(node)) return undefined;
    return `${node.left.getText(source)} ${swapped} ${node.right.getText(source)}`;
  },
};

/** `+` between texts has no opposite. */
function joinsTexts({ left, right }: ts.BinaryExpression): boolean {
  return [left, right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));
}

const condition: Mutator = {
  kind: 'condition',
  replace(node, source) {
    const { parent } = node;
    const decides =
      ((ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === node) ||
      (ts.isConditionalExpression(parent) && parent.condition === node);
    return decides ? `!(${node.getText(source)})` : undefined;
  },
};

const truth: Mutator = {
  kind: 'boolean',
  replace(node) {
    if (ts.isLiteralTypeNode(node.parent)) return undefined;
    if (node.kind === ts.SyntaxKind.TrueKeyword) return 'false';
    return node.kind === ts.SyntaxKind.FalseKeyword ? 'true' : undefined;
  },
};

/** A statement that is there for its effect, or a guard that ends the function early. */
const statement: Mutator = {
  kind: 'statement',
  replace(node) {
    if (ts.isExpressionStatement(node)) return ';';
    if (!ts.isIfStatement(node) || node.elseStatement !== undefined) return undefined;
    return ts.isReturnStatement(node.thenStatement) || ts.isThrowStatement(node.thenStatement)
      ? ';'
      : undefined;
  },
};

/** A named limit, ten times larger. */
const bound: Mutator = {
  kind: 'bound',
  replace(node, source) {
    if (!ts.isNumericLiteral(node) || !ts.isVariableDeclaration(node.parent)) return undefined;
    const isOnTop = ts.isSourceFile(node.parent.parent.parent.parent);
    return isOnTop && Number(node.text) > 1 ? `${node.getText(source)} * 10` : undefined;
  },
};

const negation: Mutator = {
  kind: 'negation',
  replace(node, source) {
    if (!ts.isPrefixUnaryExpression(node) || node.operator !== ts.SyntaxKind.ExclamationToken)
      return undefined;
    return node.operand.getText(source);
  },
};

export const mutators: readonly Mutator[] = [operator, condition, truth, statement, bound, negation];
