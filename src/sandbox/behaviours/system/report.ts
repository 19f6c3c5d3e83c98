import { type Expression, inOrder, matcher, parse, parseOrderBy, QuerySyntaxError } from '../../../query/index.ts';
import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { badCondition, notFound } from '../../contract/failure.ts';
import type { ActionRequest } from '../../contract/request.ts';
import { type Row, reportViews, rowsOf, type View, type ViewColumn } from './report-views.ts';

const LARGEST_PAGE = 1000;

const viewOf = ({ pathValues }: ActionRequest): View => {
  const given = pathValues.reportName ?? '';
  const found = reportViews().get(given.toLowerCase());
  if (found === undefined) throw notFound(`Report ${given} not found`);
  return found;
};

const definition = ({ name, type, isNullable, path }: ViewColumn): Row => ({
  [name]: { type, isNullable, identityColumn: path === 'id' },
});

const columnNamed = ({ columns }: View, name: string): ViewColumn => {
  const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw badCondition(`${name} is not a recognized name.`);
  return found;
};

const parameter = (query: URLSearchParams, name: string): string | undefined =>
  [...query].find(([key, value]) => key.toLowerCase() === name && value.trim() !== '')?.[1];

function conditionsOf(view: View, query: URLSearchParams): Expression | undefined {
  const text = parameter(query, 'conditions');
  if (text === undefined) return undefined;
  const checked = (expression: Expression): void => {
    if (expression.kind === 'comparison') columnNamed(view, expression.path.join('/'));
    else expression.terms.forEach(checked);
  };
  try {
    const expression = parse(text);
    checked(expression);
    return expression;
  } catch (error) {
    if (error instanceof QuerySyntaxError) throw badCondition(`Syntax error at position ${error.position + 1}.`);
    throw error;
  }
}

/** The rows of a report that a query selects, as records of its columns. */
function selected(view: View, query: URLSearchParams, context: HookContext): Row[] {
  const conditions = conditionsOf(view, query);
  const fits = conditions === undefined ? () => true : matcher(conditions);
  return [...rowsOf(view, context)].filter(fits);
}

function ordered(view: View, rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const text = parameter(query, 'orderby');
  if (text === undefined) return rows;
  const keys = parseOrderBy(text);
  if (keys === undefined) throw badCondition(`${text} is not a recognized name.`);
  return inOrder(
    rows,
    keys.map(({ path, descending }) => ({ path: [columnNamed(view, path.join('/')).name], descending })),
  );
}

const whole = (query: URLSearchParams, name: string, fallback: number): number => {
  const value = Number(parameter(query, name) ?? fallback);
  return Number.isInteger(value) && value > 0 ? value : fallback;
};

/** Reports: rows of a view by its name, with chosen columns. */
export const report: Behaviour = {
  collection: '/system/reports',
  actions: {
    'GET /system/reports': () => ({ status: 200, body: [...reportViews().values()].map(({ name }) => ({ name })) }),
    'GET /system/reports/{reportName}/columns': (request) => ({
      status: 200,
      body: viewOf(request).columns.map(definition),
    }),
    'GET /system/reports/{reportName}/count': (request, context) => ({
      status: 200,
      body: { count: selected(viewOf(request), request.query, context).length },
    }),
    'GET /system/reports/{reportName}': (request, context) => {
      const view = viewOf(request);
      const { query } = request;
      const asked = parameter(query, 'columns');
      const columns =
        asked === undefined ? view.columns : asked.split(',').map((name) => columnNamed(view, name.trim()));
      const rows = ordered(view, selected(view, query, context), query);
      const size = Math.min(whole(query, 'pagesize', 25), LARGEST_PAGE);
      const start = (whole(query, 'page', 1) - 1) * size;
      return {
        status: 200,
        body: {
          column_definitions: columns.map(definition),
          row_values: rows.slice(start, start + size).map((row) => columns.map(({ name }) => row[name] ?? null)),
        },
      };
    },
  },
};
