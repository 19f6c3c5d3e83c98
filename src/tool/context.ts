import type { DateTime } from 'luxon';
import type { z } from 'zod';
import type { ApiDescription, Operation } from '../api/index.ts';
import type { Search } from '../api/search/search-operations.ts';
import type { SaidPeriod } from '../clock/index.ts';
import type { Entry, Journal } from '../journal/index.ts';
import type { ManageReader } from '../manage/index.ts';
import type { CallNames, Me } from '../names/index.ts';
import type { Clean } from '../text/index.ts';
import type { ToolResult } from './tool-result.ts';
import type { Consent } from './write/consent.ts';
import type { WritePlan } from './write/plan.ts';
import type { Seen } from './write/seen.ts';

/** A question that a person has to answer before something is deleted, mailed or changed in bulk. */
export interface Confirmation {
  /** What will happen, in full, for example `Delete time entry 981 (0.75 h on ticket 4711)?`. */
  readonly question: Clean;
  /** The tool's own `confirm` argument, when the caller gave it. */
  readonly given?: boolean | undefined;
  /** Who has to agree: a person who can be asked, or else the caller with `confirm`. */
  readonly consent: Exclude<Consent, 'never'>;
  /** All requests of the change: the same change is known by them, whichever tool makes it. */
  readonly change: string;
}

/** Where files may come from and go to beside Manage: what an administrator allowed, and by default nothing. */
export interface FilePolicy {
  /** The one folder of this machine that may be read and written, as a real path. */
  readonly directory?: string;
  /** Origins that may be downloaded from, for example `https://files.example.com`. */
  readonly origins: readonly string[];
  /** Nothing may be written, to the folder either. */
  readonly readOnly: boolean;
}

/** A tool that can be run by its name, as the whole-API tools show it. */
export interface DirectTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly toolset: string;
  readonly effect: string;
  readonly uses: readonly string[];
  readonly input: z.ZodObject;
  readonly searchWords?: string;
  readonly askedAs?: RegExp;
}

/** What a tool's `run` gets beside its input. */
export interface ToolContext {
  readonly manage: ManageReader;
  /** Names of this call: what they resolved is in `names.taken`. */
  readonly names: CallNames;
  readonly api: ApiDescription;
  /** Finds operations by what they do, in plain words. */
  readonly search: Search;
  /** The member that the server works for. @throws when none is configured and the credentials do not tell. */
  me(): Promise<Me>;
  /** IANA zone of the conversation: `CWM_TIME_ZONE`, else the member's own. */
  zone(): Promise<string>;
  /** The present moment in that zone. */
  now(): Promise<DateTime<true>>;
  /** Records as this caller last saw them. */
  readonly seen: Seen;
  /** Aborted when the client cancels the call. */
  readonly signal: AbortSignal;
  /** Carries out a change, or shows it; the only way to write. See `write/send.ts`. */
  send(plan: WritePlan): Promise<ToolResult<Record<string, unknown>>>;
  /** What was written before, by this server and others. */
  readonly journal: Journal;
  /** Finds out what became of writes of the journal whose end nobody heard, as far as Manage can tell. See `write/found-out.ts`. */
  foundOut(entries: readonly Entry[]): Promise<readonly Entry[]>;
  /** The installation that entries of the journal belong to. */
  readonly site: string;
  /** Tells the client how far a long read has come. */
  progress(done: number, total?: number, message?: string): void;
  /** Corrects how the period of an argument is said to have been read, where the tool reads it in a member's own zone. */
  period(argument: string, period: SaidPeriod): void;
  /** Says beside the answer how something of the call was read. */
  remark(text: Clean): void;
  /** Free text from outside (notes, descriptions): cleaned of markup and hidden characters, wrapped in this call's markers. */
  quote(text: unknown): Clean;
  /** Names of the direct tools that do what an operation does, given as `POST /service/tickets`. */
  directTools(operation: string): readonly string[];
  /** Direct tools of every toolset that the operator's limits allow; `call_read_operation` and `call_write_operation` run them. */
  readonly reachable: readonly DirectTool[];
  /** Finds direct tools by what they do, in plain words; of one module's operations where that is given. */
  searchTools(question: string, most: number, module?: string): Promise<readonly DirectTool[]>;
  /** The tools that this server offers, with the operations that they may call. */
  readonly offered: readonly { readonly name: string; readonly uses: readonly string[] }[];
  /** Whether the operator's limits allow an operation to be called by its name. */
  allows(operation: Operation): boolean;
  /** What a tool keeps between the calls of one server, made by the first one that asks for it. */
  kept<T>(name: string, create: () => T): T;
  /** What the server was set up as. */
  readonly server: {
    readonly readOnly: boolean;
    readonly sandbox: boolean;
    /** Host of the API. */
    readonly site: string;
    readonly apiVersion: string;
    readonly toolsets: readonly string[];
    readonly requestsPerMinute: number;
    readonly files: FilePolicy;
    /** What the operator limits, a phrase each. */
    readonly limits: readonly string[];
  };
}
