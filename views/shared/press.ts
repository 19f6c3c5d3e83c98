/** What waits until nothing is pressed. */
let waiting: (() => void)[] = [];
let isPressed = false;

function release(): void {
  isPressed = false;
  const ready = waiting;
  waiting = [];
  for (const go of ready) go();
}

addEventListener('pointerdown', () => (isPressed = true), true);
// After the click that belongs to it.
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(release), true);
// Let go where no event told of it.
addEventListener('pointermove', ({ buttons }) => isPressed && buttons === 0 && release(), true);

/**
 * Resolves when no button of a mouse and no finger is down: what is drawn anew under one, or moves away from it, is never pressed, and
 * what is dragged is lost.
 */
export const letGo = (): Promise<void> =>
  isPressed ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
