import type { NameKind } from '../names/index.ts';

/** An argument that the person fills in; `completes` says which names are offered for it. */
export interface PromptArgument {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly completes?: NameKind;
}

/** A task that a person starts by name. What it says to the assistant names the tools, the order, and what to leave to the person. */
export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly PromptArgument[];
  /** Tools that it cannot do without; it is offered where they are. */
  readonly needs: readonly string[];
  /** The message, as from the person. */
  text(given: Readonly<Record<string, string>>): string;
}
