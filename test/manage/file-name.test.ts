import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileNameOf } from '../../src/manage/answers/read-answer.ts';

it.each([
  ['attachment; filename="report 1.pdf"', 'report 1.pdf'],
  ['attachment; filename=report.pdf; size=3', 'report.pdf'],
  ['attachment; filename="rapport.pdf"; filename*=UTF-8\'\'%C3%A9tat%20final.pdf', 'état final.pdf'],
  ['attachment; filename="plain.pdf"; filename*=UTF-8\'\'%FF.pdf', 'plain.pdf'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment', undefined],
])('%s names the file %s', (header, name) => {
  expect(fileNameOf(header)).toBe(name);
});

it('no header makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fileNameOf(`attachment; filename*=UTF-8''${text}`);
      fileNameOf(text);
    }),
    { seed: 21 },
  );
});
