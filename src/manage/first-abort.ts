/**
 * Hears of the first of some signals that is aborted; at once where one is already. `AbortSignal.any` keeps weak references, which every
 * collection of short-lived objects takes for strong ones: with one a request, these collections would take as long as the requests
 * themselves.
 * @param then is given the reason
 * @returns what ends that, to be called in the end: the signals may live far longer
 */
export function onFirstAbort(signals: readonly AbortSignal[], then: (reason: unknown) => void): () => void {
  const heard = (): void => then(signals.find(({ aborted }) => aborted)?.reason);
  const end = (): void => {
    for (const one of signals) one.removeEventListener('abort', heard);
  };
  if (signals.some(({ aborted }) => aborted)) heard();
  else for (const one of signals) one.addEventListener('abort', heard, { once: true });
  return end;
}
