/** Whether an argument for a person says that there is to be none. */
export const saysNobody = (text: string | undefined): boolean =>
  text !== undefined && /^(un-?assigned|nobody|no ?one|none|not assigned|empty|null)$/i.test(text.trim());
