import type { ToolDefinition } from '../../src/tool/index.ts';
import checkPermissions from './check-permissions.ts';
import deactivateMember from './deactivate-member.ts';
import deleteCallback from './delete-callback.ts';
import getMember from './get-member.ts';
import getSystemInfo from './get-system-info.ts';
import listCallbacks from './list-callbacks.ts';
import listChanges from './list-changes.ts';
import listCustomFields from './list-custom-fields.ts';
import listLocations from './list-locations.ts';
import lookupValues from './lookup-values.ts';
import report from './report.ts';
import runReport from './run-report.ts';
import saveCallback from './save-callback.ts';
import searchMembers from './search-members.ts';
import undoChange from './undo-change.ts';
import updateMember from './update-member.ts';
import whoami from './whoami.ts';

/** The installation itself: members, names of what fields can hold, webhooks, reports, custom fields, rights. */
export const system: readonly ToolDefinition[] = [
  whoami,
  lookupValues,
  searchMembers,
  getMember,
  updateMember,
  deactivateMember,
  listLocations,
  listCallbacks,
  saveCallback,
  deleteCallback,
  report,
  runReport,
  listCustomFields,
  getSystemInfo,
  checkPermissions,
  listChanges,
  undoChange,
];
