import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { sameText, saysSame, type ToolContext } from '../../../src/tool/index.ts';

const LIST = 'GET /company/configurations';

/** The device with this serial number, whoever has it: there are no two. */
async function sameSerial(
  serialNumber: string | undefined,
  context: ToolContext,
  signal: AbortSignal,
): Promise<ManageRecord | undefined> {
  if (serialNumber === undefined) return undefined;
  return sameText(context, { list: LIST, member: 'serialNumber', text: serialNumber }, signal);
}

/** The name that a device is to have, and its customer. */
interface NamedDevice {
  readonly name: string;
  readonly companyId: number | undefined;
  readonly serialNumber: string | undefined;
}

/** A device of the customer with this name: two may have one where their serial numbers tell them apart. */
async function sameDeviceName(
  { name, companyId = 0, serialNumber }: NamedDevice,
  context: ToolContext,
  signal: AbortSignal,
): Promise<ManageRecord | undefined> {
  const conditions = field('company/id', '=', companyId);
  const counts = ({ serialNumber: other }: ManageRecord): boolean =>
    serialNumber === undefined || (other ?? '') === '' || saysSame(other, serialNumber);
  return sameText(context, { list: LIST, member: 'name', text: name, conditions, counts }, signal);
}

/** The device that has the serial number, else the one that has the name; what is left out is not looked for. */
export async function sameDevice(
  { serial, named }: { readonly serial: string | undefined; readonly named: NamedDevice | undefined },
  context: ToolContext,
  signal: AbortSignal,
): Promise<ManageRecord | undefined> {
  const [ofSerial, ofName] = await Promise.all([
    sameSerial(serial, context, signal),
    named && sameDeviceName(named, context, signal),
  ]);
  return ofSerial ?? ofName;
}

/** Which device has a number or name already, and what to send. */
export function alreadyThere(duplicate: ManageRecord): Clean {
  const id = Number(duplicate.id);
  const serial = cleanLine(duplicate.serialNumber);
  const which = serial === '' ? say`configuration ${id}` : say`configuration ${id}, serial number ${serial}`;
  return say`${cleanLine(nameOf(duplicate.company))} already has ${cleanLine(duplicate.name)} (${which}). Send configuration: "${id}" to change it, or allowDuplicate: true.`;
}

/** What a change says of a device that could be another one's. */
interface Renamed {
  readonly name?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly company?: Named | undefined;
}

/** Another device that has the new serial number or the new name. Moving to another customer looks for the name there. */
export function newDouble(given: Renamed, before: ManageRecord, context: ToolContext) {
  const serial = saysSame(before.serialNumber, given.serialNumber) ? undefined : given.serialNumber;
  const companyId = given.company?.id ?? idOf(before.company);
  const isMoved = companyId !== idOf(before.company);
  const name = given.name ?? (isMoved ? String(before.name) : undefined);
  const isNew = name !== undefined && (isMoved || !saysSame(before.name, name));
  if (serial === undefined && !isNew) return undefined;
  const own = before.serialNumber ? String(before.serialNumber) : undefined;
  const named = isNew
    ? { name, companyId, serialNumber: given.serialNumber ?? (isMoved ? own : undefined) }
    : undefined;
  const changed = given.name === undefined ? 'company' : 'name';
  return {
    find: (signal: AbortSignal) => sameDevice({ serial, named }, context, signal),
    argument: serial === undefined ? changed : 'serialNumber',
    says: alreadyThere,
  };
}
