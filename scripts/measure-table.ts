import { MEASURES } from '../src/report/index.ts';
import { isDerived, type Measure, type Unit } from '../src/report/measure.ts';
import { allowedFor } from '../src/report/question.ts';

const UNITS: Readonly<Record<Unit, string>> = {
  number: 'number',
  hours: 'hours',
  money: 'money',
  percent: '%',
  days: 'days',
  rate: 'number',
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const row = (measure: Measure): string => {
  const { name, says, unit, aliases = [] } = measure;
  const needs = isDerived(measure) ? '' : measure.collection.noun;
  return `| \`${name}\` | ${aliases.slice(0, 3).join(', ')} | ${capital(says)} | ${UNITS[unit]} | ${needs} |`;
};

const splits = (): string => {
  const groups = new Map<string, string[]>();
  for (const measure of MEASURES) {
    if (measure.name.includes(':')) continue;
    const allowed = allowedFor(measure).join(', ');
    groups.set(allowed, [...(groups.get(allowed) ?? []), `\`${measure.name}\``]);
  }
  return [...groups].map(([allowed, names]) => `- ${names.join(', ')}: ${allowed}`).join('\n');
};

/** The document of every measure, from its one definition. */
export const measuresDocument = (): string =>
  [
    '# Reports',
    '',
    'Generated from `src/report/measures` by `npm run docs`. `report` takes one to six measures by any of their names, or two with `/`',
    'or ` - ` between them, and splits them by up to two dimensions. Definitions are the same in the answers (`explain: true`).',
    '',
    '## Measures',
    '',
    '| measure | also called | what it is | unit | counted over |',
    '| --- | --- | --- | --- | --- |',
    ...MEASURES.filter(({ name }) => !name.includes(':')).map(row),
    '',
    'Lengths of time (`responseHours`, `resolutionHours`, `age`) are averages; `:median`, `:p90` and `:max` behind the name ask for those.',
    '',
    '## What each can be split by',
    '',
    splits(),
    '',
    'Measures over one list of Manage can be split by a custom field of its records as well, by caption. What can be split by `age` can be',
    'narrowed by it: `where: [{field: "age", op: ">", value: "60"}]`, in days. What is dated after today does not count in a running period',
    'and is told beside it, such as agreements that end later this year; plans (`scheduled`, `activities`, `expiring`) count.',
    '',
  ].join('\n');
