import { asText } from '../../json.ts';
import { bareName } from './lenient.ts';
import { withoutNothing } from './nothing-given.ts';

/**
 * Arguments that hosts add to every call for their own use: n8n (`toolCallId`, `sessionId`, `chatInput`), Cline (`task_progress`),
 * Gemini CLI (`wait_for_previous`), Cursor (`random_string`, `explanation`), Windsurf and Antigravity (`toolSummary`, `toolAction`,
 * `waitForPreviousTools`), OpenHands (`security_risk`). None of them says anything to a tool.
 */
const ADDED_BY_HOSTS: ReadonlySet<string> = new Set(
  [
    'toolCallId',
    'toolUseId',
    'callId',
    'sessionId',
    'chatInput',
    'conversationId',
    'threadId',
    'taskProgress',
    'waitForPrevious',
    'waitForPreviousTools',
    'randomString',
    'placeholder',
    'dummy',
    'noArgs',
    'explanation',
    'reasoning',
    'thought',
    'thoughts',
    'rationale',
    'toolSummary',
    'toolAction',
    'securityRisk',
    'requiresApproval',
    'progressToken',
    'meta',
  ].map(bareName),
);

/** n8n's chat trigger sends this beside the session. */
const ACTION = 'sendmessage';

/** Whether an argument that the tool does not have was added by a host, so that it is ignored instead of refused. */
export const isAddedByHost = (name: string, value: unknown): boolean =>
  ADDED_BY_HOSTS.has(bareName(name)) ||
  (bareName(name) === 'action' && bareName(asText(withoutNothing(value))) === ACTION);
