/**
 * About how many o200k tokens a text of JSON has. The product ships no tokenizer (its tables alone are larger than the whole bundle):
 * words are counted as they are cut by the real one, long ones twice; a test holds the estimate to what it counts.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[A-Z]?[a-z]+|[A-Z]+|\d{1,3}|[^\sA-Za-z\d]+/g))
    tokens += Math.ceil(piece.length / (/[a-z]/i.test(piece) ? 9 : 4));
  return tokens;
}
