import type { Provider } from './provider.ts';

/** Sheets and reports that were handed in, by the collection that holds them. */
const AUDITED = ['/time/sheets', '/expense/reports'] as const;

/** What happened to time sheets and expense reports until they came to where they are: handed in, and decided on. */
export function seedEntryAudits(provider: Provider): void {
  for (const template of AUDITED) {
    for (const sheet of provider.all(template)) {
      if (sheet.status === 'Open') continue;
      const steps = [
        ['Open', 'PendingApproval'],
        ...(sheet.status === 'PendingApproval' ? [] : [['PendingApproval', String(sheet.status)]]),
      ];
      for (const [oldValue, newValue] of steps)
        provider.put(
          `${template}/{parentId}/audits`,
          {
            type: 'Status',
            source: 'Application',
            message: `Status changed from "${oldValue}" to "${newValue}".`,
            oldValue,
            newValue,
            ...(newValue === 'PendingApproval' && { member: sheet.member }),
          },
          { parents: [sheet.id] },
        );
    }
  }
  const time = provider.store.collection('/time/entries');
  for (const id of time.ids.slice(0, 20))
    provider.put(
      '/time/entries/{parentId}/audits',
      { type: 'Record', source: 'Member', message: 'The record was created.', member: time.get(id)?.member },
      { parents: [id] },
    );
  for (const entry of provider.all('/expense/entries'))
    provider.put(
      '/expense/entries/{parentId}/audits',
      { type: 'Record', source: 'Member', message: 'The record was created.', member: entry.member },
      { parents: [entry.id] },
    );
}
