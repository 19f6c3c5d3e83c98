export { splitBreak } from './break.ts';
export { echoDay, echoMoment, echoPeriod, isMidnight, offsetOfRepeated, withoutZone } from './echo.ts';
export { ClockError, type ClockProblem, type Direction } from './errors.ts';
export { lengthIn, readLength, showHours } from './length.ts';
export {
  dateOnly,
  dayToManage,
  enteredAt,
  fromManage,
  showDay,
  showMoment,
  showRange,
  toManage,
} from './manage-time.ts';
export { type Day, type Moment, readDay, readMoment } from './moment.ts';
export type { Period } from './named-period.ts';
export { readPeriod, type SaidPeriod } from './period.ts';
export { type LooseSpan, readSpan, type SpanInput, unreadableIn } from './span.ts';
export { daysOf, onItsDay, readDays, type SaidDays } from './whole-days.ts';
