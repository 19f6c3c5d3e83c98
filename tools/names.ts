import type { KindTable } from '../src/names/kind.ts';
import { company } from './company/names.ts';
import { expense } from './expense/names.ts';
import { finance } from './finance/names.ts';
import { marketing } from './marketing/names.ts';
import { procurement } from './procurement/names.ts';
import { project } from './project/names.ts';
import { sales } from './sales/names.ts';
import { schedule } from './schedule/names.ts';
import { service } from './service/names.ts';
import { system } from './system/names.ts';
import { time } from './time/names.ts';

/** Every kind of record that can be named: how it is found, and by which of its members it is called. */
export const nameKinds: KindTable = {
  ...company,
  ...expense,
  ...finance,
  ...marketing,
  ...procurement,
  ...project,
  ...sales,
  ...schedule,
  ...service,
  ...system,
  ...time,
};
