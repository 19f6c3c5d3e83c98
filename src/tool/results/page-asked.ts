/** Rows of a page where nobody said how many. */
const PAGE = 25;

/** Rows behind the first page that nobody should have to turn it for. */
const SMALL_REST = 3;

/** A page as it is asked for, and as it is shown. */
export interface PageAsked {
  readonly page: number;
  /** Rows to read. */
  readonly limit: number;
  /**
   * What of the rows that were read is shown.
   * @param total how many there are, where that is known
   */
  shown<T>(rows: readonly T[], total: number | undefined): { readonly rows: readonly T[]; readonly pageSize: number };
}

/**
 * How many rows of a list to read: what the caller says, else 25. A first page that is not limited takes a rest of up to three rows
 * with it: "25 of 26" hides one row and costs a call.
 */
export function pageAsked({ page = 1, limit }: { page?: number | undefined; limit?: number | undefined }): PageAsked {
  const size = limit ?? PAGE;
  if (limit !== undefined || page > 1) return { page, limit: size, shown: (rows) => ({ rows, pageSize: size }) };
  const most = PAGE + SMALL_REST;
  return {
    page,
    limit: most,
    shown(rows, total) {
      const isWhole = total === undefined ? rows.length < most : total <= most;
      if (!isWhole || rows.length <= PAGE) return { rows: rows.slice(0, PAGE), pageSize: PAGE };
      return { rows, pageSize: most };
    },
  };
}
