import type { Axis } from '../calendar/axis.ts';
import { DAY_MINUTES, timeOf } from '../calendar/clock.ts';
import { element } from '../shared/element.ts';

/** Where something was dropped. */
export interface Drop {
  readonly day: string;
  readonly memberId: number;
  /** In minutes of the day. */
  readonly from: number;
}

/** What is dragged. */
export interface Dragged {
  /** How long it is, in minutes. */
  readonly length: number;
  /** Where it begins, in minutes of its day; `undefined` where it has no time yet. */
  readonly from: number | undefined;
  /** All grids share it. */
  readonly axis: Axis;
  drop(to: Drop): void;
}

/** Minutes that a drop is rounded to. */
const STEP = 15;
/** Pixels that a pointer moves before it drags. */
const SLACK = 5;

/** The minute of the day under a pointer. */
function minuteUnder(x: number, grid: HTMLElement, axis: Axis): number {
  const { left, width } = grid.getBoundingClientRect();
  return axis.minuteAt(((x - left) / width) * axis.length);
}

interface Target extends Drop {
  readonly grid: HTMLElement;
}

/** Lets a mouse or a pen drag a block to another time or lane. Fingers scroll; for them, and for the keyboard, there is a form. */
export function makeDraggable(block: HTMLElement, dragged: Dragged): void {
  const { axis, length } = dragged;
  let start: { readonly x: number; readonly y: number; readonly into: number } | undefined;
  let target: Target | undefined;
  const ghost = element('div', { class: 'ghost', 'aria-hidden': 'true' });

  function targetAt(x: number, y: number, into: number): Target | undefined {
    const grid = document.elementFromPoint(x, y)?.closest<HTMLElement>('.grid');
    const { day, member } = grid?.dataset ?? {};
    if (grid == null || day === undefined || member === undefined) return undefined;
    const rounded = Math.round((minuteUnder(x, grid, axis) - into) / STEP) * STEP;
    const from = Math.min(Math.max(0, rounded), DAY_MINUTES - STEP);
    return { grid, day, memberId: Number(member), from };
  }

  function show({ grid, from }: Target): void {
    const to = from + length;
    ghost.textContent = `${timeOf(from)}–${timeOf(to)}`;
    ghost.style.setProperty('--from', String(axis.place(from)));
    ghost.style.setProperty('--minutes', String(axis.place(Math.min(to, DAY_MINUTES)) - axis.place(from)));
    if (ghost.parentElement !== grid) grid.append(ghost);
  }

  function stop(): void {
    start = undefined;
    target = undefined;
    ghost.remove();
    delete block.dataset.dragged;
    document.removeEventListener('keydown', giveUp, true);
  }

  function giveUp(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    stop();
  }

  block.dataset.drag = '';
  block.addEventListener('pointerdown', (event) => {
    const isDrag = event.button === 0 && event.pointerType !== 'touch';
    // Only where the style sheet says so: a list has no times to drag to.
    if (!isDrag || getComputedStyle(block).cursor !== 'grab') return;
    const grid = block.closest<HTMLElement>('.grid');
    const { from } = dragged;
    const into = grid === null || from === undefined ? 0 : minuteUnder(event.clientX, grid, axis) - from;
    start = { x: event.clientX, y: event.clientY, into: Math.min(into, length) };
    block.setPointerCapture(event.pointerId);
    document.addEventListener('keydown', giveUp, true);
  });
  block.addEventListener('pointermove', (event) => {
    if (start === undefined) return;
    const { clientX: x, clientY: y } = event;
    if (block.dataset.dragged === undefined && Math.hypot(x - start.x, y - start.y) < SLACK) return;
    block.dataset.dragged = '';
    target = targetAt(x, y, start.into);
    if (target === undefined) ghost.remove();
    else show(target);
  });
  block.addEventListener('pointerup', () => {
    const dropped = target;
    const wasDragged = block.dataset.dragged !== undefined;
    stop();
    // What is let go was not pressed.
    if (wasDragged) {
      const unpressed = (click: Event): void => click.stopImmediatePropagation();
      block.addEventListener('click', unpressed, true);
      setTimeout(() => block.removeEventListener('click', unpressed, true));
    }
    if (dropped !== undefined) dragged.drop({ day: dropped.day, memberId: dropped.memberId, from: dropped.from });
  });
  block.addEventListener('pointercancel', stop);
}
