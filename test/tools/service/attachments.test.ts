import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
let closed: Session;
let base: string;
let folder: string;
let web: Server;
let origin: string;
let ticketId: number;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'attachments-'));
  folder = join(base, 'allowed');
  await mkdir(folder);
  await writeFile(join(folder, 'notes.txt'), 'first line\nsecond line\n');
  await writeFile(join(base, 'secret.txt'), 'secret');
  await symlink(join(base, 'secret.txt'), join(folder, 'link.txt'));
  await symlink(base, join(folder, 'out'));
  await mkdir(join(base, 'allowed-not'));
  await writeFile(join(base, 'allowed-not', 'x.txt'), 'x');
  web = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1:9/file' }).end();
    else if (request.url === '/here') response.writeHead(302, { location: '/files/report%20May.csv' }).end();
    else if (request.url === '/big') response.writeHead(200).end(Buffer.alloc(21 * 1024 * 1024));
    else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (request.url?.startsWith('/files/'))
      response.writeHead(200, { 'content-type': 'text/csv' }).end('a,b\n1,2\n');
    else response.writeHead(404).end('nothing');
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  session = await startSession({
    toolsets: 'core,service',
    environment: { CWM_FILES_DIR: folder, CWM_ATTACHMENT_URLS: `files.example.com, ${origin}` },
  });
  closed = await startSession({ toolsets: 'core,service' });
  ticketId = (await session.rest('POST', '/service/tickets', { summary: 'Files', company: { identifier: 'Acme' } }))
    .body.id;
});
afterAll(async () => {
  await Promise.all([session.close(), closed.close()]);
  web.close();
  web.closeAllConnections();
  await rm(base, { recursive: true });
});

const add = (input: Record<string, unknown>) =>
  session.call('add_attachment', { record: `ticket ${ticketId}`, ...input });
const read = (id: number, more: Record<string, unknown> = {}) =>
  session.call('get_attachments', { attachmentId: id, ...more });
const files = async (type = 'Ticket', id = ticketId) =>
  (await session.rest('GET', `/system/documents?recordType=${type}&recordId=${id}&pageSize=100`)).body as {
    id: number;
    fileName: string;
    title: string;
    size: number;
    publicFlag: boolean;
  }[];
const download = async (id: number): Promise<string> =>
  (await session.rest('GET', `/system/documents/${id}/download`)).body;

