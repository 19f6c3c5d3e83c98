import type { DateTime } from 'luxon';
import { writeTicketLog } from '../audit/ticket-log.ts';
import { sheetOf } from '../behaviours/time/time-sheet.ts';
import { HOME_CURRENCY } from '../records/currency.ts';
import type { SandboxRecord } from '../store/store.ts';
import { putAddition } from './commerce.ts';
import { dateOnly, type Provider, utc } from './provider.ts';
import { STORY } from './story-figures.ts';

class Story {
  readonly #provider: Provider;
  readonly company: SandboxRecord;
  readonly contact: SandboxRecord;

  constructor(provider: Provider) {
    this.#provider = provider;
    const status = provider.named('/company/companies/statuses', 'Active');
    this.company = provider.put('/company/companies', {
      identifier: STORY.company,
      name: 'Story Bakery',
      status: { id: status.id, name: 'Active' },
      phoneNumber: '5185550100',
      territory: provider.ref('SystemLocationReference', provider.named('/system/locations', 'Headquarters')),
      types: [provider.ref('CompanyTypeReference', provider.named('/company/companies/types', 'Client'))],
      deletedFlag: false,
    });
    this.contact = provider.put('/company/contacts', {
      firstName: 'Dora',
      lastName: 'Baker',
      company: this.#company(),
      inactiveFlag: false,
      defaultFlag: true,
      types: [],
    });
  }

