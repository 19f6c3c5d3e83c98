import { GROUPS, SETTINGS } from './settings.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Every setting, a table a group. */
export function settingsTables(): string {
  const sections = Object.entries(GROUPS).map(([group, heading]) => {
    const rows = Object.entries(SETTINGS)
      .filter(([, setting]) => setting.group === group)
      .map(([variable, { text, unset }]) => `| \`${variable}\` | ${cell(text)} | ${cell(unset)} |`);
    return [`### ${heading}`, '', '| variable | meaning | when not set |', '| --- | --- | --- |', ...rows, ''].join(
      '\n',
    );
  });
  return ['', ...sections].join('\n');
}
