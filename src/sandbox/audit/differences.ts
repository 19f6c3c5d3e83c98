import type { SandboxRecord } from '../store/store.ts';

/** One member that a write changed, as people read it. */
export interface Difference {
  readonly member: string;
  /** `Estimated Start` for `estimatedStart`, as the screens call it. */
  readonly label: string;
  readonly old: string;
  readonly new: string;
}

const LONGEST = 100;

const labelOf = (member: string): string =>
  member
    .replace(/Flag$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^./, (letter) => letter.toUpperCase());

/** A member as the trail shows it: a reference by its name. Lists are not told. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return undefined;
  if (typeof value !== 'object') return String(value).slice(0, LONGEST);
  const { name, identifier, summary, id } = value as Record<string, unknown>;
  const text = name ?? identifier ?? summary ?? id;
  return text === undefined ? undefined : String(text);
}

/** What a write made different in a record, member by member. */
export function differences(before: SandboxRecord, after: SandboxRecord): Difference[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...members].flatMap((member): Difference[] => {
    if (member === 'id' || member === '_info') return [];
    const [old, now] = [textOf(before[member]), textOf(after[member])];
    return old === undefined || now === undefined || old === now
      ? []
      : [{ member, label: labelOf(member), old, new: now }];
  });
}
