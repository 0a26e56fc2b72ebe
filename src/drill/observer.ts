import { z } from 'zod';
import { assert } from '#domain/errors.ts';
import type { World } from './world.ts';

const headLines = 3;
const headLengthMax = 240;
/** Where alerts go that Slack does not take, and what BetterStack sends. */
const onCall = 'vakt@drop.example';

const slackState = z.object({ messages: z.array(z.object({ text: z.string(), receivedAt: z.string() })) });
const mailState = z.object({
  mails: z.array(
    z.object({
      id: z.string(),
      to: z.string(),
      received: z.object({ subject: z.string() }).optional(),
    }),
  ),
});
const incidentSchema = z.object({
  id: z.string(),
  name: z.string(),
  cause: z.string(),
  resolvedAt: z.date().optional(),
});
const betterStackState = z.object({
  incidents: z.array(incidentSchema),
  sms: z.array(z.object({ to: z.string(), text: z.string() })),
});

/** What arrived or changed since the last look, each a line. */
export interface Seen {
  slack: string[];
  betterStack: string[];
  /** Mails and SMS. */
  people: string[];
}

/** Looks at what operators see. */
export interface Observer {
  look(): Seen;
  /** How many incidents BetterStack has open. */
  openIncidents(): number;
}

/** Reads the emulators of Slack, of BetterStack and of the mail servers. */
export function createObserver({ emulation }: Pick<World, 'emulation'>): Observer {
  const known = new Set<string>();
  const stateOf = (name: string): unknown => {
    const found = emulation.emulators.find(({ emulator }) => emulator.name === name);
    assert(found, `there is an emulator ${name}`);
    return found.emulator.state();
  };
  const fresh = (entries: readonly [key: string, line: string][]): string[] =>
    entries.filter(([key]) => !known.has(key) && known.add(key)).map(([, line]) => line);

  return {
    look() {
      const { messages } = slackState.parse(stateOf('slack'));
      const { mails } = mailState.parse(stateOf('email'));
      const { incidents, sms } = betterStackState.parse(stateOf('better-stack'));
      return {
        slack: fresh(messages.map(({ text }, index) => [`slack ${index}`, headOf(text)])),
        betterStack: [
          ...fresh(incidents.map((each) => [`begun ${each.id}`, `${each.name} is down: ${each.cause}`])),
          ...fresh(
            incidents
              .filter(({ resolvedAt }) => resolvedAt !== undefined)
              .map((each) => [`over ${each.id}`, `${each.name} is up`]),
          ),
        ],
        people: [
          ...fresh(
            mails.flatMap(({ id, to, received }): [string, string][] =>
              received === undefined
                ? []
                : [
                    [
                      `mail ${id}`,
                      `mail to ${to === onCall ? 'operators' : 'a customer'}: ${received.subject}`,
                    ],
                  ],
            ),
          ),
          ...fresh(sms.map(({ to, text }, index) => [`sms ${index}`, `SMS to ${to}: ${text}`])),
        ],
      };
    },
    openIncidents: () =>
      betterStackState
        .parse(stateOf('better-stack'))
        .incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length,
  };
}

/** The severity, the title and what an alert says first. */
function headOf(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, headLines).join(' · ').replaceAll('*', '').slice(0, headLengthMax);
}
