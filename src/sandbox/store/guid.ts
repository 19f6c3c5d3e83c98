const PRIME = 0x01000193;

/** A byte as two hexadecimal digits: looked up, because a page of records has thousands of them. */
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The lower two bytes as four digits. */
const four = (bits: number): string => (DIGITS[(bits >>> 8) & 0xff] as string) + (DIGITS[bits & 0xff] as string);

const stirred = (bits: number): number => {
  const mixed = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b) >>> 0;
  return (mixed ^ (mixed >>> 13)) >>> 0;
};

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
  const [one, two, three, last] = [stirred(first), stirred(second), stirred(third), stirred(fourth)];
  // As random ones are (RFC 9562, version 4): a four leads the third part, and two bits the fourth.
  const version = (two & 0x0fff) | 0x4000;
  const variant = ((three >>> 16) & 0x3fff) | 0x8000;
  return `${four(one >>> 16)}${four(one)}-${four(two >>> 16)}-${four(version)}-${four(variant)}-${four(three)}${four(last >>> 16)}${four(last)}`;
}
