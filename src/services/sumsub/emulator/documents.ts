import { randomInt } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import type { EmulatedApplicant, EmulatedApplicants, EmulatedSteps } from './applicants.ts';
import { refuse, type EmulatedRefusal } from './errors.ts';
import { maySubmit } from './reviews.ts';

const metadataOf = z.object({
  idDocType: z.string().min(1),
  /** ISO 3166-1 alpha-3. */
  country: z.string().regex(/^[A-Z]{3}$/),
  idDocSubType: z.enum(['FRONT_SIDE', 'BACK_SIDE']).exactOptional(),
});

/** The step of the level to which a document belongs. */
const stepOf: Partial<Record<string, keyof EmulatedSteps>> = {
  PASSPORT: 'IDENTITY',
  ID_CARD: 'IDENTITY',
  DRIVERS: 'IDENTITY',
  SELFIE: 'SELFIE',
};

const refusals = {
  empty: { status: 400, errorCode: 1003, errorName: 'empty-file', description: 'The file is empty' },
  beingChecked: {
    status: 409,
    errorCode: 1006,
    errorName: 'no-upload-verification-in-progress',
    description: 'The applicant is being checked',
  },
  finallyRejected: {
    status: 409,
    errorCode: 1009,
    errorName: 'applicant-with-final-reject',
    description: 'The applicant was finally rejected',
  },
  notAskedFor: {
    status: 409,
    errorCode: 1010,
    errorName: 'doc-type-not-in-req-docs',
    description: 'The level asks for no such document',
  },
} as const satisfies Record<string, EmulatedRefusal>;

const imageIdMax = 2 ** 31;

/**
 * `POST /resources/applicants/{id}/info/idDoc`: `metadata` as JSON and `content` as a file. Only the file's size is
 * read; the file is not kept. Source: Sumsub API reference, "Add verification documents" and "Error codes".
 */
export async function addDocument(
  c: Context<EmulatorEnvironment>,
  applicant: EmulatedApplicant,
  applicants: EmulatedApplicants,
): Promise<Response> {
  const { metadata, sizeBytes } = await readForm(c);
  if (!metadata) return refuse(c, { status: 400, description: 'Invalid metadata' });
  if (applicant.reviewResult?.reviewRejectType === 'FINAL' && applicant.reviewStatus === 'completed')
    return refuse(c, refusals.finallyRejected);
  if (!maySubmit(applicant)) return refuse(c, refusals.beingChecked);
  const step = stepOf[metadata.idDocType];
  if (!step) return refuse(c, refusals.notAskedFor);
  if (sizeBytes === 0) return refuse(c, refusals.empty);
  const imageId = randomInt(1, imageIdMax);
  applicants.change(applicant, {
    steps: { ...applicant.steps, [step]: 'submitted' },
    images: { ...applicant.images, [step]: [...(applicant.images?.[step] ?? []), imageId] },
  });
  c.header('x-image-id', `${imageId}`);
  return c.json(metadata);
}

/** Reads the form. The body was already read once, for the signature. */
async function readForm(
  c: Context<EmulatorEnvironment>,
): Promise<{ metadata: z.output<typeof metadataOf> | undefined; sizeBytes: number }> {
  try {
    const headers = { 'content-type': c.req.header('content-type') ?? '' };
    const form = await new Response(await c.req.arrayBuffer(), { headers }).formData();
    const [metadata, content] = [form.get('metadata'), form.get('content')];
    return {
      metadata: metadataOf.parse(JSON.parse(typeof metadata === 'string' ? metadata : '')),
      sizeBytes: content instanceof File ? content.size : 0,
    };
  } catch {
    return { metadata: undefined, sizeBytes: 0 };
  }
}
