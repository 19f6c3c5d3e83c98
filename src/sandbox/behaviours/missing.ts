import { type Failure, notFound } from '../failure.ts';

/** `Configuration 7 not found`: what a path or an action names is not there. */
export const missing = (word: string, id: unknown): Failure => notFound(`${word} ${String(id ?? '')} not found`);
