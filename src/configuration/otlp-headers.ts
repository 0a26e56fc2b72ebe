const namePattern = /^[\w!#$%&'*+.^`|~-]+$/;
/** What Node takes as the value of a header. */
const valuePattern = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/**
 * Reads `name=value,name=value`, values percent-encoded (OpenTelemetry, "OTLP exporter configuration"); undefined for
 * anything else.
 */
export function readOtlpHeaders(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const pair of text.split(',').map((part) => part.trim())) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, at)).trim();
    const value = decoded(pair.slice(at + 1).trim());
    if (!namePattern.test(name) || value === undefined || !valuePattern.test(value)) return undefined;
    headers[name] = value;
  }
  return headers;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
