import { isRecord } from '../json.ts';
import type { ApiDescription, Field, Schema } from './index.ts';
import { type FieldProblem, isMissing, valueProblems } from './validate-value.ts';
import { memberLacking } from './versions.ts';
import { adviseOnField } from './wrong-fields.ts';

const OPERATIONS = ['add', 'replace', 'remove'];

/** The field that a PATCH path leads to, or what is wrong with the path. Paths are case-sensitive; a leading slash is optional. */
function fieldAt(api: ApiDescription, schema: Schema, path: string): Field | FieldProblem {
  let current: Schema | undefined = schema;
  let field: Field | undefined;
  for (const segment of path.replace(/^\//, '').split('/')) {
    if (field?.type === 'array') {
      if (!/^(\d+|-)$/.test(segment)) {
        return { field: path, problem: 'unknown', message: 'an element of a list is addressed by its number' };
      }
      field = field.items;
    } else {
      // Members of an object that the document does not describe cannot be checked.
      if (field !== undefined && current === undefined) return field;
      const member: Field | undefined = current?.fields.get(segment);
      const natural = field?.type === 'reference' && ['id', 'name', 'identifier'].includes(segment);
      if (member === undefined && !natural) {
        const lacking = memberLacking(api, current ?? schema, segment);
        if (lacking !== undefined) return { field: path, problem: 'unknown', message: lacking };
        const { use: near, advice } = adviseOnField(current ?? schema, segment);
        return {
          field: path,
          problem: 'unknown',
          message: `is not a path of ${schema.name} (paths are case-sensitive)${advice === undefined ? '' : `. ${advice.replace(/\.$/, '')}`}`,
          ...(near.length > 0 && { closest: near }),
        };
      }
      field = member ?? { type: segment === 'id' ? 'integer' : 'string' };
    }
    current = field?.schema === undefined ? undefined : api.schema(field.schema);
  }
  return field ?? { field: path, problem: 'unknown', message: 'a path is required' };
}

const isProblem = (found: Field | FieldProblem): found is FieldProblem => 'problem' in found;

function stepProblems(api: ApiDescription, step: unknown, schema: Schema | undefined, index: number): FieldProblem[] {
  const at = `[${index}]`;
  if (!isRecord(step)) return [{ field: at, problem: 'shape', message: 'must be {"op", "path", "value"}' }];
  const { op, path, value, ...rest } = step;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined)
    return [{ field: `${at}/${extra}`, problem: 'unknown', message: 'is not part of a PATCH operation' }];
  if (typeof op !== 'string' || !OPERATIONS.includes(op)) {
    return [{ field: `${at}/op`, problem: 'enum', message: 'is not an allowed value', allowed: OPERATIONS }];
  }
  if (typeof path !== 'string' || path.replace('/', '') === '') {
    return [{ field: `${at}/path`, problem: 'required', message: 'is required' }];
  }
  if (schema === undefined) return [];
  const found = fieldAt(api, schema, path);
  if (isProblem(found)) return [found];
  return op === 'remove' ? [] : valueProblems(api, value, found, path.replace(/^\//, ''));
}

/** What is wrong with the body of a PATCH: it has to be a list of `{op, path, value}` whose paths lead to members of the record. */
export function patchProblems(api: ApiDescription, body: unknown, schema: Schema | undefined): FieldProblem[] {
  if (!Array.isArray(body)) {
    return [
      { field: 'body', problem: 'shape', message: 'must be a list of {"op", "path", "value"}, not a single object' },
    ];
  }
  return body.flatMap((step, index) => stepProblems(api, step, schema, index));
}

/**
 * Steps that Manage refuses because of what they leave behind: a required member cleared, an `add` or `replace` without a
 * value. Apart from `patchProblems`, because a server finds these only in the record that comes out.
 */
export function clearingProblems(body: unknown, schema: Schema | undefined): FieldProblem[] {
  return (Array.isArray(body) ? body : []).filter(isRecord).flatMap(({ op, path, value }): FieldProblem[] => {
    if (typeof path !== 'string') return [];
    const field = schema?.fields.get(path.replace(/^\//, ''));
    const name = path.replace(/^\//, '');
    if (op !== 'remove' && value === undefined) {
      return [{ field: name, problem: 'required', message: `needs a value to ${String(op)}; clear it with "remove"` }];
    }
    const required = field?.required === true || field?.requiredOnUpdate === true;
    const cleared = op === 'remove' || (field !== undefined && isMissing(value, field));
    return required && cleared
      ? [{ field: name, problem: 'required', message: 'is required and cannot be cleared' }]
      : [];
  });
}
