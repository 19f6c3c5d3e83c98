import { type Counted, type Derived, divided } from '../measure.ts';
import { endpoints } from './business.ts';
import { entered } from './time.ts';

const writtenOff = entered('writtenOff', 'hours of time entries that were written off (status WrittenOff)', {
  aliases: ['write offs', 'written off hours', 'hours written off', 'written off time'],
  counts: (row) => row.text('status') === 'WrittenOff',
});

const serviceHours = entered('serviceHours', 'hours of time entries on service tickets', {
  aliases: ['reactive hours', 'service hours', 'support hours', 'reactive time', 'hours on tickets'],
  counts: (row) => row.text('chargedTo') === 'ServiceTicket',
});

const rhem: Derived = {
  name: 'rhem',
  aliases: ['reactive hours per endpoint per month'],
  says: 'serviceHours (hours of time entries on service tickets) of the period / active configurations now; of a month, as it is usually told, where the period is one',
  unit: 'rate',
  of: [serviceHours, endpoints],
  combine: ([time, devices]) => divided(time, devices),
};

/** Hours of some of the time entries. */
export const hoursOf: readonly (Counted | Derived)[] = [writtenOff, serviceHours, rhem];
