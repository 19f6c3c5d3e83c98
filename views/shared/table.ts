import * as z from 'zod/mini';
import { element } from './element.ts';
import { list } from './schema.ts';

/** What tools that list records answer, as far as views draw it. */
export const tableSchema = z.looseObject({
  total: z.optional(z.number()),
  columns: list(z.string()),
  rows: list(z.array(z.string())),
  note: z.optional(z.string()),
  hint: z.optional(z.string()),
});

export type Table = z.output<typeof tableSchema>;

/** The rows of a table as they came. */
export const plainTable = ({ columns, rows }: Table): HTMLElement =>
  element(
    'table',
    { class: 'plain' },
    element('thead', {}, element('tr', {}, ...columns.map((title) => element('th', { scope: 'col' }, title)))),
    element(
      'tbody',
      {},
      ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', { dir: 'auto' }, cell)))),
    ),
  );
