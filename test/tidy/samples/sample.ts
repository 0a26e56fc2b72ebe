import type { TextFile } from '../tree.ts';

/** For each rule what it must catch and what it must let pass, so that no rule sleeps. */
export interface Sample {
  rule: string;
  path: string;
  bad: string;
  /** The same idea, as the rule wants it, at `goodPath` or at the same path. */
  good: string;
  goodPath?: string;
  /** Another file of the tree, where a rule looks at several. */
  beside?: TextFile;
}

/** The folder that `no provider of open banking …` learns the name from. */
export const sampleProvider = 'src/services/open-banking/acme-pay/client.ts';
