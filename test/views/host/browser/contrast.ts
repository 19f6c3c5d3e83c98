// Finds text that is hard to read: run inside a view, it gives the worst contrast between a text and what is behind it, by WCAG 2.

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

function colourOf(css: string): Colour {
  if (pen === null) throw new Error('There is no canvas.');
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = css;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const over = (front: Colour, back: Colour): Colour => [
  front[0] * front[3] + back[0] * (1 - front[3]),
  front[1] * front[3] + back[1] * (1 - front[3]),
  front[2] * front[3] + back[2] * (1 - front[3]),
  1,
];

function luminance([red, green, blue]: Colour): number {
  const linear = (value: number): number =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function behind(start: Element): Colour {
  const layers: Colour[] = [];
  for (let at: Element | null = start; at !== null; at = at.parentElement)
    layers.push(colourOf(getComputedStyle(at).backgroundColor));
  return layers.reduceRight((back, front) => over(front, back), [255, 255, 255, 1] as Colour);
}

const texts = [...document.querySelectorAll('main *')].filter((at) =>
  [...at.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''),
);
const ratios = texts.map((at) => {
  const back = behind(at);
  const front = luminance(over(colourOf(getComputedStyle(at).color), back));
  const [light, dark] = [front, luminance(back)].sort((a, b) => b - a) as [number, number];
  return { text: at.textContent?.slice(0, 40), ratio: Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100 };
});
(globalThis as { worst?: unknown }).worst = ratios.sort((a, b) => a.ratio - b.ratio)[0];
