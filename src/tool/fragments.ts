import { z } from 'zod';

/** Arguments that several tools take, worded once. */
export const dryRun = z.boolean().optional().describe('Show the request, send nothing');
export const confirm = z.boolean().optional().describe('Only after the person agreed');
export const page = z.int().min(1).optional();
export const limit = z.int().min(1).max(200).optional().describe('Rows, default 25');
export const conditions = z.string().optional().describe('Raw Manage conditions, ANDed with the rest');
export const groupBy = z.array(z.string()).optional();
export const customFields = z.looseObject({}).optional().describe('Values by caption');

/** What every list takes beside its own filters. Their full form is told once, by `search_tickets`; here it is only recalled. */
export const list = {
  where: z.array(z.looseObject({})).optional().describe('[{field, op, value}]'),
  conditions: z.string().optional(),
  page,
  limit: z.int().min(1).max(200).optional(),
} as const;
