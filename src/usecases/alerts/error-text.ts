import { redactText } from '#domain/redaction.ts';

/** What an alert says of a thrown value. A value that is not an error may hold anything, so it is not shown. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return 'A value that is not an error was thrown';
  return redactText(`${error.name}: ${error.message}`);
}
