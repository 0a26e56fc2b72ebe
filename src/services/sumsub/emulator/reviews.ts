import type { Clock, Scheduled } from '#domain/clock.ts';
import type {
  EmulatedApplicant,
  EmulatedApplicants,
  EmulatedReviewResult,
  EmulatedSteps,
} from './applicants.ts';
import { outcomes, type OutcomeName } from './outcomes.ts';
import type { EmulatedWebhooks } from './webhooks.ts';

interface ReviewOptions {
  clock: Clock;
  applicants: EmulatedApplicants;
  webhooks: EmulatedWebhooks;
  levelName: string;
  /** Milliseconds between a submission and its review. */
  reviewDelayMs: number;
}

/** The course of a review, with a webhook at every step. */
export class EmulatedReviews {
  readonly #options: ReviewOptions;
  readonly #scheduled = new Set<Scheduled>();

  constructor(options: ReviewOptions) {
    this.#options = options;
  }

  register(of: {
    externalUserId: string;
    email?: string | undefined;
    phone?: string | undefined;
  }): EmulatedApplicant {
    const { applicants, webhooks, levelName } = this.#options;
    const { externalUserId, email, phone } = of;
    const applicant = applicants.create({ externalUserId, levelName, email, phone });
    webhooks.tell(applicant, 'applicantCreated');
    return applicant;
  }

  /** Submits documents and a selfie; the review ends with `outcome` after the delay. */
  submit(applicant: EmulatedApplicant, outcome: OutcomeName): void {
    const { applicants, clock, reviewDelayMs } = this.#options;
    applicants.change(applicant, { steps: { IDENTITY: 'submitted', SELFIE: 'submitted' } });
    this.request(applicant);
    const review = clock.schedule(reviewDelayMs, () => {
      this.#scheduled.delete(review);
      this.finish(applicant, outcome);
    });
    this.#scheduled.add(review);
  }

  /** Requests a review of the submitted documents, which stays pending until `finish` or `complete`. */
  request(applicant: EmulatedApplicant): void {
    const { applicants, webhooks, clock } = this.#options;
    applicants.change(applicant, {
      reviewStatus: 'pending',
      reviewResult: undefined,
      submittedAt: clock.now(),
      attemptCount: applicant.attemptCount + 1,
    });
    webhooks.tell(applicant, 'applicantPending');
  }

  /** Decides a review, also one that is already decided, since ongoing monitoring changes verdicts too. */
  finish(applicant: EmulatedApplicant, outcome: OutcomeName): void {
    if (outcome === 'manual_review') return this.#hold(applicant);
    const { reviewResult, steps } = outcomes[outcome];
    this.complete(applicant, reviewResult, steps);
  }

  complete(applicant: EmulatedApplicant, reviewResult: EmulatedReviewResult, steps: EmulatedSteps): void {
    const { applicants, webhooks, clock } = this.#options;
    const change = { reviewStatus: 'completed', reviewResult, reviewedAt: clock.now(), steps } as const;
    applicants.change(applicant, change);
    webhooks.tell(applicant, 'applicantReviewed');
  }

  /** Keeps the old answer readable after a reset, as Sumsub does. */
  restart(applicant: EmulatedApplicant): void {
    const steps = { IDENTITY: null, SELFIE: null };
    this.#options.applicants.change(applicant, { reviewStatus: 'init', steps, images: {} });
    this.#options.webhooks.tell(applicant, 'applicantReset');
  }

  /** Deactivates or activates the profile. One that is so already is told of no more. */
  deactivate(applicant: EmulatedApplicant, isDeactivated: boolean): void {
    if ((applicant.isDeactivated ?? false) === isDeactivated) return;
    this.#options.applicants.change(applicant, { isDeactivated });
    this.#options.webhooks.tell(applicant, isDeactivated ? 'applicantDeactivated' : 'applicantActivated');
  }

  reset(): void {
    for (const review of this.#scheduled) review.cancel();
    this.#scheduled.clear();
  }

  #hold(applicant: EmulatedApplicant): void {
    this.#options.applicants.change(applicant, { reviewStatus: 'onHold' });
    this.#options.webhooks.tell(applicant, 'applicantOnHold');
  }
}

/** Whether the WebSDK accepts a submission: at first, and after a refusal that is not final. */
export function maySubmit({ reviewStatus, reviewResult }: EmulatedApplicant): boolean {
  if (reviewStatus === 'init' || reviewStatus === 'awaitingUser') return true;
  const refused = reviewStatus === 'completed' && reviewResult?.reviewAnswer === 'RED';
  return refused && reviewResult.reviewRejectType !== 'FINAL';
}
