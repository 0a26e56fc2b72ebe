/** What an expression of PromQL asks for: a metric, and the labels that it matches or keeps. */
export interface Asked {
  metric: string;
  /** Label → the values that are matched by `=` or `=~`. */
  matched: ReadonlyMap<string, string>;
}

const selector = /\b((?:drop|http|process|nodejs)[_:][\w:]+|up\b)(?:\{([^}]*)\})?/g;
const matcher = /(\w+)\s*(?:=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g;
const grouping = /\b(?:by|on|without)\s*\(([^)]*)\)/g;

/** The metrics that an expression reads. */
export function askedBy(expression: string): Asked[] {
  return [...withoutGroupings(expression).matchAll(selector)].map(([, metric = '', labels = '']) => ({
    metric,
    matched: new Map([...labels.matchAll(matcher)].map(([, label = '', value = '']) => [label, value])),
  }));
}

/** The labels by which an expression groups or joins. */
export function groupedBy(expression: string): string[] {
  return [...expression.matchAll(grouping)].flatMap(([, labels = '']) =>
    labels.split(',').map((label) => label.trim()),
  );
}

/** A label may be named as a metric is. */
function withoutGroupings(expression: string): string {
  return expression.replaceAll(grouping, '');
}
