/**
 * The reference of a provider: a made-up one that uses every arm of the contract, with its words for the shared suites.
 * From the root of the repository.
 */
export const referenceFolders = {
  'test/recipe/fjord-pay': (id: string) => `src/services/open-banking/${id}`,
  'test/recipe/fjord-pay-subject': (id: string) => `test/conformance/${id}`,
} as const;

const reference = { id: 'fjord-pay', displayName: 'Fjord Pay' };

/** A provider's names: `acme-pay` and "Acme Pay" give `acmePay`, `AcmePay` and `ACME_PAY`. */
export interface ProviderNames {
  id: string;
  displayName: string;
}

/** The export that the list of providers imports. */
export function exportOf({ id }: ProviderNames): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** A text of the reference with a provider's names in place of the made-up ones. */
export function withNames(text: string, names: ProviderNames): string {
  const renamed = formsOf(names);
  return formsOf(reference).reduce(
    (result, form, index) => result.replaceAll(form, renamed[index] ?? ''),
    text,
  );
}

function formsOf(names: ProviderNames): string[] {
  const camel = exportOf(names);
  const pascal = `${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
  return [names.displayName, names.id, camel, pascal, names.id.toUpperCase().replaceAll('-', '_')];
}
