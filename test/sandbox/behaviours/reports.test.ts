import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolvePath } from '../../../src/api/fields.ts';
import { loadApi } from '../../../src/api/load.ts';
import { reportViews } from '../../../src/sandbox/behaviours/system/report-views.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

/** Rows of a report as records of its columns. */
async function rows(report: string, query: Record<string, string> = {}): Promise<Record<string, unknown>[]> {
  const { body } = await rest(
    'GET',
    `/system/reports/${report}?${new URLSearchParams({ pageSize: '1000', ...query })}`,
  );
  const names = body.column_definitions.flatMap(Object.keys);
  return body.row_values.map((row: unknown[]) => Object.fromEntries(row.map((value, index) => [names[index], value])));
}

describe('reports', () => {
  it('are those of the public list', async () => {
    const names = (await rest('GET', '/system/reports')).body.map(({ name }: { name: string }) => name);
    expect(names).toHaveLength(259);
    expect(names).toEqual(
      expect.arrayContaining([
        'AgreementList',
        'ChargeCode',
        'InvoiceHeader',
        'Invoices',
        'Service',
        'ServiceMetricsAging',
        'TicketAudit',
        'TimeSheets',
      ]),
    );
  });

  it('each answer their columns, their count and a row of the right types', async () => {
    const wrong: string[] = [];
    const types: Record<string, string> = { Numeric: 'number', Text: 'string', DateTime: 'string', Boolean: 'boolean' };
    for (const { name, sources } of reportViews().values()) {
      const { body } = await rest('GET', `/system/reports/${name}?pageSize=5`);
      for (const row of body.row_values)
        for (const [index, value] of row.entries()) {
          const [[column, { type, isNullable }]] = Object.entries(body.column_definitions[index]) as [
            [string, { type: string; isNullable: boolean }],
          ];
          const isRight = value === null ? isNullable || type === 'DateTime' : typeof value === types[type];
          if (!isRight) wrong.push(`${name}.${column}: ${JSON.stringify(value)} is not ${type}`);
        }
      if (sources.length === 0) expect(body.row_values).toEqual([]);
    }
    expect(wrong).toEqual([]);
  });

  it('read members that the records of their collections have', () => {
    const api = loadApi();
    const wrong = [...reportViews().values()].flatMap(({ name, sources, columns }) =>
      sources.flatMap(({ collection }) => {
        const [, of, member] = /^#(.+)\.(\w+)$/.exec(collection) ?? [];
        if (of !== undefined && member !== undefined)
          return api.schema(of)?.fields.get(member)?.enum === undefined ? [`${name}: no options ${collection}`] : [];
        const schema = api.find(`GET ${collection}`)?.response.schema;
        if (schema === undefined) return [`${name}: no GET ${collection}`];
        return columns.flatMap(({ path }) =>
          path === undefined ||
          /^(\$|_info|customField\/)/.test(path) ||
          resolvePath(api, schema, path.split('/')).kind === 'scalar' ||
          name === 'Service'
            ? []
            : [`${name}: ${path}`],
        );
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('have rows of lists that are worked out, of options, and of items in records', async () => {
    const { body: contact } = await rest('GET', '/company/contacts/5');
    const own = await rows('ContactCommunication', { conditions: 'Contact_RecID = 5' });
    expect(own.map((row) => row.Contact_Communication_Desc)).toEqual(
      contact.communicationItems.map(({ value }: { value: string }) => value),
    );
    const { body: unposted } = await rest('GET', '/finance/accounting/unpostedinvoices/count');
    expect(await rows('UnpostedInvoice', {})).toHaveLength(unposted.count);
    expect((await rows('InvoiceTypes', {})).map((row) => row.InvoiceType_Desc)).toContain('Credit Memo');
    expect(await rows('ServiceItem', { conditions: 'SR_Board_RecID = 1' })).not.toEqual([]);
  });

  it('hold the same as the records', async () => {
    const { body: ticket } = await rest('GET', '/service/tickets/600');
    const [row] = await rows('Service', { conditions: 'TicketNbr = 600' });
    expect(row).toMatchObject({
      TicketNbr: 600,
      Board_Name: ticket.board.name,
      status_description: ticket.status.name,
      company_name: ticket.company.name,
      date_entered: ticket._info.dateEntered,
      City: ticket.city,
    });
    const { body: invoices } = await rest('GET', '/finance/invoices?pageSize=1000');
    const owed = await rows('AccountsReceivableAging', { conditions: 'Open_Balance > 0' });
    const sum = (numbers: unknown[]) => Math.round(numbers.reduce((all: number, one) => all + Number(one), 0) * 100);
    expect(sum(owed.map(({ Open_Balance }) => Open_Balance))).toBe(
      sum(invoices.map(({ balance }: { balance: number }) => balance)),
    );
    const fields = await rows('ConfigCustomFields');
    expect(fields[0]).toMatchObject({ config_customfield: expect.any(String), Config_RecID: expect.any(Number) });
  });

  it('count by age what is open', async () => {
    const all = await rows('ServiceMetricsAging', { conditions: 'Closed_Flag = false' });
    const { body } = await rest('GET', '/service/tickets/count?conditions=closedFlag=false');
    expect(all).toHaveLength(body.count);
    const late = all.filter(({ Past_Required_Date }) => Past_Required_Date === 1);
    const { body: overdue } = await rest(
      'GET',
      `/service/tickets/count?conditions=closedFlag=false and requiredDate < [${NOW.toISOString().slice(0, 19)}Z]`,
    );
    expect(late).toHaveLength(overdue.count);
    expect(new Set(all.map(({ Age_Group }) => Age_Group)).size).toBeGreaterThan(2);
  });
});
