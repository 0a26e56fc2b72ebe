import { outageOf } from './outage.ts';
import { applyMonitors } from './monitoring.ts';
import { customerSteps, prepareCustomers, type Answers } from './customers.ts';
import { createObserver, type Seen } from './observer.ts';
import { refuseWebhooks } from './occasion.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;
const minutesBefore = 2;

/** One minute of a drill: what customers got, and what operators saw since the minute before. */
export interface Minute {
  /** From the beginning of the outage; negative before it. */
  minute: number;
  phase: 'before' | 'down' | 'recovering';
  answers: Answers;
  seen: Seen;
}

export interface DrillResult {
  subject: string;
  downMinutes: number;
  minutes: readonly Minute[];
  /** The payments that Drop took, the latest hundred, by what became of them. */
  outcomes: ReadonlyMap<string, number>;
  /** What is not as before when the drill ends; empty where everything has recovered. */
  remaining: readonly string[];
}

export interface DrillOptions {
  subject: string;
  downMinutes: number;
  recoveryMinutes: number;
  onMinute: (minute: Minute) => void;
}

/** Takes a service down for a while, brings it back, and writes down each minute what customers and operators see. */
export async function drill(world: World, options: DrillOptions): Promise<DrillResult> {
  const { subject, downMinutes, recoveryMinutes, onMinute } = options;
  const { clock, pace } = world;
  const customers = await prepareCustomers(world);
  const observer = createObserver(world);
  const outage = outageOf(world, subject);
  const minutes: Minute[] = [];
  let beginMs = 0;

  async function observe(phase: Minute['phase'], minute: number): Promise<void> {
    const answers = await customers.tryAll();
    // Each look is at the end of its minute, however long customers waited for their answers.
    await pace.pass(Math.max(0, beginMs + (minute + 1) * minuteMs - clock.now().getTime()));
    const each = { minute, phase, answers, seen: observer.look() };
    minutes.push(each);
    onMinute(each);
  }

  try {
    await applyMonitors(world);
    beginMs = clock.now().getTime() + minutesBefore * minuteMs;
    for (let minute = -minutesBefore; minute < 0; minute += 1) await observe('before', minute);
    await outage.begin();
    // Where only operators are affected, an alert shows how it reaches them.
    if (subject === 'slack') await refuseWebhooks(world.appOrigin);
    for (let minute = 0; minute < downMinutes; minute += 1) await observe('down', minute);
    await outage.end();
    const end = downMinutes + recoveryMinutes;
    for (let minute = downMinutes; minute < end; minute += 1) await observe('recovering', minute);
    const openIncidents = observer.openIncidents();
    return {
      subject,
      downMinutes,
      minutes,
      outcomes: await customers.outcomes(),
      remaining: [
        ...failingSteps(minutes.at(-1)),
        ...(openIncidents === 0 ? [] : [`BetterStack has ${openIncidents} open incidents`]),
      ],
    };
  } finally {
    await customers.close();
  }
}

function failingSteps(last: Minute | undefined): string[] {
  return customerSteps
    .filter((step) => last?.answers[step].ok !== true)
    .map((step) => `customers cannot ${step}: ${last?.answers[step].result ?? 'no answer'}`);
}
