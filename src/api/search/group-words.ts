/**
 * What groups of operations are about, in our own words. A group is a path without its module, its placeholders and `count`,
 * `usages`, `info`: `tickets/notes` stands for all operations on notes of tickets. Before the bar stands what people are shown;
 * after it further words by which they ask for it.
 */
export type GroupWords = Readonly<Record<string, string>>;
