import type { z } from 'zod';
import type { NameKind } from '../names/index.ts';
import type { Aliases } from './arguments/aliases.ts';
import type { ToolContext } from './context.ts';
import type { ToolResult } from './tool-result.ts';

export const TOOLSETS = [
  'core',
  'service',
  'company',
  'time',
  'system',
  'project',
  'schedule',
  'sales',
  'finance',
  'procurement',
  'marketing',
  'expense',
  'api',
] as const;

export type Toolset = (typeof TOOLSETS)[number];

/** What a call does to Manage. `send` mails somebody outside. */
export type Effect = 'read' | 'create' | 'update' | 'delete' | 'send';

/** The tool by which one that is not in the caller's list is run by its name. */
export const executorOf = ({ effect }: { readonly effect: string }): string =>
  effect === 'read' ? 'call_read_operation' : 'call_write_operation';

/** A picture of a result that hosts with MCP Apps show in place of its text; its source is in `views/`, one folder each. */
export type View = 'timesheet' | 'ticket' | 'report' | 'tickets' | 'dispatch';

export interface ToolDefinition<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  /** `verb_noun`, snake_case, at most 40 characters. */
  readonly name: string;
  readonly title: string;
  /** The module that it belongs to; `core: true` puts it in the default toolset as well. */
  readonly toolset: Exclude<Toolset, 'core'>;
  readonly core?: boolean;
  readonly effect: Effect;
  /** Repeating the call with the same arguments changes nothing more. */
  readonly idempotent?: boolean;
  /**
   * Operations that `run` may call, as `GET /service/tickets/{id}`; a call of another one fails. `GET *` stands for every
   * operation that only reads, `*` for all.
   */
  readonly uses: readonly string[];
  /** Those of `uses` that only dress the answer: where the operator allows the others alone, the tool stays and leaves out what they tell. */
  readonly dressing?: readonly string[];
  /** What people say for it beside its description, for finding it in plain words; clients do not see it. */
  readonly searchWords?: string;
  /** What people say that no single word of it tells, "take it back": a question like it finds this tool first. */
  readonly askedAs?: RegExp;
  readonly description: string;
  /** A `z.strictObject`: unknown arguments are refused with the closest known name. */
  readonly input: I;
  /** Argument names that models invent, to the real ones: `{ id: 'ticketId' }`. */
  readonly aliases?: Aliases;
  /** A `z.looseObject` of what `structured` holds. */
  readonly output: O;
  /**
   * Setup tables that nearly every call reads, or every one with these arguments (as they were given). They are asked for before it is
   * known which rows are needed: by a fresh server beside the site's version, and those that are old again beside the call's first requests.
   */
  readonly tables?: readonly NameKind[] | ((given: Readonly<Record<string, unknown>>) => readonly NameKind[]);
  /**
   * What `run` looks up, for a call of which arguments are refused before it: all that is wrong is said at once. Nothing is looked up
   * on an argument that was refused.
   * @param read the arguments that could be read
   * @param refused names of the others
   */
  looksUp?(
    read: Partial<z.output<I>>,
    context: ToolContext,
    refused: ReadonlySet<string>,
  ): readonly (Promise<unknown> | undefined)[];
  /** Draws `structured` for hosts that can; everything that it shows is in the text as well. */
  readonly view?: View;
  run(input: z.output<I>, context: ToolContext): Promise<Answer<z.input<O>>>;
}

/** A result of at least these members: compared member by member, so that one that says more will do. */
type Answer<T> = Pick<ToolResult<T>, keyof ToolResult<T>>;

/** Declares a tool. Everything that a client sees of it follows from this object. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(
  definition: ToolDefinition<I, O>,
): ToolDefinition<I, O> {
  return definition;
}
