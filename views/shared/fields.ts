import { element } from './element.ts';

/** What a person fills in. */
export interface Field {
  /** Its value is under this name among the values. */
  readonly name: string;
  readonly label: string;
  /** `lines`: several; `choice`: one of `choices`; `check`: `true` or empty; `file`: base64, with its name under `<name>Name`. */
  readonly kind: 'text' | 'lines' | 'choice' | 'check' | 'date' | 'time' | 'file';
  readonly value?: string;
  /** What is offered: the only values of a `choice`, mere suggestions for a `text`. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly required?: boolean;
  readonly hint?: string;
}

/** What was filled in, by name; what was left out is empty. */
export type Values = Readonly<Record<string, string>>;

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // In parts: a call takes only so many arguments.
  const parts = Array.from({ length: Math.ceil(bytes.length / 0x8000) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * 0x8000, (index + 1) * 0x8000)),
  );
  return btoa(parts.join(''));
}

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const INPUT_TYPES = { text: 'text', check: 'checkbox', date: 'date', time: 'time', file: 'file' } as const;

function controlOf({ name, kind, value = '', choices = [], required }: Field): Control {
  const attributes = { name, required, dir: kind === 'text' || kind === 'lines' ? 'auto' : undefined };
  if (kind === 'lines') return element('textarea', { ...attributes, rows: 3 }, value);
  if (kind === 'choice')
    return element(
      'select',
      attributes,
      ...choices.map((choice) =>
        element('option', { value: choice.value, selected: choice.value === value }, choice.label),
      ),
    );
  const made = element('input', { ...attributes, type: INPUT_TYPES[kind] });
  if (kind === 'check') made.checked = value === 'true';
  else if (kind !== 'file') made.value = value;
  return made;
}

/** A field with its label. */
export function fieldOf(field: Field): HTMLElement {
  const control = controlOf(field);
  const list = field.kind === 'text' && field.choices !== undefined ? `choices-${field.name}` : undefined;
  if (list !== undefined) control.setAttribute('list', list);
  const label = element('span', {}, field.label);
  return element(
    'label',
    { class: 'field', 'data-kind': field.kind },
    ...(field.kind === 'check' ? [control, label] : [label, control]),
    field.hint !== undefined && element('span', { class: 'quiet' }, field.hint),
    list !== undefined &&
      element(
        'datalist',
        { id: list },
        ...(field.choices ?? []).map(({ value, label: shown }) => element('option', { value }, shown)),
      ),
  );
}

async function filledIn(control: Control): Promise<Values> {
  if (!(control instanceof HTMLInputElement)) return { [control.name]: control.value };
  if (control.type === 'checkbox') return { [control.name]: control.checked ? 'true' : '' };
  if (control.type !== 'file') return { [control.name]: control.value.trim() };
  const file = control.files?.[0];
  return file === undefined ? {} : { [control.name]: await base64Of(file), [`${control.name}Name`]: file.name };
}

/** What was filled in. */
export async function valuesOf(controls: readonly Control[]): Promise<Values> {
  return Object.assign({}, ...(await Promise.all(controls.map(filledIn)))) as Values;
}
