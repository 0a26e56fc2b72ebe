import { circleRules } from './circles.ts';
import { deadExportRules } from './dead-exports.ts';
import { documentRules } from './documents.ts';
import { fixtureRules } from './fixtures.ts';
import { globalRules } from './globals.ts';
import { importRules } from './imports.ts';
import { languageRules } from './language.ts';
import { leftoverRules } from './leftovers.ts';
import { orderedClaimRules } from './ordered-claims.ts';
import { providerNameRules } from './provider-names.ts';
import { roleRules } from './roles.ts';
import type { Rule } from './rule.ts';
import { sizeRules } from './size.ts';
import { testTitleRules } from './test-titles.ts';

export const rules: readonly Rule[] = [
  ...sizeRules,
  ...importRules,
  ...circleRules,
  ...deadExportRules,
  ...globalRules,
  ...languageRules,
  ...leftoverRules,
  ...orderedClaimRules,
  ...providerNameRules,
  ...roleRules,
  ...fixtureRules,
  ...testTitleRules,
  ...documentRules,
];
