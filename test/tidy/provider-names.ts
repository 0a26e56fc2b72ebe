import { fileRule, type Rule } from './rule.ts';
import { codeOf } from './syntax.ts';
import { isCode, type Tree } from './tree.ts';

const home = 'src/services/open-banking/';

/** The example of the recipe in CONTRIBUTING.md, which a reader may take as it is. */
const recipesExample = 'acme-pay';

/** The providers are the folders; their list in the code is derived from the same. */
function providersOf(tree: Tree): string[] {
  const folders = tree.paths.map(
    (path) => /^src\/services\/open-banking\/(?!mock\/)([\w-]+)\//.exec(path)?.[1],
  );
  return [...new Set([recipesExample, ...folders.filter((folder) => folder !== undefined)])];
}

/** `enable-banking` in any spelling: enableBanking, ENABLE_BANKING, Enable Banking. */
function spellings(provider: string): RegExp {
  return new RegExp(provider.split('-').join('[-_ ]?'), 'i');
}

function mayName(path: string, provider: string): boolean {
  return (
    path.startsWith(`${home}${provider}/`) ||
    path === `${home}providers.ts` ||
    path.startsWith('test/conformance/') ||
    path.startsWith('test/recipe/') ||
    path === 'test/e2e/providers.spec.ts' ||
    path.startsWith('test/outbound/fault-matrix/') ||
    path.startsWith(`test/security/${provider}/`) ||
    path.startsWith('test/tidy/') ||
    path.startsWith('bench/open-banking/') ||
    path.startsWith('bench/payments/')
  );
}

const providerNames: Rule = {
  name: 'no provider of open banking named outside its folder',
  check(tree) {
    return providersOf(tree).flatMap((provider) => {
      const rule = fileRule(
        provider,
        (path) => isCode(path) && !mayName(path, provider),
        (file) =>
          codeOf(file)
            .split('\n')
            .map((text, index) => ({ text, line: index + 1 }))
            .filter(({ text }) => spellings(provider).test(text))
            .map(({ line }) => ({
              line,
              message: `names ${provider}: derive it from the definitions in ${home}providers.ts`,
            })),
      );
      return rule.check(tree);
    });
  },
};

export const providerNameRules: readonly Rule[] = [providerNames];
