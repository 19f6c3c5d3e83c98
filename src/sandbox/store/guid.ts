const PRIME = 0x01000193;

/** 32 bits as eight hexadecimal digits, stirred. */
function digitsOf(bits: number): string {
  const mixed = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b) >>> 0;
  return ((mixed ^ (mixed >>> 13)) >>> 0).toString(16).padStart(8, '0');
}

/** The guid of a record: always the same for the same words. Four times 32 bits of the text (FNV-1a), from four beginnings. */
export function guidOf(words: string): string {
  let [first, second, third, fourth] = [0x811c9dc5, 0x1234567, 0x9e3779b1, 0xc2b2ae35];
  // Every whole record that is shown has one or two: the four go over its words together.
  for (let at = 0; at < words.length; at += 1) {
    const code = words.charCodeAt(at);
    first = Math.imul(first ^ code, PRIME);
    second = Math.imul(second ^ code, PRIME);
    third = Math.imul(third ^ code, PRIME);
    fourth = Math.imul(fourth ^ code, PRIME);
  }
  const digits = digitsOf(first) + digitsOf(second) + digitsOf(third) + digitsOf(fourth);
  const variant = ((Number.parseInt(digits[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}
