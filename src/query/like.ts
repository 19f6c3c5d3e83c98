/** One place of a `like` pattern: any number of characters, or a test of one character. */
type Place = 'any' | ((character: string) => boolean);

/** What a set such as `[a-f]`, `[^x]` or `[[]` takes. */
function setTest(text: string): (character: string) => boolean {
  const negated = text.startsWith('^');
  const set = negated ? text.slice(1) : text;
  const ranges: [string, string][] = [];
  for (let i = 0; i < set.length; i += 1) {
    const isRange = set[i + 1] === '-' && i + 2 < set.length;
    ranges.push([set[i] ?? '', set[isRange ? i + 2 : i] ?? '']);
    if (isRange) i += 2;
  }
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}

function placesOf(pattern: string): Place[] {
  const places: Place[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern[i] ?? '';
    const close = character === '[' ? pattern.indexOf(']', i + 2) : -1;
    if (character === '%' || character === '*') {
      if (places.at(-1) !== 'any') places.push('any');
    } else if (character === '_') places.push(() => true);
    else if (close > 0) {
      places.push(setTest(pattern.slice(i + 1, close)));
      i = close;
    } else places.push((other) => other === character);
  }
  return places;
}

/**
 * The test of a `like` pattern: `%` and `*` stand for any characters, `_` for one, `[...]` for one of a set; letter case does not
 * matter. Going back to the last `%` only is enough, so no pattern takes longer than its length times the text's.
 */
export function likeTest(pattern: string): (text: string) => boolean {
  const places = placesOf(pattern.toLowerCase());
  return (given) => {
    const text = given.toLowerCase();
    let [at, place] = [0, 0];
    let back: { at: number; place: number } | undefined;
    while (at < text.length) {
      const wanted = places[place];
      if (wanted === 'any') {
        place += 1;
        back = { at, place };
      } else if (wanted?.(text[at] ?? '') === true) {
        at += 1;
        place += 1;
      } else if (back === undefined) return false;
      else {
        back.at += 1;
        ({ at, place } = back);
      }
    }
    while (places[place] === 'any') place += 1;
    return place === places.length;
  };
}
