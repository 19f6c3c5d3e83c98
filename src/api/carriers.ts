import type { Operation } from './model.ts';

/** Bundles: lists and records of other operations, each with its own filters and in the name of any member. */
const CARRIER = /^\/system\/bundles(\/|$)/i;

/**
 * Whether an operation carries requests to others inside of its body. What limits operations, or looks into what they answer, cannot
 * see those, so that no such limit would hold.
 */
export const carriesOthers = ({ path }: Pick<Operation, 'path'>): boolean => CARRIER.test(path);
