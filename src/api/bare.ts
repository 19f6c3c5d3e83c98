/** The letters and digits of a text alone, in lower case: `Do not bill` and `DoNotBill` are the same then. Nothing is an empty text. */
export const bare = (text: unknown): string =>
  String(text ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
