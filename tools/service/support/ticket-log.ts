import type { DateTime } from 'luxon';
import { fromManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';

/** What of a ticket its change log shows, and how the audit trail calls it. What follows from something else is left out. */
const MEMBERS: Readonly<Record<string, string>> = {
  summary: 'Summary',
  boardName: 'Board',
  status: 'Status',
  priorityName: 'Priority',
  severity: 'Severity',
  impact: 'Impact',
  companyName: 'Company',
  contactName: 'Contact',
  teamName: 'Team',
  ticketOwner: 'Owner',
  resourceList: 'Resources',
  slaName: 'SLA',
  slaStatus: 'SLA Status',
  customerUpdatedFlag: 'Customer Updated',
  parentTicketId: 'Parent Ticket',
  mergedParentTicketId: 'Merged Parent Ticket',
};

/** Both are written by one request, but not in the same second. */
const SAME_MS = 2 * 60_000;

const shown = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim());

const timeOf = (value: unknown): number | undefined => fromManage(value, 'utc')?.toMillis();

/**
 * The changes that a ticket's change log tells and its audit trail does not, as rows of the trail. A row of the log holds what the
 * ticket was: what differs from the row before it is what was changed.
 * @param log rows of one ticket, the oldest first
 * @param trail rows of its audit trail
 */
export function onlyInLog(log: readonly ManageRecord[], trail: readonly ManageRecord[]): ManageRecord[] {
  const told = trail.map(({ auditSubType, text, enteredDate }) => ({
    label: shown(auditSubType).toLowerCase(),
    text: shown(text),
    at: timeOf(enteredDate),
  }));
  const isTold = (label: string, now: string, at: DateTime | undefined): boolean =>
    told.some(
      (one) =>
        (at === undefined || one.at === undefined || Math.abs(one.at - at.toMillis()) <= SAME_MS) &&
        (one.label === label.toLowerCase() ? now === '' || one.text.includes(now) : one.text.startsWith(`${label} `)),
    );
  return log.flatMap((row, index) => {
    const before = log[index - 1];
    if (before === undefined) return [];
    const info = (row._info ?? {}) as ManageRecord;
    const enteredDate = info.lastUpdated ?? info.dateEntered;
    const at = fromManage(enteredDate, 'utc');
    return Object.entries(MEMBERS).flatMap(([member, label]): ManageRecord[] => {
      const [was, now] = [shown(before[member]), shown(row[member])];
      if (was === now || isTold(label, now, at)) return [];
      return [
        {
          text: `${label} changed from "${was}" to "${now}".`,
          enteredDate,
          enteredBy: info.updatedBy ?? info.enteredBy,
          auditSubType: label,
          auditSource: 'Change log',
        },
      ];
    });
  });
}
