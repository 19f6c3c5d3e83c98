import { expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { isReading } from '../../../src/manage/index.ts';
import { listedPlace } from '../../../src/tool/write/find-created.ts';
import { tools } from '../../../tools/index.ts';

const api = loadApi();

/** POSTs that act on records and make none: what became of them is read from the record, as `Step.settle`. */
const ACTS = /\/(merge|attachChildren|submit|approve|reject|reverse|deactivate)$|\/tickets\/\{parentId\}\/convert$/;
/** POSTs that make what is not listed under their path: their steps have `alike`. */
const ALIKE = /^\/system\/documents$|^\/sales\/opportunities\/\{id\}\/convertTo\w+$/;

it('every POST of a tool is known by what it makes, or acts on a record', () => {
  const unknown = tools
    .filter(({ effect }) => effect !== 'read')
    .flatMap(({ name, uses }) => uses.map((use) => ({ name, use, operation: api.find(use) })))
    .filter(({ operation }) => {
      if (operation?.method !== 'POST' || isReading(operation)) return false;
      if (ACTS.test(operation.path) || ALIKE.test(operation.path)) return false;
      return listedPlace(operation, {}, api) === undefined;
    })
    .map(({ name, use }) => `${name}: ${use}`);
  // Its lost answer could not be looked up, and its second delivery would go unnoticed: give its step `alike` or `settle`.
  expect(unknown).toEqual([]);
});
