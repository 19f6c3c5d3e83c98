/** What a step of the doctor found. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
  /** What to change. */
  readonly change?: string;
}

export const ok = (text: string): Finding => ({ ok: true, text });
export const bad = (text: string, change: string): Finding => ({ ok: false, text, change });
export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
