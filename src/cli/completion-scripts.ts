import { shownOptions, type Node } from './tree.ts';

/** The choices of an option, by what is typed before them: the command and the option. */
function choicesOf(nodes: readonly Node[]): { path: string; flag: string; choices: readonly string[] }[] {
  return nodes.flatMap(({ path, command }) =>
    shownOptions(command).flatMap(({ long, argChoices }) =>
      long && argChoices ? [{ path, flag: long, choices: argChoices }] : [],
    ),
  );
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The arms of a `case` over `command|word before`, and then over the command. */
function casesOf(nodes: readonly Node[]): string {
  const ofOptions = choicesOf(nodes).map(
    ({ path, flag, choices }) =>
      `    ${inQuotes(`${path}|${flag}`)}) offered=${inQuotes(choices.join(' '))} ;;`,
  );
  const ofCommands = nodes.map(
    ({ path, words }) => `    ${inQuotes(`${path}|`)}*) offered=${inQuotes(words.join(' '))} ;;`,
  );
  return [...ofOptions, ...ofCommands].join('\n');
}

const known = (nodes: readonly Node[]): string =>
  nodes.flatMap(({ path }) => (path === '' ? [] : [inQuotes(path)])).join('|');

function bash(nodes: readonly Node[]): string {
  return `# bash completion of Drop, written by \`npx drop completion bash\`.
_drop() {
  local at='' next='' offered='' index first=1
  [[ \${COMP_WORDS[0]##*/} == npx ]] && first=2
  for ((index = first; index < COMP_CWORD; index++)); do
    next="\${at:+$at }\${COMP_WORDS[index]}"
    case $next in
    ${known(nodes)}) at=$next ;;
    esac
  done
  case "$at|\${COMP_WORDS[COMP_CWORD - 1]}" in
${casesOf(nodes)}
  esac
  COMPREPLY=($(compgen -W "$offered" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
_drop_npx() {
  if [[ \${COMP_WORDS[1]} == drop ]] && ((COMP_CWORD > 1)); then _drop; fi
}
complete -F _drop drop
complete -o bashdefault -o default -F _drop_npx npx
`;
}

function zsh(nodes: readonly Node[]): string {
  return `#compdef drop
# zsh completion of Drop, written by \`npx drop completion zsh\`.
_drop() {
  local at='' next='' offered='' index first=2
  [[ \${words[1]:t} == npx ]] && first=3
  for ((index = first; index < CURRENT; index++)); do
    next="\${at:+$at }\${words[index]}"
    case $next in
    ${known(nodes)}) at=$next ;;
    esac
  done
  case "$at|\${words[CURRENT - 1]}" in
${casesOf(nodes)}
  esac
  compadd -- \${=offered}
}
_drop_npx() {
  if [[ \${words[2]} == drop ]] && ((CURRENT > 2)); then _drop; else _default; fi
}
compdef _drop drop
compdef _drop_npx npx
`;
}

function fish(nodes: readonly Node[]): string {
  const lines = nodes.flatMap((node) => ['drop', 'npx'].flatMap((name) => fishLines(name, node)));
  const paths = nodes.flatMap(({ path }) => (path === '' ? [] : [inFishQuotes(path)])).join(' ');
  return `# fish completion of Drop, written by \`npx drop completion fish\`.
function __drop_at
  set -l tokens (commandline -opc)
  if test "$tokens[1]" = npx
    test "$tokens[2]" = drop; or return 1
    set -e tokens[1]
  end
  set -l at ''
  for token in $tokens[2..-1]
    set -l next (string trim "$at $token")
    contains -- "$next" ${paths}; and set at "$next"
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}
`;
}

const inFishQuotes = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function fishLines(name: string, { path, command }: Node): string[] {
  const here = `complete -c ${name} -f -n ${inFishQuotes(`__drop_at ${inFishQuotes(path)}`)}`;
  return [
    ...command.commands.map((each) => `${here} -a ${each.name()} -d ${inFishQuotes(each.description())}`),
    ...shownOptions(command).map(({ long, required, argChoices, description }) => {
      const value = required ? ` -r${argChoices ? ` -a ${inFishQuotes(argChoices.join(' '))}` : ''}` : '';
      return `${here} -l ${long?.slice(2) ?? ''}${value} -d ${inFishQuotes(description)}`;
    }),
  ];
}

/** `help` is followed by the words of a command, which are no commands below it. */
function withHelp(nodes: readonly Node[]): Node[] {
  const groups = nodes.filter(({ command }) => command.commands.length > 0);
  const helped = groups.map(({ path, command }) => {
    const words = command.commands.map((each) => each.name());
    return { path: `help ${path}`.trim(), command, words };
  });
  return [...nodes.filter(({ path }) => path !== 'help'), ...helped];
}

type Script = (nodes: readonly Node[]) => string;

/** The script of each shell, for the commands of the program. */
export const scripts = {
  bash: (nodes) => bash(withHelp(nodes)),
  zsh: (nodes) => zsh(withHelp(nodes)),
  fish: (nodes) => fish(withHelp(nodes)),
} as const satisfies Record<string, Script>;
