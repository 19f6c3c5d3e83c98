/** What the story's numbers are, for whoever checks them; `docs/sandbox.md` tells them. */
export const STORY = {
  company: 'StoryBakery',
  /** Devices of a kind, and how many of them the agreement bills. */
  devices: [
    ['Managed Workstation', 'MS-SEAT', 12, 10],
    ['Managed Server', 'MS-SERVER', 3, 3],
    ['Firewall', 'FW-60', 1, 2],
  ],
  blockHours: { bought: 40, used: 46 },
  /** Opened and closed in each of the three months before this one, and the most recent ones that were reopened. */
  months: [
    { opened: 20, closed: 14 },
    { opened: 18, closed: 20 },
    { opened: 12, closed: 14 },
  ],
  reopened: 3,
  /** What is owed, by days since it was due. */
  owed: [
    [-10, 1000],
    [15, 2000],
    [45, 3000],
    [75, 4000],
    [120, 5000],
  ],
  /** Billable hours on each day of last week, of eight. */
  technicians: [
    ['story1', 'Ada', 7],
    ['story2', 'Ben', 5],
    ['story3', 'Cleo', 3],
  ],
} as const;
