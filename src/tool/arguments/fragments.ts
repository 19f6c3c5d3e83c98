import { z } from 'zod';
import { withSynonyms } from './synonyms.ts';

/** Arguments that several tools take, worded once. */
export const dryRun = z.boolean().optional().describe('Preview only');
export const confirm = z.boolean().optional().describe('Only after the person agreed');
export const page = z.int().min(1).optional();
export const limit = z.int().min(1).max(200).optional().describe('Rows, default 25');
export const conditions = z.string().optional().describe('Raw Manage conditions, ANDed with the rest');
export const groupBy = z.array(z.string()).optional();
export const customFields = z.looseObject({}).optional().describe('Values by caption');

/** How time is billed. */
export const billable = withSynonyms(z.enum(['Billable', 'DoNotBill', 'NoCharge', 'NoDefault']), {
  true: 'Billable',
  yes: 'Billable',
  false: 'DoNotBill',
  no: 'DoNotBill',
  nonbillable: 'DoNotBill',
  notbillable: 'DoNotBill',
  unbillable: 'DoNotBill',
  dontbill: 'DoNotBill',
  internal: 'DoNotBill',
  free: 'NoCharge',
  goodwill: 'NoCharge',
  default: 'NoDefault',
});

/** What people call who sees a note. */
export const NOTE_WORDS = {
  public: 'discussion',
  external: 'discussion',
  customer: 'discussion',
  visible: 'discussion',
  customervisible: 'discussion',
  description: 'discussion',
  detaildescription: 'discussion',
  private: 'internal',
  analysis: 'internal',
  internalanalysis: 'internal',
  technician: 'internal',
  solution: 'resolution',
  resolved: 'resolution',
} as const;
/** Who sees a note. */
export const noteKind = withSynonyms(z.enum(['internal', 'discussion', 'resolution']), NOTE_WORDS);

/** How bad it is, and how many it hits. */
export const level = withSynonyms(z.enum(['Low', 'Medium', 'High']), {
  minor: 'Low',
  med: 'Medium',
  normal: 'Medium',
  moderate: 'Medium',
  major: 'High',
  severe: 'High',
});

/** What every list takes beside its own filters. Their full form is told once, by `search_tickets`; here it is only recalled. */
export const list = {
  where: z.array(z.looseObject({})).optional().describe('[{field, op, value}]'),
  conditions: z.string().optional(),
  page,
  limit: z.int().min(1).max(200).optional(),
} as const;
