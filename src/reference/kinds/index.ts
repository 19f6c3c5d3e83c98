import { company } from './company.ts';
import { expense } from './expense.ts';
import { finance } from './finance.ts';
import type { Kind } from './kind.ts';
import { marketing } from './marketing.ts';
import { procurement } from './procurement.ts';
import { project } from './project.ts';
import { sales } from './sales.ts';
import { schedule } from './schedule.ts';
import { service } from './service.ts';
import { system } from './system.ts';
import { time } from './time.ts';

const kinds = {
  ...company,
  ...expense,
  ...finance,
  ...marketing,
  ...procurement,
  ...sales,
  ...project,
  ...schedule,
  ...service,
  ...system,
  ...time,
};

/** What people name instead of giving an id. */
export type NameKind = keyof typeof kinds;

/** Every kind of record that can be named: how it is found, and by which of its members it is called. */
export const KINDS: Readonly<Record<NameKind, Kind>> = kinds;
