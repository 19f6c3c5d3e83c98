import { VARIABLES } from '../../src/config/variables.ts';

/** Whether a variable is one that the server reads: a setting, which may itself end with `_FILE`, or the file form of one. */
export const isSettingName = (name: string): boolean =>
  name === 'CWM_SETTINGS' || [name, name.replace(/_FILE$/, '')].some((one) => Object.hasOwn(VARIABLES, one));
