import type { GroupName } from './group-key.ts';

/**
 * Labels of the groups of one key: where two have the same, what tells them apart is added, the customer or else the id.
 * @param groups what tells each group apart, key by key
 * @param place the key
 */
export function labelsOf(groups: readonly (readonly GroupName[])[], place: number): (name: GroupName) => string {
  const ids = new Map<string, Set<string>>();
  const noted = (label: string, id: string): void => {
    ids.set(label, (ids.get(label) ?? new Set()).add(id));
  };
  const apartly = ({ label, apart }: GroupName): string => (apart === undefined ? label : `${label} (${apart})`);
  for (const names of groups) {
    const name = names[place];
    if (name === undefined) continue;
    noted(name.label, name.id);
    if (name.apart !== undefined) noted(apartly(name), name.id);
  }
  const isOne = (label: string): boolean => (ids.get(label)?.size ?? 0) <= 1;
  return (name) => {
    if (isOne(name.label)) return name.label;
    if (name.apart !== undefined && isOne(apartly(name))) return apartly(name);
    return name.apart === undefined ? `${name.label} (id ${name.id})` : `${name.label} (${name.apart}, id ${name.id})`;
  };
}
