/** Text from outside without the markers that the server put around it for the model. */
export function unquoted(text: string): string {
  return /^<<([0-9a-f]+)\n([\s\S]*)\n\1>>$/.exec(text)?.[2] ?? text;
}
