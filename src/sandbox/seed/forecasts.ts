import { cents } from '../records/currency.ts';
import type { SandboxRecord } from '../store/store.ts';
import { dateOnly, type Provider } from './provider.ts';

interface Line {
  readonly type: 'Agreement' | 'Product' | 'Service';
  readonly description: string;
  /** What it brings and costs for a deal of the smallest size; of an agreement, a month. */
  readonly revenue: number;
  readonly cost: number;
}

/** What is sold with each kind of deal, in the order of `DEALS` in `sales.ts`. */
const SOLD: readonly (readonly Line[])[] = [
  [{ type: 'Agreement', description: 'Managed services', revenue: 650, cost: 260 }],
  [
    { type: 'Product', description: 'Laptops', revenue: 5_990, cost: 4_790 },
    { type: 'Service', description: 'Set-up of the laptops', revenue: 840, cost: 420 },
  ],
  [
    { type: 'Agreement', description: 'Backup', revenue: 180, cost: 95 },
    { type: 'Service', description: 'First backup', revenue: 490, cost: 210 },
  ],
  [
    { type: 'Product', description: 'Network of the second site', revenue: 3_450, cost: 2_620 },
    { type: 'Service', description: 'Cabling and set-up', revenue: 2_380, cost: 1_120 },
  ],
  [{ type: 'Service', description: 'Security review', revenue: 2_100, cost: 980 }],
];

/** Months of an agreement that its forecast counts. */
const MONTHS = 12;

/**
 * What a deal is expected to bring, in one or two lines: deals of three sizes, and every seventh has no forecast yet.
 * @param index the deal's place, which decides its kind as it does its name
 */
export function seedForecast(provider: Provider, opportunity: SandboxRecord, index: number): void {
  if (index % 7 === 6) return;
  const size = 1 + (index % 3);
  for (const [at, { type, description, revenue, cost }] of (SOLD[index % SOLD.length] ?? []).entries()) {
    const [brings, costs] = [cents(revenue * size), cents(cost * size)];
    const isRecurring = type === 'Agreement';
    const times = isRecurring ? MONTHS : 1;
    provider.put(
      '/sales/opportunities/{parentId}/forecast',
      {
        forecastDescription: description,
        forecastType: type,
        opportunity: provider.ref('OpportunityReference', opportunity),
        quantity: 1,
        status: opportunity.status,
        revenue: brings * times,
        cost: costs * times,
        margin: (brings - costs) * times,
        percentage: Math.round(((brings - costs) / brings) * 100),
        includeFlag: true,
        sequenceNumber: at + 1,
        taxableFlag: type === 'Product',
        ...(isRecurring && {
          recurringFlag: true,
          recurringRevenue: brings,
          recurringCost: costs,
          recurringDateStart: dateOnly(provider.now.startOf('month').plus({ months: 1 })),
          cycles: MONTHS,
        }),
      },
      { parents: [opportunity.id], by: 'bwest' },
    );
  }
}
