import type { ApiDescription, Operation } from '../../api/index.ts';

/** The operation that shows the records of a list, one by itself where that can be asked for; `undefined` for a list that is never read. */
export const readOf = (api: ApiDescription, template: string): Operation | undefined =>
  api.find(`GET ${template}/{id}`) ?? api.find(`GET ${template}`);
