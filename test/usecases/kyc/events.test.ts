import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideKyc, type KycStatus } from '#domain/kyc/verdict.ts';
import { sumsubWorld, type SumsubWorld } from '../../support/sumsub-context.ts';

const outcomes = ['approved', 'sanctions_match', 'blurred_document', 'document_refused', 'manual_review'];

/** Events at Sumsub, faults of webhooks in transit, and passing time. */
const often = <T>(arbitrary: fc.Arbitrary<T>) => ({ arbitrary, weight: 3 });
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => ({ arbitrary, weight: 1 });
const sent = (...types: string[]) =>
  fc.record({ action: fc.constant('send_webhook'), type: fc.constantFrom(...types) });
const happenings = fc.oneof(
  often(fc.record({ action: fc.constant('complete_review'), outcome: fc.constantFrom(...outcomes) })),
  often(sent('applicantDeactivated', 'applicantActivated')),
  often(fc.record({ action: fc.constant('hold_webhooks') })),
  seldom(
    sent('applicantReviewed', 'applicantPending', 'applicantOnHold', 'applicantCreated', 'applicantReset'),
  ),
  seldom(sent('applicantActionReviewed', 'applicantDidSomethingNew', 'applicantDeleted')),
  seldom(fc.record({ action: fc.constant('reset_applicant') })),
  seldom(
    fc.record({ action: fc.constant('release_webhooks'), order: fc.constantFrom('as_sent', 'reversed') }),
  ),
  seldom(fc.record({ action: fc.constant('duplicate_webhooks'), copies: fc.integer({ min: 0, max: 3 }) })),
  seldom(fc.record({ action: fc.constant('replay_webhook') })),
  seldom(fc.record({ action: fc.constant('lose_webhooks'), count: fc.integer({ min: 1, max: 3 }) })),
);
type Happening = { action: string } & Record<string, unknown>;

const ofNobody = new Set(['hold_webhooks', 'release_webhooks', 'duplicate_webhooks', 'replay_webhook']);

async function happen({ stack, context, user }: SumsubWorld, happening: Happening): Promise<void> {
  const { action, ...parameters } = happening;
  // Every event has its own time, as at Sumsub.
  context.clock.advance(1_000);
  if (action === 'lose_webhooks') return stack.loseWebhooks(Number(parameters['count']));
  await stack.act(action, ofNobody.has(action) ? parameters : { externalUserId: user.id, ...parameters });
}

/** All held and failed webhooks arrive in the end, because Sumsub retries for a day. */
async function letAllArrive({ stack, context }: SumsubWorld): Promise<void> {
  await stack.act('release_webhooks', { order: 'reversed' });
  for (const delayMs of [0, 300_000, 3_600_000, 18_000_000, 64_800_000]) {
    context.clock.advance(delayMs);
    await stack.settled();
  }
}

/** In the order of the events, not of their arrival. */
function presenceOf(happened: Happening[]): string {
  const types = happened.flatMap(({ type }) => (typeof type === 'string' ? [type] : []));
  if (types.includes('applicantDeleted')) return 'deleted';
  const last = types.findLast((type) => type === 'applicantDeactivated' || type === 'applicantActivated');
  return last === 'applicantDeactivated' ? 'deactivated' : 'present';
}

async function expected({ stack, context, applicantId }: SumsubWorld, happened: Happening[]) {
  const reported = decideKyc(await stack.client.getApplicantStatus(applicantId), context.kycLevelName);
  const byPresence: Record<string, KycStatus[]> = {
    present: [reported.status],
    deactivated: ['queued'],
    // A final refusal, once read, is not undone by a deletion.
    deleted: ['none', 'rejected'],
  };
  return byPresence[presenceOf(happened)];
}

test('with webhooks in any order and with repetitions, the final state is what the API reports', async () => {
  const run = fc.asyncProperty(fc.array(happenings, { minLength: 1, maxLength: 12 }), async (happened) => {
    const world = await sumsubWorld();
    for (const happening of happened) await happen(world, happening);
    await letAllArrive(world);
    expect(await expected(world, happened)).toContain(await world.kycStatus());
  });
  await fc.assert(run, { numRuns: 40 });
}, 300_000);
