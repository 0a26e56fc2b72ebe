import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';

/** As in Sumsub's API reference, "Review statuses". */
export type EmulatedReviewStatus =
  'init' | 'pending' | 'prechecked' | 'queued' | 'completed' | 'onHold' | 'awaitingUser' | 'awaitingService';

export interface EmulatedReviewResult {
  reviewAnswer: 'GREEN' | 'RED';
  reviewRejectType?: 'RETRY' | 'FINAL';
  rejectLabels?: string[];
  /** For the applicant. */
  moderationComment?: string;
  /** For Sumsub's client only. */
  clientComment?: string;
}

/** The result of each step of the level; null while nothing was submitted for it. */
export type EmulatedSteps = Record<'IDENTITY' | 'SELFIE', EmulatedReviewResult | 'submitted' | null>;

export interface EmulatedApplicant {
  readonly id: string;
  readonly inspectionId: string;
  readonly externalUserId: string;
  readonly levelName: string;
  readonly createdAt: Date;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  reviewStatus: EmulatedReviewStatus;
  reviewResult: EmulatedReviewResult | undefined;
  reviewedAt: Date | undefined;
  submittedAt: Date | undefined;
  attemptCount: number;
  steps: EmulatedSteps;
  /** Ids of images uploaded through the API. Images from the WebSDK get made-up ids. */
  images?: Partial<Record<keyof EmulatedSteps, number[]>>;
  isDeactivated?: boolean;
  /** Increases with every change, so that the WebSDK page can wait for the next one. */
  version: number;
}

interface AccessToken {
  applicantId: string;
  expiresAt: number;
}

const noSteps: EmulatedSteps = { IDENTITY: null, SELFIE: null };

/** The emulator's memory. */
export class EmulatedApplicants {
  readonly #clock: Clock;
  readonly #byId = new Map<string, EmulatedApplicant>();
  readonly #tokens = new Map<string, AccessToken>();
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(of: Pick<EmulatedApplicant, 'externalUserId' | 'levelName' | 'email' | 'phone'>): EmulatedApplicant {
    const applicant: EmulatedApplicant = {
      ...of,
      id: randomBytes(12).toString('hex'),
      inspectionId: randomBytes(12).toString('hex'),
      createdAt: this.#clock.now(),
      reviewStatus: 'init',
      reviewResult: undefined,
      reviewedAt: undefined,
      submittedAt: undefined,
      attemptCount: 0,
      steps: noSteps,
      version: 1,
    };
    this.#byId.set(applicant.id, applicant);
    return applicant;
  }

  /** By Sumsub's id, or by the path form `-;externalUserId=…`. */
  find(reference: string): EmulatedApplicant | undefined {
    const external = /^-;externalUserId=(.+)$/.exec(reference)?.[1];
    return external === undefined ? this.#byId.get(reference) : this.findByExternalUserId(external);
  }

  findByExternalUserId(externalUserId: string): EmulatedApplicant | undefined {
    return this.list().find((applicant) => applicant.externalUserId === externalUserId);
  }

  list(): EmulatedApplicant[] {
    return [...this.#byId.values()];
  }

  change(applicant: EmulatedApplicant, change: Partial<EmulatedApplicant>): void {
    Object.assign(applicant, change, { version: applicant.version + 1 });
    this.#wake();
  }

  issueToken(applicant: EmulatedApplicant, ttlSeconds: number): string {
    const token = `_act-sbx-${randomUUID()}`;
    const expiresAt = this.#clock.now().getTime() + ttlSeconds * 1000;
    this.#tokens.set(token, { applicantId: applicant.id, expiresAt });
    return token;
  }

  findByToken(token: string): EmulatedApplicant | undefined {
    const found = this.#tokens.get(token);
    const live = found !== undefined && found.expiresAt > this.#clock.now().getTime();
    return live ? this.#byId.get(found.applicantId) : undefined;
  }

  expireTokens(): void {
    this.#tokens.clear();
  }

  /** Resolves when the applicant's version exceeds `version`, or after `waitMs` milliseconds. */
  async changed(applicant: EmulatedApplicant, version: number, waitMs: number): Promise<void> {
    let timeIsUp = false;
    const timeout = this.#clock.schedule(waitMs, () => {
      timeIsUp = true;
      this.#wake();
    });
    while (applicant.version <= version && !timeIsUp && this.#byId.has(applicant.id)) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#waiting.add(() => resolve(undefined));
      await promise;
    }
    timeout.cancel();
  }

  /** The input of `restore`. */
  save(): EmulatedApplicant[] {
    return this.list();
  }

  /** Restores saved applicants. A review in progress is lost, and its applicant may submit again. */
  restore(saved: EmulatedApplicant[]): void {
    for (const applicant of saved) {
      const isUnderWay = applicant.reviewStatus === 'pending';
      this.#byId.set(applicant.id, isUnderWay ? { ...applicant, reviewStatus: 'init' } : applicant);
    }
  }

  clear(): void {
    this.#byId.clear();
    this.#tokens.clear();
    this.#wake();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}
