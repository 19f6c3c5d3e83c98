/** Parts of the API whose everyday writes change nothing that is kept elsewhere: an entry of time is in no agreement's price. */
const EVERYDAY: ReadonlySet<string> = new Set([
  '/service/tickets',
  '/project/tickets',
  '/time/entries',
  '/expense/entries',
  '/schedule/entries',
  '/sales/activities',
  '/company/contacts',
  '/company/configurations',
  '/system/documents',
]);

/** `/finance/agreements` of `GET /finance/agreements/{parentId}/additions`. */
const partOf = (operation: string): string => /(?:\/[^/{]+){1,2}/.exec(operation)?.[0] ?? '';

/** How often something was written to one site, so that what was read before can be told from what is so. */
export class Written {
  #elsewhere = 0;
  readonly #everyday = new Map<string, number>();

  /**
   * Counts a write when it is sent, and when it has ended: what was read while it was under way may be from before it.
   * @param operation as `PATCH /finance/agreements/{id}`
   */
  async during<T>(operation: string, send: () => Promise<T>): Promise<T> {
    this.#note(operation);
    try {
      return await send();
    } finally {
      this.#note(operation);
    }
  }

  #note(operation: string): void {
    const part = partOf(operation);
    if (EVERYDAY.has(part)) this.#everyday.set(part, (this.#everyday.get(part) ?? 0) + 1);
    // Converting, merging, invoicing change records of other parts as well.
    else this.#elsewhere += 1;
  }

  /**
   * A number that is another one after whatever may have changed what some operations read.
   * @param operations as `GET /time/entries`
   */
  to(operations: readonly string[]): number {
    const parts = new Set(operations.map(partOf));
    return [...parts].reduce((sum, part) => sum + (this.#everyday.get(part) ?? 0), this.#elsewhere);
  }
}
