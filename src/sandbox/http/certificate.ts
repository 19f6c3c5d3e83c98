// DER by hand: Node makes no certificates, `selfsigned` and `@peculiar/x509` bring over fifteen packages for them, `node-forge` has no ECDSA.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';

/** What an HTTPS server of this machine needs, and what its clients have to trust. */
export interface Certificates {
  /** PEM of the private key and of the certificate with its authority. */
  readonly key: string;
  readonly cert: string;
  /** PEM of the authority. */
  readonly ca: string;
  /** SHA-256 of the authority's certificate, as tools show it. */
  readonly fingerprint: string;
}

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const size = length < 0x80 ? [length] : long;
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const bits = (value: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), value);
const octets = (value: Uint8Array): Buffer => der(0x04, value);
const TRUE = der(0x01, Buffer.from([0xff]));

/** `2.5.29.15` as DER: the first two numbers share a byte, the rest are in base 128. */
function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const base128 = (value: number): number[] => {
    const digits = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  };
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A positive number; a leading bit of 1 would make it negative. */
const serial = (): Buffer => der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)]));
const name = (text: string): Buffer => sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(text)))));
const utc = (date: Date): Buffer => der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [TRUE] : []), octets(value));

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const DAY = 86_400_000;

interface Subject {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signedBy: KeyObject;
  readonly extensions: readonly Buffer[];
}

function certificate({ subject, issuer, publicKey, signedBy, extensions }: Subject, now: Date): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    serial(),
    ECDSA_SHA256,
    name(issuer),
    sequence(utc(new Date(now.getTime() - DAY)), utc(new Date(now.getTime() + 365 * DAY))),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const bytes = sequence(body, ECDSA_SHA256, bits(sign('sha256', body, signedBy)));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const keyId = (key: KeyObject): Buffer =>
  createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();

/** An authority made for this once, and by it a certificate for `localhost`, `127.0.0.1` and `::1`, good for a year from `now`. */
export function makeCertificates(now: Date): Certificates {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = 'cwm-mcp sandbox authority';
  const ca = certificate(
    {
      subject: issuer,
      issuer,
      publicKey: authority.publicKey,
      signedBy: authority.privateKey,
      extensions: [
        extension('2.5.29.19', sequence(TRUE), true),
        // Signs certificates and lists of revoked ones.
        extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
        extension('2.5.29.14', octets(keyId(authority.publicKey))),
      ],
    },
    now,
  );
  const leaf = certificate(
    {
      subject: 'localhost',
      issuer,
      publicKey: server.publicKey,
      signedBy: authority.privateKey,
      extensions: [
        extension('2.5.29.19', sequence(), true),
        extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
        // For servers.
        extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
        extension('2.5.29.35', sequence(der(0x80, keyId(authority.publicKey)))),
        extension(
          '2.5.29.17',
          sequence(
            der(0x82, Buffer.from('localhost')),
            der(0x87, Buffer.from([127, 0, 0, 1])),
            der(0x87, Buffer.from([...new Array<number>(15).fill(0), 1])),
          ),
        ),
      ],
    },
    now,
  );
  return {
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: leaf + ca,
    ca,
    fingerprint: new X509Certificate(ca).fingerprint256,
  };
}