  #company(): Record<string, unknown> {
    return this.#provider.ref('CompanyReference', this.company);
  }

  agreement(type: string, more: Readonly<Record<string, unknown>>): SandboxRecord {
    const provider = this.#provider;
    const started = dateOnly(provider.now.minus({ months: 6 }).startOf('month'));
    return provider.put('/finance/agreements', {
      name: `${type} of the story`,
      type: provider.ref('AgreementTypeReference', provider.named('/finance/agreements/types', type)),
      company: this.#company(),
      contact: provider.ref('ContactReference', this.contact),
      startDate: started,
      billStartDate: started,
      endDate: dateOnly(provider.now.plus({ months: 6 }).startOf('month')),
      cancelledFlag: false,
      billTime: 'Billable',
      billAmount: 0,
      billingCycle: provider.ref('BillingCycleReference', provider.named('/finance/billingCycles', 'Monthly')),
      currency: HOME_CURRENCY,
      applicationUnits: 'Hours',
      agreementStatus: 'Active',
      ...more,
    });
  }

  /** Devices, and additions that bill too few, as many, and too many of them. */
  devices(agreement: SandboxRecord): void {
    const provider = this.#provider;
    const active = provider.named('/company/configurations/statuses', 'Active', 'description');
    for (const [kind, identifier, count, billed] of STORY.devices) {
      const type = provider.named('/company/configurations/types', kind);
      for (let index = 1; index <= count; index += 1)
        provider.put('/company/configurations', {
          name: `STORY-${kind.slice(-4).toUpperCase()}-${String(index).padStart(2, '0')}`,
          type: provider.ref('ConfigurationTypeReference', type),
          status: { id: active.id, name: 'Active' },
          company: this.#company(),
          activeFlag: true,
          billFlag: true,
        });
      putAddition(provider, agreement, provider.named('/procurement/catalog', identifier, 'identifier'), billed);
    }
  }

  member(identifier: string, firstName: string): SandboxRecord {
    const {
      id: _,
      customFields: __,
      _info: ___,
      ...like
    } = this.#provider.named('/system/members', 'achen', 'identifier');
    const email = `${identifier}@northwind-it.example`;
    return this.#provider.put('/system/members', {
      ...like,
      identifier,
      firstName,
      lastName: 'Story',
      officeEmail: email,
      primaryEmail: email,
    });
  }

  work(member: SandboxRecord, start: DateTime, hours: number, agreement?: SandboxRecord): void {
    const provider = this.#provider;
    const sheet = sheetOf(member, start.toJSDate(), provider.now.zone, provider);
    sheet.hours = Number(sheet.hours) + hours;
    const [begin, end] = [utc(start), utc(start.plus({ hours }))];
    provider.put(
      '/time/entries',
      {
        company: this.#company(),
        member: provider.ref('MemberReference', member),
        workType: member.workType,
        workRole: member.workRole,
        agreement: agreement && provider.ref('AgreementReference', agreement),
        timeStart: begin,
        timeEnd: end,
        hoursDeduct: 0,
        actualHours: hours,
        billableOption: 'Billable',
        hoursBilled: hours,
        invoiceHours: hours,
        agreementHours: agreement === undefined ? 0 : hours,
        notes: 'Work of the story',
        timeSheet: { id: sheet.id, name: sheet.name },
        status: 'Open',
        enteredBy: member.identifier,
        dateEntered: end,
      },
      { at: start.plus({ hours }), by: String(member.identifier) },
    );
  }

  invoices(): void {
    const provider = this.#provider;
    const status = provider.all('/finance/billingStatuses').find(({ closedFlag }) => closedFlag !== true);
    STORY.owed.forEach(([days, total], index) => {
      const due = provider.now.minus({ days });
      provider.put(
        '/finance/invoices',
        {
          invoiceNumber: `S-${index + 1}`,
          type: 'Miscellaneous',
          status: status && provider.ref('BillingStatusReference', status),
          company: this.#company(),
          billToCompany: this.#company(),
          currency: HOME_CURRENCY,
          date: dateOnly(due.minus({ days: 30 })),
          dueDate: dateOnly(due),
          subtotal: total,
          salesTax: 0,
          total,
          payments: 0,
          balance: total,
        },
        { at: due.minus({ days: 30 }) },
      );
    });
  }

  /** Tickets that came and went: what is left of a month is closed at the start of the next, too late for its service level. */
  tickets(): void {
    const provider = this.#provider;
    let left: SandboxRecord[] = [];
    const closed: SandboxRecord[] = [];
    STORY.months.forEach((counts, index) => {
      const month = provider.now.startOf('month').minus({ months: STORY.months.length - index });
      const late = left;
      for (const ticket of late) closed.push(this.#close(ticket, month.set({ day: 2, hour: 10 }), false));
      left = [];
      for (let at = 0; at < counts.opened; at += 1) {
        const entered = month.set({ day: 1 + at, hour: 10 });
        const ticket = this.#open(entered, at);
        if (at < counts.closed - late.length) closed.push(this.#close(ticket, entered.plus({ hours: 8 }), true));
        else left.push(ticket);
      }
    });
    for (const ticket of closed.slice(-STORY.reopened)) this.#logReopening(ticket);
  }

  #status(isClosed: boolean): SandboxRecord {
    const provider = this.#provider;
    const board = provider.named('/service/boards', 'Help Desk');
    const rows = [...provider.store.collection('/service/boards/{parentId}/statuses').all([board.id])];
    return rows.find(({ closedStatus }) => (closedStatus === true) === isClosed) as SandboxRecord;
  }

  #open(entered: DateTime, index: number): SandboxRecord {
    const provider = this.#provider;
    const board = provider.named('/service/boards', 'Help Desk');
    const [type] = provider.store.collection('/service/boards/{parentId}/types').all([board.id]);
    const priority = provider.all('/service/priorities')[2];
    const [sla] = provider.all('/service/SLAs');
    return provider.put(
      '/service/tickets',
      {
        summary: `Oven controller ${index + 1} is offline`,
        recordType: 'ServiceTicket',
        board: provider.ref('BoardReference', board),
        status: provider.ref('ServiceStatusReference', this.#status(false)),
        company: this.#company(),
        type: type && provider.ref('ServiceTypeReference', type),
        priority: priority && provider.ref('PriorityReference', priority),
        sla: sla && provider.ref('SLAReference', sla),
        location: board.location,
        department: board.department,
        severity: 'Medium',
        impact: 'Medium',
        closedFlag: false,
        approved: true,
        isInSla: true,
        actualHours: 0,
        dateResponded: utc(entered.plus({ hours: 1 })),
      },
      { at: entered, by: 'dlopez' },
    );
  }

  #close(ticket: SandboxRecord, at: DateTime, isInSla: boolean): SandboxRecord {
    const closed = utc(at);
    const status = this.#provider.ref('ServiceStatusReference', this.#status(true));
    return this.#provider.store.collection('/service/tickets').put(
      {
        ...ticket,
        status,
        closedFlag: true,
        closedDate: closed,
        closedBy: 'mobrien',
        dateResolved: closed,
        slaStatus: 'Resolved',
        isInSla,
      },
      { at: at.toJSDate(), by: 'mobrien' },
    );
  }

  #logReopening(ticket: SandboxRecord): void {
    const provider = this.#provider;
    const open = { ...ticket, status: provider.ref('ServiceStatusReference', this.#status(false)), closedFlag: false };
    const end = new Date(String(ticket.closedDate)).getTime();
    const steps = [open, ticket, open, ticket];
    steps.forEach((state, index) => {
      const at = new Date(end - (steps.length - 1 - index) * 3_600_000);
      writeTicketLog(provider.store, state, { by: 'mobrien', at, action: index === 0 ? 'Insert' : 'Update' });
    });
  }
}

/** A customer and technicians of their own whose figures can be worked out by hand: nothing else of the data is touched. */
export function seedStory(provider: Provider): void {
  const story = new Story(provider);
  story.devices(story.agreement('Managed Services', { applicationUnlimitedFlag: true }));
  const { bought, used } = STORY.blockHours;
  const block = story.agreement('Block Time', {
    applicationUnlimitedFlag: false,
    applicationLimit: bought,
    applicationCycle: 'CalendarMonth',
  });
  const month = provider.now.startOf('month').minus({ months: 1 });
  const worker = story.member('story4', 'Dan');
  for (let done = 0, day = 1; done < used; done += 2, day += 1)
    story.work(worker, month.set({ day, hour: 9 }), 2, block);
  const week = provider.now.startOf('week').minus({ weeks: 1 });
  for (const [identifier, name, hours] of STORY.technicians) {
    const member = story.member(identifier, name);
    for (let day = 0; day < 5; day += 1) story.work(member, week.plus({ days: day }).set({ hour: 9 }), hours);
  }
  story.invoices();
  story.tickets();
}
