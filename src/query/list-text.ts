/**
 * A list that was given as text: `New, Assigned`, `["New", "Assigned"]`, `("New", "In progress, waiting")`. Commas inside quotes
 * belong to the item. Linear in the length of the text.
 */
export function listFromText(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(trimmed);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // Not JSON: read as words in brackets below.
    }
  }
  const inside = /^[[(].*[\])]$/s.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
  const items = inside.match(/\s*(?:"[^"]*"|'[^']*'(?=\s*(?:,|$))|[^,]+)/g) ?? [];
  return items.map((item) => item.trim().replace(/^(["'])(.*)\1$/s, '$2')).filter((item) => item !== '');
}
