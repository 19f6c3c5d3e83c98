/** 32 bits of a text. (FNV-1a) */
function hash(text: string, start: number): number {
  let mixed = start >>> 0;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0;
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** The guid of a record: always the same for the same words. */
export function guidOf(words: string): string {
  const digits = [0x811c9dc5, 0x1234567, 0x9e3779b1, 0xc2b2ae35]
    .map((start) => hash(words, start).toString(16).padStart(8, '0'))
    .join('');
  const variant = ((Number.parseInt(digits[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}
