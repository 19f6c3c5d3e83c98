import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG file, drawn pixel by pixel. */
export function png(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) row.set(colourAt(x, y), 1 + x * 3);
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a colour, three colours, no interlacing.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const PAPER: Colour = [240, 240, 240];
const FRAME: Colour = [40, 40, 40];

/** A picture of one colour with a frame around it: what a screenshot is in made-up data. */
export const framed = (width: number, height: number, colour: Colour): Buffer =>
  png(width, height, (x, y) => (x === 0 || y === 0 || x === width - 1 || y === height - 1 ? FRAME : colour));

/** A square picture, different for each number: five by five blocks that mirror left and right, as people without a photo get. */
export function identicon(number: number, side = 64): Buffer {
  const hash = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  const colour: Colour = [64 + (hash & 0x7f), 64 + ((hash >>> 8) & 0x7f), 64 + ((hash >>> 16) & 0x7f)];
  const block = Math.max(1, Math.floor(side / 5));
  return png(side, side, (x, y) => {
    const [column, line] = [Math.min(4, Math.floor(x / block)), Math.min(4, Math.floor(y / block))];
    return ((hash >>> (Math.min(column, 4 - column) * 5 + line)) & 1) === 1 ? colour : PAPER;
  });
}
