import { expect, it } from 'vitest';
import { type ManageClient, NoSuchOperation } from '../../src/manage/index.ts';
import { createMe } from '../../src/names/me.ts';

it('a description without members says what to set, since nobody can be looked up in it', async () => {
  const list = async (): Promise<never> => {
    throw new NoSuchOperation('GET /system/members', '2026.4');
  };
  const me = createMe({ manage: { list } as unknown as ManageClient, names: { list }, member: 'jdoe' });
  await expect(me()).rejects.toThrow(/lacks GET \/system\/members.*CWM_TIME_ZONE.*catalog import --merge/);
});
