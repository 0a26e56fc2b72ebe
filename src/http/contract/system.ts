import { z } from 'zod';

/** What the web app must know before anybody signed in. */
export const appSchema = z.object({
  environment: z.enum(['production', 'staging', 'sandbox']),
  serviceMode: z.enum(['mock', 'production']),
  /** Whether the sandbox serves its stage (`./stage.ts`) at this origin. */
  hasStage: z.boolean(),
  /** How to load Sumsub's WebSDK; null in mock mode, where there is none. */
  webSdk: z.object({ scriptUrl: z.url(), baseUrl: z.url() }).nullable(),
  /** E-mail address, https address or telephone number of customer service. */
  supportContact: z.string().nullable(),
  /** The company that operates Drop and has the licence; null where it is not configured. */
  operator: z
    .object({
      name: z.string(),
      /** Nine digits. */
      organisationNumber: z.string(),
      address: z.string(),
      /** The number in Finanstilsynet's register. */
      licence: z.string(),
    })
    .nullable(),
});

export type App = z.output<typeof appSchema>;
