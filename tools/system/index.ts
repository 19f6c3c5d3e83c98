import type { ToolDefinition } from '../../src/tool/index.ts';
import lookupValues from './lookup-values.ts';
import searchMembers from './search-members.ts';
import whoami from './whoami.ts';

/** The installation itself: members, names of what fields can hold, webhooks, reports, custom fields, rights. */
export const system: readonly ToolDefinition[] = [whoami, lookupValues, searchMembers];
