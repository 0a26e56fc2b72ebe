import { sendsSms } from './declared.ts';
import { candidatesFor } from './adoption.ts';
import type { Owned } from './ownership.ts';
import { nameAttributeOf, type Actual, type Declared } from './resource.ts';
import type { CommandSettings } from '../command-variables.ts';

/**
 * What a person must know beside the changes. `duplicate` and `address_taken` keep `apply` from changing anything:
 * which of two things is meant, a person says.
 */
export interface Finding {
  code:
    | 'duplicate'
    | 'address_taken'
    | 'made_by_hand'
    | 'paused'
    | 'tells_nobody'
    | 'slack_not_connected'
    | 'sms_skipped';
  text: string;
}

/** The findings that say that an outage might not be told, whatever else is as declared. */
const alarming: readonly Finding['code'][] = ['duplicate', 'address_taken', 'paused', 'tells_nobody'];

export function isBlocking({ code }: Finding): boolean {
  return code === 'duplicate' || code === 'address_taken';
}

export function isAlarming({ code }: Finding): boolean {
  return alarming.includes(code);
}

export interface FindingsInput {
  declared: readonly Declared[];
  owned: Owned;
  slackChannels: number;
  settings: Pick<CommandSettings, 'BETTERSTACK_PLAN'>;
}

/** Everything to tell about what exists. Pure. */
export function findingsOf({ declared, owned, slackChannels, settings }: FindingsInput): Finding[] {
  const all = [...owned.own.values()].flat();
  return [
    ...duplicates(owned),
    ...madeByHand(declared, owned),
    ...all.filter(({ attributes }) => attributes['paused'] === true).map(pausedFinding),
    ...all.filter(tellsNobody).map(silentFinding),
    ...(slackChannels > 0 ? [] : [slackFinding]),
    ...(sendsSms(settings) ? [] : [smsFinding]),
  ];
}

const slackFinding: Finding = {
  code: 'slack_not_connected',
  text: 'no channel of Slack is connected, so minute 0 tells nobody: connect #drop-ops under Integrations',
};

const smsFinding: Finding = {
  code: 'sms_skipped',
  text: 'the free plan sends no SMS: minute 15 is left out until BETTERSTACK_PLAN=paid',
};

function duplicates({ own }: Owned): Finding[] {
  return [...own.values()].flatMap((actuals): Finding[] => {
    const [first, ...more] = actuals;
    if (!first || more.length === 0) return [];
    const ids = actuals.map(({ id }) => id).join(', ');
    return [
      {
        code: 'duplicate',
        text: `${titleOf(first)} is there ${actuals.length} times (${ids}): keep one of them`,
      },
    ];
  });
}

function madeByHand(declared: readonly Declared[], owned: Owned): Finding[] {
  return candidatesFor(declared, owned).map(({ declared: { kind, key }, actual }) => ({
    code: kind === 'status_page' ? 'address_taken' : 'made_by_hand',
    text: `${titleOf(actual)} was made by hand: \`drop monitors import ${kind}/${key}\` adopts it`,
  }));
}

function pausedFinding(actual: Actual): Finding {
  return { code: 'paused', text: `${titleOf(actual)} is paused: an outage is not noticed` };
}

/** An escalation without steps, or a step without members, is accepted by BetterStack and silent. */
function tellsNobody({ kind, attributes }: Actual): boolean {
  if (kind !== 'policy') return false;
  const steps: unknown = attributes['steps'];
  if (!Array.isArray(steps)) return true;
  // Instructions are read by whoever looks, and tell nobody.
  const telling = steps.filter((step: { type?: unknown }) => step?.type !== 'instructions');
  return (
    telling.length === 0 ||
    telling.some(
      (step: { step_members?: unknown }) =>
        !Array.isArray(step?.step_members) || step.step_members.length === 0,
    )
  );
}

function silentFinding(actual: Actual): Finding {
  return {
    code: 'tells_nobody',
    text: `${titleOf(actual)} has no steps, or a step without members: it is silent`,
  };
}

/** What a person finds it by in BetterStack. */
function titleOf({ kind, id, attributes }: Actual): string {
  const name = attributes[nameAttributeOf(kind) ?? ''];
  return `${kind.replace('_', ' ')} ${id}${typeof name === 'string' ? ` "${name}"` : ''}`;
}
