import { readablePart, type ToolContext } from '../tool/index.ts';
import { dimensionNamed } from './dimensions.ts';
import { type Filters, recordsNamed } from './filters/filters.ts';
import type { GroupName } from './groups/key.ts';
import { dimensionOf, type Split } from './groups/keys.ts';
import { type Counted, type Measure, partsOf } from './measure.ts';
import { isOfMembers, onDevices, onPhases, onProjects, onTeamsOfMembers, withWholeCapacity } from './question.ts';
import type { Reading } from './tables/table-cache.ts';

const isDevice = (name: string): boolean => dimensionNamed(name) === 'configuration';

const isPhase = (name: string): boolean => /^phases?$/i.test(name);

/** Service tickets, or those of projects where the question is about a project, a phase or a board of projects. */
async function aboutProjects(dimensions: readonly string[], filters: Filters, reading: Reading): Promise<boolean> {
  if (dimensions.some((name) => isPhase(name) || /^projects?$/i.test(name))) return true;
  const boards = filters.dimensions.filter(({ dimension, negated }) => dimension === 'board' && !negated);
  const records = await Promise.all(
    boards.flatMap(({ values }) => values.map((value) => recordsNamed('board', value, reading))),
  );
  const found = records.flat();
  return found.length > 0 && found.every(({ record }) => record.projectFlag === true);
}

/** Measures over what a question is about: the tickets of projects, phases, devices, the whole capacity of a plan. */
export async function inArea(
  named: readonly Measure[],
  by: readonly string[],
  filters: Filters,
  reading: Reading,
): Promise<readonly Measure[]> {
  const dimensions = [...by, ...filters.dimensions.map(({ dimension }) => dimension)];
  const isOnProjects = await aboutProjects(dimensions, filters, reading);
  const isPlanned = named.flatMap(partsOf).some(({ name }) => name === 'scheduled');
  const planned = isPlanned ? named.map(withWholeCapacity) : named;
  const areas = isOnProjects ? planned.map(onProjects) : planned;
  const isOfTeams =
    dimensions.some((name) => dimensionNamed(name) === 'team') && areas.flatMap(partsOf).some(isOfMembers);
  const teamed = isOfTeams ? areas.map(onTeamsOfMembers) : areas;
  const phased = dimensions.some(isPhase) ? teamed.map(onPhases) : teamed;
  return dimensions.some(isDevice) ? phased.map(onDevices) : phased;
}

/**
 * Whether a part says something of a group: service tickets say nothing of a board of projects, whose tickets Manage keeps apart, and
 * 0 would be wrong.
 */
export async function keptOnOtherBoards(splits: readonly Split[], { names }: ToolContext) {
  const place = splits.findIndex((split) => dimensionOf(split) === 'board');
  const boards = place < 0 ? [] : await readablePart(names.list('board'));
  const ofProjects = new Set(boards.filter(({ record }) => record.projectFlag === true).map(({ id }) => String(id)));
  return (part: Counted, group: readonly GroupName[]): boolean =>
    place < 0 || part.collection.schema !== 'Ticket' || !ofProjects.has(group[place]?.id ?? '');
}
