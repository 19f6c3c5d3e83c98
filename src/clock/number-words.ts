const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS: Readonly<Record<string, number>> = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90 };

const numberOf = (word: string): number | undefined => {
  const one = ONES.indexOf(word);
  return one >= 0 ? one : TENS[word];
};

const NUMBER = new RegExp(
  `\\b(?:(${Object.keys(TENS).join('|')})(?:[\\s-](${ONES.slice(1, 10).join('|')}))?|(${ONES.join('|')}))\\b`,
  'gi',
);

/** A text with its number words as digits: `forty five minutes` gives `45 minutes`. */
export const withDigits = (text: string): string =>
  text.replace(NUMBER, (_, tens?: string, one?: string, small?: string) =>
    String(
      tens === undefined
        ? numberOf((small ?? '').toLowerCase())
        : (numberOf(tens.toLowerCase()) ?? 0) + (one === undefined ? 0 : (numberOf(one.toLowerCase()) ?? 0)),
    ),
  );
