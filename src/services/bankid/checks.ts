import type { ServiceCheck } from '#services/definition.ts';
import { createListReader } from '#services/listed-items.ts';
import type { BankIdContext } from './client.ts';
import { createMetadataSource } from './discovery.ts';
import { fetchDocument, judgeDocument } from './fetch-document.ts';
import type { BankIdOptions } from './options.ts';
import { keySetSchema } from './wire.ts';

/** Reads the issuer's public documents. What the client proves itself with is first used by a sign-in. */
export function bankIdChecks(options: BankIdOptions, context: BankIdContext): ServiceCheck[] {
  const readLists = createListReader({ provider: 'bankid', ...context });
  const { documents: outbound } = context;
  const metadata = createMetadataSource(options, { ...context, outbound, readLists });
  return [
    {
      subject: 'metadata',
      async run() {
        const { issuer } = await metadata.get();
        return { severity: 'ok', text: `the metadata of ${issuer} can be used to sign in` };
      },
    },
    {
      subject: 'keys',
      async run() {
        const { jwks_uri: url } = await metadata.get();
        const keys = judgeDocument('jwks', await fetchDocument(outbound, 'jwks', url), keySetSchema);
        if (keys.length > 0) return { severity: 'ok', text: `${keys.length} keys verify ID tokens` };
        const advice = 'compare BANKID_ISSUER and BANKID_JWKS_URL with the documentation of the issuer';
        return { severity: 'failed', text: 'the issuer has no key that Drop can use', advice };
      },
    },
  ];
}
