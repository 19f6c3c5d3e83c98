export { readDayPart } from './day-part.ts';
export { echoDay, echoMoment, echoPeriod } from './echo.ts';
export { ClockError, type ClockProblem, type Direction } from './errors.ts';
export { readHours, showHours } from './hours.ts';
export { dateOnly, fromManage, showDay, showMoment, showRange, toManage } from './manage-time.ts';
export { namesDay, namesTime } from './moment.ts';
export { type Period, readRange } from './period.ts';
export {
  type Day,
  type LengthOptions,
  type Moment,
  type MomentOptions,
  readDay,
  readLength,
  readMoment,
  readPeriod,
  type SaidPeriod,
} from './readings.ts';
