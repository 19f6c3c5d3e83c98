export { readDayPart } from './day-part.ts';
export { ClockError } from './errors.ts';
export { readHours, showHours } from './hours.ts';
export { dateOnly, fromManage, showDay, showMoment, showRange, toManage } from './manage-time.ts';
export { namesDay, namesTime, readDay, readMoment } from './moment.ts';
export { type Period, readPeriod, readRange } from './period.ts';
