import { table } from './markdown.ts';
import { GROUPS, SETTINGS } from './settings.ts';

/** Every setting, a table a group. */
export function settingsTables(): string {
  const sections = Object.entries(GROUPS).map(([group, heading]) => {
    const rows = Object.entries(SETTINGS)
      .filter(([, setting]) => setting.group === group)
      .map(([variable, { text, unset }]) => [`\`${variable}\``, text, unset]);
    return [`### ${heading}`, '', table(['variable', 'meaning', 'when not set'], rows), ''].join('\n');
  });
  return ['', ...sections].join('\n');
}
