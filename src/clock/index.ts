export type { Period } from './calendar-words.ts';
export { echoDay, echoMoment } from './echo.ts';
export { ClockError, type ClockProblem, type Direction } from './errors.ts';
export type { ReadOptions } from './interpret.ts';
export { type LengthOptions, readLength, showHours } from './length.ts';
export { dateOnly, fromManage, showDay, showMoment, showRange, toManage } from './manage-time.ts';
export { type Day, type DayOptions, type Moment, type MomentOptions, readDay, readMoment } from './moment.ts';
export { readPeriod, type SaidPeriod } from './period.ts';
export { type LooseSpan, readSpan, type Span, type SpanInput, type SpanOptions, splitBreak } from './span.ts';
