/** What an element can hold; a string becomes text, never markup. Nothing is left out for `undefined` and `false`. */
export type Child = Node | string | undefined | false;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * An element with attributes and children. Strings, wherever they come from, become text nodes: there is no way in this code to make
 * markup of them. An attribute that is `true` stands without a value, one that is `false` or `undefined` is left out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** The same of a drawing. */
export const svgElement = (
  tag: keyof SVGElementTagNameMap,
  attributes: Attributes,
  ...children: readonly Child[]
): SVGElement => filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

function filled<T extends HTMLElement | SVGElement>(made: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    // Custom properties are set on the style object, because a policy may forbid style attributes.
    if (name.startsWith('--')) made.style.setProperty(name, String(value));
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A button; `name` finds it again after a redraw, so that the keyboard stays where it was. */
export function button(label: string, name: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', 'data-name': name, ...attributes }, label);
  made.addEventListener('click', press);
  return made;
}
