/** What an expression of PromQL asks for: a metric, and the labels that it matches or keeps. */
export interface Asked {
  metric: string;
  /** Label → the values that are matched by `=` or `=~`. */
  matched: ReadonlyMap<string, string>;
}

const selector = /\b((?:drop|http|process|nodejs)[_:][\w:]+|up\b)(?:\{([^}]*)\})?/g;
const matcher = /(\w+)\s*(?:=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g;
const ranged = /\b((?:drop|http|process|nodejs)[_:][\w:]+)(?:\{([^}]*)\})?\[/g;
const comparison = /(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g;
const grouping = /\b(?:by|on|without)\s*\(([^)]*)\)/g;

/** The metrics that an expression reads. */
export function askedBy(expression: string): Asked[] {
  return [...withoutGroupings(expression).matchAll(selector)].map(([, metric = '', labels = '']) => ({
    metric,
    matched: new Map([...labels.matchAll(matcher)].map(([, label = '', value = '']) => [label, value])),
  }));
}

/** Series of a metric, over a time, as `rate` and `increase` need them. */
export interface Ranged {
  /** As the expression has it. */
  selector: string;
  metric: string;
  accepts(labels: ReadonlyMap<string, string>): boolean;
}

/** The series of which an expression needs the past. */
export function rangedIn(expression: string): Ranged[] {
  return [...expression.matchAll(ranged)].map(([text, metric = '', labels = '']) => {
    const tests = [...labels.matchAll(comparison)].map(([, label = '', operator, value = '']) => {
      const isWanted = operator?.startsWith('=') ?? true;
      const whole = operator?.endsWith('~') ? new RegExp(`^(?:${value})$`) : undefined;
      const fits = (text: string): boolean => whole?.test(text) ?? text === value;
      return (given: ReadonlyMap<string, string>) => fits(given.get(label) ?? '') === isWanted;
    });
    const accepts = (given: ReadonlyMap<string, string>): boolean => tests.every((each) => each(given));
    return { selector: text.slice(0, -1), metric, accepts };
  });
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
