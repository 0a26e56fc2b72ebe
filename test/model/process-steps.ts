import {
  conclusionWithoutReference,
  statusAfterHandOver,
  type HandOverOutcome,
} from '#domain/payment/conclusion.ts';
import { isFinal, sendableStatuses } from '#domain/payment/status.ts';
import type { Guards } from './guards.ts';
import { applied, concluded, isOver } from './row.ts';
import type { Step } from './search.ts';
import {
  claimsMax,
  processesMax,
  type Bank,
  type Initiation,
  type Row,
  type Task,
  type World,
} from './world.ts';

/** The next steps of Drop's processes. */
export function processSteps(world: World, bank: Bank, guards: Guards): Step<World>[] {
  const begun = world.tasks.length < processesMax ? beginnings(world, bank, guards) : [];
  return [...begun, ...world.tasks.flatMap((task) => stepsOf({ world, task, bank, guards }))];
}

const step = (name: string, to: World, isFault = false): Step<World> => ({ name, to, isFault });

function beginnings(world: World, bank: Bank, guards: Guards): Step<World>[] {
  const { drop } = world;
  const begin = (task: Task, change: Partial<World> = {}): World => ({
    ...world,
    ...change,
    tasks: [...world.tasks, task],
  });
  const steps = world.bank.map(({ status }, number) => {
    const task: Task = {
      does: 'reading',
      report: { number, status },
      isRecognised: drop.reference !== number,
    };
    return step(`a process reads payment ${number}: ${status}`, begin(task));
  });
  if (isClaimable(drop, guards)) {
    const attempt = drop.attempt + 1;
    const claimed: Row = { ...drop, status: 'initiating', attempt };
    const fresh = { drop: claimed, isToldNo: false, elapsed: 0 } as const;
    steps.push(
      step(`a process claims the payment (${attempt})`, begin({ does: 'sending', attempt, sent: 1 }, fresh)),
    );
  }
  const to = conclusionOf(world, bank, guards);
  if (to !== undefined) {
    steps.push(
      step(`a process takes the payment to conclude: ${to}`, begin({ does: 'concluding', row: drop, to })),
    );
  }
  return steps;
}

function isClaimable({ status, reference, contradiction, attempt }: Row, guards: Guards): boolean {
  if (attempt >= claimsMax) return false;
  const isUnclaimed = sendableStatuses.includes(status) || (!guards.claimsOnce && status === 'initiating');
  const isThere = reference !== undefined || contradiction !== undefined || !isUnclaimed;
  return !isThere || (!guards.sendsOnlyWhatIsNotThere && !isFinal(status) && status !== 'initiating');
}

function conclusionOf({ drop, elapsed, bank: payments }: World, bank: Bank, guards: Guards) {
  if (drop.reference !== undefined || elapsed === 0 || isOver(drop)) return undefined;
  // The known trap: the bank is asked, and does not know the payment yet.
  if (!guards.waitsForQuarantine && drop.status === 'unknown' && payments.length === 0) return 'failed';
  const facts = { status: drop.status, isContradicted: drop.contradiction !== undefined, sinceMs: elapsed };
  return conclusionWithoutReference(facts, () => ({
    needsApproval: bank.needsApproval || !guards.expiresOnlyWhatNeedsApproval,
    quarantineMs: guards.waitsForQuarantine ? 2 : 1,
  }));
}

interface Acting {
  world: World;
  task: Task;
  bank: Bank;
  guards: Guards;
}

function stepsOf(acting: Acting): Step<World>[] {
  const { world, task, guards } = acting;
  const steps = ownSteps(acting);
  if (world.faults.crashes === 0) return steps;
  const faults = { ...world.faults, crashes: world.faults.crashes - 1 };
  return [...steps, step(`a process dies while ${task.does}`, { ...ended(acting), faults }, true)];

  function ownSteps({ task: own }: Acting): Step<World>[] {
    switch (own.does) {
      case 'sending':
        return sending(acting, callOf(own));
      case 'waiting':
        return waiting(acting, callOf(own));
      case 'reading': {
        const { isRecognised, report } = own;
        const { row } = applied(world.drop, report, { isRecognised, guards });
        return [step(`a process applies payment ${report.number}: ${report.status}`, ended(acting, row))];
      }
      case 'concluding':
        return [
          step(
            `a process concludes: ${own.to}`,
            ended(acting, concluded(world.drop, own.row, own.to, guards)),
          ),
        ];
    }
  }
}

const callOf = ({ attempt, sent }: Initiation): Initiation => ({ attempt, sent });

/** The world without the task, and with what it wrote. */
function ended({ world, task }: Acting, drop: Row = world.drop): World {
  return { ...world, drop, tasks: world.tasks.filter((other) => other !== task) };
}

function continued({ world, task }: Acting, next: Task, change: Partial<World> = {}): World {
  return { ...world, ...change, tasks: world.tasks.map((other) => (other === task ? next : other)) };
}

/** A process that stood still past its lease may send all the same: the laws hold even so. */
function sending(acting: Acting, call: Initiation): Step<World>[] {
  const requests = [...acting.world.requests, call];
  return [
    step(`a process cannot send (${call.attempt})`, handedOver(acting, call, 'not_sent'), true),
    step(`a process sends (${call.attempt})`, continued(acting, { does: 'waiting', ...call }, { requests })),
  ];
}

function waiting(acting: Acting, call: Initiation): Step<World>[] {
  const { world, bank, guards } = acting;
  const mayRepeat = call.sent === 1 && (bank.isIdempotent || !guards.repeatsOnlyWhereRecognised);
  const onward = mayRepeat
    ? continued(acting, { does: 'sending', attempt: call.attempt, sent: 2 })
    : handedOver(acting, call, guards.doubtsLostAnswers ? 'unknown' : 'not_sent');
  const heard = world.answers
    .filter(({ attempt, sent }) => attempt === call.attempt && sent === call.sent)
    .map((answer) => {
      const left = {
        ...acting,
        world: { ...world, answers: world.answers.filter((other) => other !== answer) },
      };
      if (answer.says === 'refused')
        return step('a process hears a refusal', handedOver(left, call, 'refused'));
      return step(
        `a process hears of payment ${answer.number}: ${answer.status}`,
        answered(left, call, answer),
      );
    });
  return [...heard, step('a process gives an answer up', onward)];
}

/** A second initiation that ends without a payment says nothing about the first. */
function handedOver(acting: Acting, { attempt, sent }: Initiation, outcome: HandOverOutcome): World {
  const { world, guards } = acting;
  const isDoubtful = sent > 1 && guards.doubtsSecondRefusals;
  const to = statusAfterHandOver(isDoubtful ? 'unknown' : outcome);
  return ended(acting, concluded(world.drop, handedRow(attempt), to, guards));
}

const handedRow = (attempt: number): Row => ({
  status: 'initiating',
  reference: undefined,
  attempt,
  contradiction: undefined,
});

function answered(acting: Acting, { attempt }: Initiation, report: Parameters<typeof applied>[1]): World {
  const { world, guards } = acting;
  const { row, isContradicted } = applied(world.drop, report, { isRecognised: true, guards });
  if (isContradicted) return ended(acting, concluded(row, handedRow(attempt), 'unknown', guards));
  const isShown =
    report.status === 'awaiting_authorisation' && !(guards.withholdsLinks && isFinal(row.status));
  const links = isShown ? [...new Set([...world.links, report.number])] : world.links;
  return { ...ended(acting, row), links };
}
