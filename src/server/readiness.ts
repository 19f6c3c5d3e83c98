import type { ManageClient } from '../manage/index.ts';

/** For this long an answer stands: who asks every second, or is not even signed in, must not use up the requests a minute. */
const STANDS_MS = 5_000;
const PATIENCE_MS = 5_000;

/** Whether Manage answers with these keys. Asked by many at once, Manage is asked once. */
export function readiness(manage: ManageClient): () => Promise<boolean> {
  let asked = 0;
  let answer: Promise<boolean> | undefined;
  return () => {
    if (answer !== undefined && performance.now() - asked < STANDS_MS) return answer;
    asked = performance.now();
    answer = manage.get('GET /system/info', { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      () => true,
      () => false,
    );
    return answer;
  };
}
