import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

async function download(path: string): Promise<{ type: string; disposition: string; bytes: Buffer }> {
  const { companyId, publicKey, privateKey, clientId } = sandbox.credentials;
  const login = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64');
  const response = await fetch(`${sandbox.baseUrl}${path}`, {
    headers: { authorization: `Basic ${login}`, clientid: clientId },
  });
  expect(response.status).toBe(200);
  return {
    type: response.headers.get('content-type') ?? '',
    disposition: response.headers.get('content-disposition') ?? '',
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

/** Width and height of a PNG whose pixels unpack to as many as they should be. */
function sizeOf(bytes: Buffer): [number, number] {
  expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const data = bytes.indexOf('IDAT');
  const pixels = inflateSync(bytes.subarray(data + 4, data + 4 + bytes.readUInt32BE(data - 4)));
  expect(pixels.length).toBe(height * (1 + width * 3));
  return [width, height];
}

describe('files', () => {
  it('come back byte by byte, under their own names', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7 + (index >> 8)) % 256);
    const form = new FormData();
    form.set('RecordType', 'Ticket');
    form.set('recordId', '1');
    form.set('Title', 'Größe "1"');
    form.set('PrivateFlag', 'True');
    form.set('file', new Blob([bytes]), 'Größe 1.bin');
    const { status, body } = await rest('POST', '/system/documents', form);
    expect([status, body.title, body.size, body.publicFlag]).toEqual([201, 'Größe "1"', bytes.length, false]);
    const file = await download(`/system/documents/${body.id}/download`);
    expect(Buffer.compare(file.bytes, Buffer.from(bytes))).toBe(0);
    expect(file.disposition).toContain("filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.bin");
    const listed = await rest('GET', '/system/documents?recordType=ticket&RecordId=1');
    expect(listed.body.some(({ id }: { id: number }) => id === body.id)).toBe(true);
    expect((await rest('GET', '/service/tickets/1/documents')).body.length).toBe(listed.body.length);
    await rest('DELETE', `/system/documents/${body.id}`);
    expect((await rest('GET', `/system/documents/${body.id}/download`)).status).toBe(404);
  });

  it('are pictures where pictures are asked for, and the uploaded one where there is one', async () => {
    for (const path of ['/company/contacts/1', '/system/members/1', '/service/priorities/1'])
      expect(sizeOf((await download(`${path}/image`)).bytes)).toEqual([64, 64]);
    const other = (await download('/system/members/2/image')).bytes;
    const form = new FormData();
    for (const [name, value] of Object.entries({ recordType: 'Member', recordId: '1', isAvatar: 'true' }))
      form.set(name, value);
    form.set('file', new Blob([new Uint8Array(other)], { type: 'image/png' }), 'me.png');
    await rest('POST', '/system/documents', form);
    expect(Buffer.compare((await download('/system/members/1/image')).bytes, other)).toBe(0);
    expect((await rest('GET', '/company/contacts/987654/image')).status).toBe(404);
  });

  it('are documents that readers of PDF can follow: a table of objects that leads to each', async () => {
    const { type, bytes } = await download('/finance/invoices/1/pdf');
    const text = bytes.toString('latin1');
    expect([type, text.slice(0, 8), text.trim().endsWith('%%EOF')]).toEqual(['application/pdf', '%PDF-1.4', true]);
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe('xref');
    const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    expect(offsets.length).toBeGreaterThan(5);
    offsets.forEach((offset, index) => {
      expect(text.slice(offset).startsWith(`${index + 1} 0 obj`)).toBe(true);
    });
    expect(text).toContain('Balance due');
  });
});
