import type { ApiDescription } from '../../api/index.ts';
import type { ManageClient, ManageReader, WriteOptions } from '../../manage/index.ts';
import type { Clean } from '../../text/index.ts';
import type { Understood } from '../arguments/understood.ts';
import type { Confirmation } from '../context.ts';
import type { Consent } from './consent.ts';
import type { EffectKind } from './effects.ts';
import type { Guard } from './guard.ts';
import type { Seen } from './seen.ts';
import type { ChangesUnderWay } from './under-way.ts';

/** What the pipeline works with; tools see only `context.send`. */
export interface Writing {
  /** Waits until the names that the change goes by are confirmed: nothing is sent before. Throws where one means another record now. */
  readonly confirmed: () => Promise<void>;
  readonly manage: ManageClient;
  readonly api: ApiDescription;
  readonly understood: Understood;
  /** IANA zone of the conversation. */
  zone(): Promise<string>;
  /** Ends the call; once a write went out, only when its whole time is up. */
  readonly signal: AbortSignal;
  /** Says that a write goes out: from now on the rest finishes, whatever becomes of the caller. */
  begun(): void;
  /** Whether somebody still waits for the answer: who cancelled, or went away, does not learn what was done. */
  isHeard(): boolean;
  /** Milliseconds until the call's deadline. */
  remaining(): number;
  /** Who has to agree to a change with these effects. */
  consent(effects: readonly EffectKind[]): Consent;
  /** Gives back when a person agreed. @throws {ConfirmationNeeded} {Declined} {Unanswered} */
  confirm(confirmation: Confirmation): Promise<void>;
  /** What this call's error says of a failed step. */
  reason(error: unknown): Clean;
  /** Creations under way over all calls of this server. */
  readonly running: ChangesUnderWay;
  /** What is known of the requests of the last minutes, over all calls. */
  readonly guard: Guard;
  /** Reads what requests made, whatever the tool declares. */
  readonly guardReads: ManageReader;
  /** Whose call it is, as far as the connection tells: the same request of somebody else is another one. */
  readonly caller: string;
  /** Records as this caller last saw them. */
  readonly seen: Seen;
  /** Whether the tool that writes has an argument of a name. */
  takes(argument: string): boolean;
  /** The arguments of the call that say what is to be, without those that say of which record, or how to go about it. */
  readonly asked: readonly string[];
  /** The call names fields to empty. */
  readonly clears: boolean;
  /** The caller said `allowDuplicate`: what is there already, and what an earlier call made, does not count. */
  readonly again: boolean;
  /** Identifier of the member that the server works for, if it works for one. */
  me(): Promise<string | undefined>;
}

/** Time that a write gets even where the call's own is nearly up, in milliseconds. */
const LEAST_MS = 2_000;

/** Sends one write within the call's time. */
export function writeWithin<T>(
  { manage, signal, begun, remaining }: Writing,
  operation: string,
  options: Omit<WriteOptions, 'signal' | 'withinMs'>,
): Promise<T> {
  begun();
  return manage.write<T>(operation, { ...options, signal, withinMs: Math.max(LEAST_MS, remaining()) });
}
