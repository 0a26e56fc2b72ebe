import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { incidentReports, type IncidentFacts, type IncidentReport } from '#domain/incident/incident.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { serviceEntries } from '#services/services.ts';
import { assessIncident } from '#usecases/incidents/assess.ts';
import { reportOf } from '#usecases/incidents/report.ts';
import { addToIncident, recordIncident } from '#usecases/incidents/record.ts';
import { searchIncidents, type IncidentFilters } from '#usecases/incidents/search.ts';
import { addAuthorName } from './author-options.ts';
import { addTimes, examples } from './filters.ts';
import { columns, reportText, shownText } from './incidents-text.ts';
import { jsonLine } from './json-line.ts';
import { addListOptions, printList } from './list.ts';
import { idOf, timeOrAge } from './option-values.ts';
import { plainLines } from './plain.ts';
import { onRunningDatabase } from './running-database.ts';

const time = timeOrAge(systemClock);
const textLengthMax = 2_000;

/** `drop incidents`: the record of incidents. Nothing is sent to an authority, and a person classifies. */
export function incidentsCommand(): Command {
  const command = new Command('incidents').description(
    'the record of incidents, with the clocks of their reports; Drop sends none and classifies none',
  );
  addOpen(command);
  addNote(command);
  const listed = command
    .command('list')
    .description('list incidents, newest first, with the next report that is due');
  addListOptions(addTimes(listed, 'began'), 'incidents')
    .addHelpText('after', examples('incidents list', 'incidents list --since 30d --json'))
    .action(list);
  command
    .command('show')
    .description('one incident: its clocks, affected customers and payments, criteria and record')
    .argument('<id>', 'number of the incident', idOf)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('incidents show 3'))
    .action(show);
  command
    .command('export')
    .description('the fields of a report that Drop knows, and those that a person must fill in')
    .argument('<id>', 'number of the incident', idOf)
    .addOption(reportOption('--report <report>', 'which report').makeOptionMandatory())
    .option('--json', 'one JSON object, with the ids of the affected payments')
    .addHelpText('after', examples('incidents export 3 --report initial'))
    .action(exportReport);
  return command;
}

interface OpenOptions {
  title: string;
  started?: Date;
  aware?: Date;
  provider?: string;
  bank?: string;
  as: string;
  json?: true;
}

function addOpen(command: Command): void {
  const known = [...serviceEntries.map(([, { id }]) => id), ...openBankingProviders.map(({ id }) => id)];
  const open = command
    .command('open')
    .description('begin the record of an incident')
    .requiredOption('--title <text>', 'what happens, in a line, without personal data', textOf)
    .option('--started <time>', 'when it began, or its age: 15m, 2h (default: now)', time)
    .option('--aware <time>', 'when you became aware of it, or how long ago (default: now)', time)
    .addOption(new Option('--provider <id>', 'the provider that fails').choices(known))
    .option('--bank <name>', 'the bank that fails, by its name')
    .option('--json', 'the incident as one JSON object');
  addAuthorName(open)
    .addHelpText('after', examples('incidents open --title "DNB does not answer" --started 2h --bank DNB'))
    .action(async ({ title, started, aware, provider, bank, as: actorName, json }: OpenOptions) => {
      const facts = { title, ...given({ startedAt: started, awareAt: aware, provider, bank }) };
      const incident = await onRunningDatabase((context) => recordIncident(context, { facts, actorName }));
      process.stdout.write(json ? jsonLine(incident) : `incident ${incident.id}\n`);
      if (json) return;
      process.stderr.write(`Its clocks: npx drop incidents show ${incident.id}\n`);
    });
}

interface NoteOptions {
  started?: Date;
  aware?: Date;
  ended?: Date;
  major?: Date;
  notMajor?: Date;
  cause?: string;
  reported?: IncidentReport;
  at?: Date;
  as: string;
  json?: true;
}

function addNote(command: Command): void {
  const note = command
    .command('note')
    .description('add to the record of an incident; what is in it is never changed')
    .argument('<id>', 'number of the incident', idOf)
    .argument('[text]', 'what happened, was found out or was done, without personal data', textOf)
    .option('--started <time>', 'when it began, now that it is known', time)
    .option('--aware <time>', 'when you became aware of it', time)
    .option('--ended <time>', 'when service was restored', time)
    .addOption(
      new Option('--major <time>', 'when it was classified as major').argParser(time).conflicts('notMajor'),
    )
    .option('--not-major <time>', 'when it was classified as not major', time)
    .option('--cause <text>', 'its root cause', textOf)
    .addOption(reportOption('--reported <report>', 'the report that was sent'))
    .option('--at <time>', 'when the report was sent (default: now)', time)
    .option('--json', 'the incident as one JSON object');
  addAuthorName(note)
    .addHelpText(
      'after',
      examples(
        'incidents note 3 "failed over" --ended 10m',
        'incidents note 3 --major 1h',
        'incidents note 3 --reported initial',
      ),
    )
    .action(async (id: number, text: string | undefined, options: NoteOptions, own: Command) => {
      const facts = factsOf(options);
      if (text === undefined && Object.keys(facts).length === 0)
        own.error('error: give a text, or one of the options');
      const finding = { facts, note: text, actorName: options.as };
      const incident = await onRunningDatabase((context) => addToIncident(context, id, finding));
      if (options.json) process.stdout.write(jsonLine(incident));
      else process.stderr.write(`noted: incident ${id}\n`);
    });
}

function factsOf({
  started,
  aware,
  ended,
  major,
  notMajor,
  cause,
  reported,
  at,
}: NoteOptions): IncidentFacts {
  const classifiedAt = major ?? notMajor;
  return given({
    startedAt: started,
    awareAt: aware,
    endedAt: ended,
    rootCause: cause,
    classification: classifiedAt && { isMajor: major !== undefined, at: classifiedAt },
    reported: reported && { [reported]: at ?? systemClock.now() },
  });
}

type Given<Facts> = { [Name in keyof Facts]?: Exclude<Facts[Name], undefined> };

/** Without the members that were not given. */
function given<Facts extends object>(facts: Facts): Given<Facts> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Given<Facts>;
}

async function list(
  { limit, ...filters }: IncidentFilters & { limit: number },
  command: Command,
): Promise<void> {
  await printList(command, {
    noun: 'incidents',
    columns,
    idOf: ({ incident }) => `${incident.id}`,
    search: (context) => searchIncidents(context, filters, limit),
  });
}

async function show(id: number, { json }: { json?: true }): Promise<void> {
  const assessed = await onRunningDatabase((context) => assessIncident(context, id));
  process.stdout.write(json ? jsonLine(assessed) : shownText(assessed, systemClock.now()));
}

async function exportReport(id: number, options: { report: IncidentReport; json?: true }): Promise<void> {
  const assessed = await onRunningDatabase((context) => assessIncident(context, id));
  const fields = reportOf(options.report, assessed);
  const { affectedIds } = assessed;
  process.stdout.write(
    options.json
      ? jsonLine({ incident: id, report: options.report, fields, affectedIds })
      : plainLines(reportText(options.report, assessed.incident, fields)),
  );
}

function reportOption(flags: string, description: string): Option {
  return new Option(flags, description).choices(incidentReports);
}

function textOf(text: string): string {
  const trimmed = text.trim();
  if (trimmed !== '' && trimmed.length <= textLengthMax) return trimmed;
  throw new InvalidArgumentError(`It must be a text of at most ${textLengthMax} characters.`);
}
