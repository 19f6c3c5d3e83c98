import type { SearchWords } from '../src/api/search/group-words.ts';
import { COMPANY } from './company/words.ts';
import { EXPENSE } from './expense/words.ts';
import { FINANCE } from './finance/words.ts';
import { MARKETING } from './marketing/words.ts';
import { PROCUREMENT } from './procurement/words.ts';
import { PROJECT } from './project/words.ts';
import { SALES } from './sales/words.ts';
import { SCHEDULE } from './schedule/words.ts';
import { SERVICE } from './service/words.ts';
import { SYSTEM } from './system/words.ts';
import { TIME } from './time/words.ts';

/** The search words of every room, by module of the API. */
export const words: SearchWords = {
  company: COMPANY,
  // The description has the low-rights copies of company/configurations as a module of their own.
  configurations: Object.fromEntries(
    Object.entries(COMPANY).flatMap(([group, text]) =>
      group.startsWith('configurations/') ? [[group.slice('configurations/'.length), text]] : [],
    ),
  ),
  expense: EXPENSE,
  finance: FINANCE,
  marketing: MARKETING,
  procurement: PROCUREMENT,
  project: PROJECT,
  sales: SALES,
  schedule: SCHEDULE,
  service: SERVICE,
  system: SYSTEM,
  time: TIME,
};
