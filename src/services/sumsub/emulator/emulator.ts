import { Hono } from 'hono';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { SentWebhook } from '#emulation/webhooks.ts';
import { createActions } from './actions.ts';
import { EmulatedApplicants, type EmulatedApplicant } from './applicants.ts';
import { sumsubErrors } from './errors.ts';
import { restRoutes } from './rest.ts';
import { EmulatedReviews } from './reviews.ts';
import { webSdkRoutes } from './websdk.ts';
import { EmulatedWebhooks, type ApplicantEvent } from './webhooks.ts';

export interface SumsubEmulatorOptions {
  appToken: string;
  secretKey: string;
  webhookSecret: string;
  /** The address that receives webhooks, e.g. `http://localhost:3000/api/kyc/webhook`. */
  webhookUrl: string;
  /** The only level of the emulator. */
  levelName: string;
  /** Milliseconds between a submission and its review; 1000 by default. */
  reviewDelayMs?: number;
}

const reviewDelayMsDefault = 1_000;

/**
 * A stateful emulator of Sumsub's REST API, webhooks and WebSDK, written from Sumsub's documentation and, for the
 * messages between page and frame, from the package `@sumsub/websdk`.
 */
export function createSumsubEmulator(context: EmulatorContext, options: SumsubEmulatorOptions): Emulator {
  const { clock } = context;
  const { levelName, reviewDelayMs = reviewDelayMsDefault } = options;
  const applicants = new EmulatedApplicants(clock);
  const webhooks = new EmulatedWebhooks(context, options);
  const reviews = new EmulatedReviews({ clock, applicants, webhooks, levelName, reviewDelayMs });

  context.faults.answerWith(sumsubErrors);
  const routes = new Hono<EmulatorEnvironment>();
  routes.route('/', restRoutes(context, { ...options, applicants, reviews }));
  routes.route('/', webSdkRoutes(context, { applicants, reviews }));

  return {
    name: 'sumsub',
    routes,
    reset() {
      reviews.reset();
      webhooks.reset();
      applicants.clear();
    },
    persistence: {
      save: () => applicants.save(),
      restore: (saved) => applicants.restore(saved as EmulatedApplicant[]),
    },
    state: () => ({
      applicants: applicants.list().map(withoutContact),
      webhooks: webhooks.list().map(withoutBody),
      mischief: webhooks.state(),
    }),
    onStage: { webhooks: () => webhooks.holding() },
    actions: createActions({ applicants, reviews, webhooks }),
  };
}

function withoutContact(applicant: EmulatedApplicant): Record<string, unknown> {
  return { ...applicant, email: undefined, phone: undefined };
}

function withoutBody({ id, about, answers }: SentWebhook<ApplicantEvent>): Record<string, unknown> {
  return { id, type: about.type, externalUserId: about.externalUserId, answers };
}
