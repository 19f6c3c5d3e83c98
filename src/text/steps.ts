/** Counts how many characters a reader has looked at, so that a test can hold it to a bound that no machine's speed changes. */
export interface Steps {
  count: number;
}
