/** All that ends a line somewhere: a model, a terminal and a table see the same lines. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/**
 * What a terminal takes for colours, titles and cursor movements. Neighbouring classes share no character and
 * none holds an escape, so that every character is read once.
 */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  /(?:\u001b\[|\u009b)[0-9:;<=>?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[@-Z\\^_]/g;

/** Spaces that look like one and compare as another. */
const SPACES = /\p{Zs}/gu;

/**
 * Characters that a person does not see but a model reads: controls, direction marks, zero-width characters, tags, variation
 * selectors, fillers, halves of a surrogate pair.
 */
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/**
 * No writing system puts more accents than this on one letter. Longer runs cost quadratic time to put in order (Unicode's
 * Stream-Safe Text Format, UAX #15, allows 30 for this reason).
 */
const TOO_MANY_MARKS = /(\p{M}{16})\p{M}+/gu;

/** Text that holds nothing of all this. */
const PLAIN = /^[\n\t -~]*$/;

/** The text as a person sees it: one kind of line end and of space, no invisible characters, letters composed (NFC). */
export function withoutHidden(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(LINE_ENDS, '\n')
    .replace(ESCAPES, '')
    .replace(CONTROL, '')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(TOO_MANY_MARKS, '$1')
    .normalize('NFC');
}