/** A picture of one pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('add_attachment', () => {
  it('attaches text as a file, whole, with its title and privacy', async () => {
    const text = 'Grüße — 12 % of “it”\n';
    const {
      structured,
      text: said,
      isError,
    } = await add({ fileName: 'remark.txt', text, title: 'Remark', private: true });
    expect(isError, said).toBe(false);
    expect(said).toMatch(
      /^Attached remark.txt \(\d+ bytes\) to ticket \d+, Files as attachment \d+, private: the customer does not see it\.$/,
    );
    expect(await files()).toContainEqual(
      expect.objectContaining({ id: structured.id, fileName: 'remark.txt', title: 'Remark', publicFlag: false }),
    );
    expect(await download(structured.id)).toBe(text);
    expect((await read(structured.id)).structured.content).toContain('Grüße — 12 % of “it”');
  });

  it('attaches a picture, which comes back as one', async () => {
    const { structured } = await add({ name: '../../shot.png', base64: `data:image/png;base64,${PNG}` });
    expect((await files()).find(({ id }) => id === structured.id)?.fileName).toBe('shot.png');
    const result = await session.client.callTool({ name: 'get_attachments', arguments: { id: structured.id } });
    expect(result.content).toContainEqual({ type: 'image', mimeType: 'image/png', data: PNG });
  });

  it('takes a file of the allowed folder, and nothing else of the machine', async () => {
    const { structured, isError, text } = await add({ path: 'notes.txt' });
    expect(isError, text).toBe(false);
    expect(await download(structured.id)).toBe('first line\nsecond line\n');
    for (const path of [
      '../secret.txt',
      'link.txt',
      'out/secret.txt',
      '/etc/passwd',
      join(base, 'allowed-not', 'x.txt'),
      '.',
      'missing',
    ]) {
      const refused = await add({ path });
      expect(refused.isError, path).toBe(true);
      expect(refused.text).toContain(`there is no file ${JSON.stringify(path)} in the allowed folder`);
    }
  });

  it('takes a file of an allowed host, and follows no redirect to another', async () => {
    const { structured, isError, text } = await add({ url: `${origin}/here` });
    expect(isError, text).toBe(false);
    expect((await files()).find(({ id }) => id === structured.id)).toMatchObject({
      fileName: 'report May.csv',
      size: 8,
    });
    expect((await add({ url: `${origin}/away` })).text).toContain('leads to another host');
    expect((await add({ url: `${origin}/loop` })).text).toContain('from one address to the next');
    expect((await add({ url: `${origin}/gone` })).text).toContain('status 404');
    const others = [
      'http://169.254.169.254/latest',
      'http://files.example.com/a',
      `${origin.replace('127.0.0.1', 'localhost')}/files/a`,
      'file:///etc/passwd',
      'https://user:pw@files.example.com/a',
      'nonsense',
    ];
    for (const url of others)
      expect((await add({ url })).text, url).toMatch(
        /downloads from there are not allowed.*Allowed: https:\/\/files\.example\.com/s,
      );
  });

  it('takes no file over 7 MB, however it comes', async () => {
    await writeFile(join(folder, 'big.bin'), '');
    await truncate(join(folder, 'big.bin'), 8 * 1024 * 1024);
    expect((await add({ path: 'big.bin' })).text).toContain('the file has 8 MB; 7 MB are allowed');
    expect((await add({ url: `${origin}/big` })).text).toContain('larger than 7 MB');
  });

  it('refuses both by default, and says who can allow them', async () => {
    const record = 'ticket 7';
    expect((await closed.call('add_attachment', { record, path: 'a.txt' })).text).toContain('CWM_FILES_DIR');
    expect((await closed.call('add_attachment', { record, url: `${origin}/files/a` })).text).toContain(
      'CWM_ATTACHMENT_URLS',
    );
    const { structured } = await closed.call('add_attachment', { record, name: 'a.txt', text: 'a' });
    expect((await closed.call('get_attachments', { id: structured.id, save: true })).text).toContain('CWM_FILES_DIR');
  });

  it('attaches once: a duplicate is refused, a lost answer is looked up, a throttled one goes again', async () => {
    expect((await add({ name: 'once.txt', text: 'once' })).isError).toBe(false);
    expect((await add({ name: 'once.txt', text: 'once' })).text).toMatch(
      /Attachment \d+, once.txt of the same size, is already on ticket/,
    );
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/system/documents' });
    expect((await add({ name: 'cut.txt', text: 'cut off' })).isError).toBe(false);
    session.sandbox.faults.add({ kind: 'throttle', method: 'POST', path: '/system/documents', retryAfterSeconds: 0 });
    const again = await add({ name: 'throttled.txt', text: 'later' });
    expect(again.isError, again.text).toBe(false);
    const names = (await files()).map(({ fileName }) => fileName);
    for (const name of ['once.txt', 'cut.txt', 'throttled.txt'])
      expect(names.filter((one) => one === name)).toHaveLength(1);
    expect(await download(again.structured.id)).toBe('later');
  });

  it('attaches to other records by name, and says what it takes', async () => {
    for (const [record, type] of [
      ['company Acme', 'Company'],
      ['Configurations #5', 'Configuration'],
      ['project 1', 'Project'],
      ['opportunity 1', 'Opportunity'],
      ['agreement 2', 'Agreement'],
    ] as const) {
      const { isError, text, structured } = await add({ record, name: 'x.txt', text: 'x' });
      expect(isError, text).toBe(false);
      const id = Number(/(\d+)/.exec(text.slice(text.indexOf(' to ')))?.[1]);
      expect((await files(type, id)).map((file) => file.id)).toContain(structured.id);
    }
    const [projectTicket] = (await session.rest('GET', '/project/tickets?pageSize=1')).body;
    expect((await add({ record: String(projectTicket.id), name: 'x.txt', text: 'x' })).isError).toBe(false);
    expect((await add({ record: 'the thing', text: 'x', name: 'x' })).text).toMatch(
      /has to be a kind of record.*Allowed: ticket, company/s,
    );
    expect((await add({ record: 'activity call Ann', text: 'x', name: 'x' })).text).toContain(
      'by its id, as "activity 12"',
    );
    expect((await add({ record: 'ticket 999999', text: 'x', name: 'x' })).text).toContain('There is no ticket 999999');
    expect((await add({ record: 'invoice 999999', text: 'x', name: 'x' })).text).toContain(
      'there is no invoice "999999"',
    );
    expect((await add({ text: 'x', base64: 'eA==', name: 'x' })).text).toContain(
      'exactly one of text, base64, path and url',
    );
    expect((await add({ text: 'x' })).text).toContain('Send name');
    expect((await add({ base64: '***', name: 'x' })).text).toContain('is not base64');
    session.writes();
    expect((await add({ text: 'secret text', name: 'p.txt', dryRun: true })).text).toContain(
      '"file":{"name":"p.txt","contentType":"text/plain","size":11}',
    );
    expect(session.writes()).toEqual([]);
    const raw = await session.call('call_write_operation', { operation: 'POST /system/documents', body: {} });
    expect(raw.text).toContain('Use add_attachment for it');
  });
});

describe('the configuration of files', () => {
  it('names a folder that exists, and hosts without paths and wildcards', () => {
    const wrong = (environment: Record<string, string>) => () =>
      readConfig({ ...session.sandbox.environment, ...environment });
    expect(wrong({ CWM_FILES_DIR: join(base, 'nowhere') })).toThrow(/CWM_FILES_DIR: there is no folder/);
    expect(wrong({ CWM_FILES_DIR: join(base, 'secret.txt') })).toThrow(/CWM_FILES_DIR: there is no folder/);
    for (const urls of [
      '*',
      '*.example.com',
      'https://files.example.com/a',
      'ftp://files.example.com',
      'https://a:b@files.example.com',
    ])
      expect(wrong({ CWM_ATTACHMENT_URLS: urls }), urls).toThrow(/CWM_ATTACHMENT_URLS has to list hosts/);
  });
});

describe('get_attachments', () => {
  it('list the files of a record', async () => {
    await add({ record: 'company Globex', name: 'map.txt', text: 'here' });
    const { text, structured } = await session.call('get_attachments', { record: 'customer Globex' });
    expect(text).toMatch(/^Of company \d+, Globex Manufacturing/);
    expect(structured.rows.some((row: string[]) => row[1] === 'map.txt' && row[3] === '4 bytes')).toBe(true);
    expect(text).toContain('Tue 24 Nov 2026 16:20');
    expect((await session.call('get_attachments', { ticketId })).text).toContain('remark.txt');
    for (const argument of [{ save: true }, { offset: 20_000 }])
      expect((await session.call('get_attachments', { ticketId, ...argument })).text).toContain(
        'send attachmentId as well',
      );
  });

  it('show a long text part by part, wrapped', async () => {
    const long = Array.from({ length: 3000 }, (_, line) => `line ${line} of the log`).join('\n');
    const { structured } = await add({ name: 'long.log', text: long });
    const first = await read(structured.id);
    expect(first.text).toMatch(/<<[0-9a-f]{8}\nline 0 of the log/);
    expect(first.text).toContain(`Characters 0 to 20000 of ${long.length}; more with offset: 20000`);
    const second = await read(structured.id, { offset: 20_000 });
    expect(second.structured.content).not.toContain('line 0 of');
    expect(second.structured.next).toBe(40_000);
  });

  it('stores base64 byte for byte, however it is broken into lines and ends', async () => {
    // Longer than what is decoded in one go, of a length that no part of four digits ends with.
    const bytes = Buffer.from(Array.from({ length: 1_500_001 }, (_, at) => (at * 7919) % 251));
    const lines = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
    for (const base64 of [lines, lines.replaceAll('=', '= \n'), bytes.toString('base64url')]) {
      const { structured } = await add({ name: `${base64.length}.bin`, base64 });
      const saved = await read(structured.id, { save: 'yes' });
      expect((await readFile(join(folder, `${base64.length}.bin`))).equals(bytes), saved.text).toBe(true);
    }
  });

  it('save what cannot be shown, never over something else', async () => {
    const zip = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1, 2]).toString('base64');
    const { structured } = await add({ name: 'data.zip', base64: zip });
    expect((await read(structured.id)).text).toMatch(/neither text nor a picture\. Send save: true/);
    for (const name of ['data.zip', 'data (2).zip']) {
      const saved = await read(structured.id, { save: 'yes' });
      expect(saved.text).toContain(`Saved as ${join(folder, name)}`);
      expect((await readFile(join(folder, name))).toString('base64')).toBe(zip);
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('data'))).toHaveLength(2);
  });

  it('read what the provider has: logs, pictures, tables', async () => {
    const tickets = (await session.rest('GET', '/service/tickets?orderBy=id desc&pageSize=200&fields=id')).body as {
      id: number;
    }[];
    const found = (await Promise.all(tickets.map(({ id }) => files('Ticket', id)))).flat();
    const log = found.find(({ fileName }) => fileName === 'vpn-client.log');
    expect((await read(log?.id ?? 0)).text).toContain('rekey timed out');
    const shot = found.find(({ fileName }) => fileName === 'screenshot.png');
    expect((await read(shot?.id ?? 0)).structured).toMatchObject({ contentType: 'image/png' });
    expect((await read(999_999)).isError).toBe(true);
  });
});
