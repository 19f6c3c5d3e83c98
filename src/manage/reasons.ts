/**
 * What Manage means by an error, where no code of its own says it. Only its prose tells, so it is read here and nowhere else; what
 * follows from a reason is decided by it.
 */
export type ManageReason =
  | 'unknownMember'
  | 'unknownName'
  | 'notAnEnumValue'
  | 'wrongLiteral'
  | 'unknownApiVersion'
  | 'noSuchEndpoint'
  | 'httpsNeeded'
  | 'wrongClientId'
  | 'noteWithoutPlace'
  | 'createOnly'
  | 'wrongPatch'
  | 'notABoolean'
  | 'wrongCallbackLevel'
  | 'wrongUrl'
  | 'timeNotAllowed'
  | 'wrongWorkRole'
  | 'noOpenPeriod';

const PROSE: readonly (readonly [RegExp, ManageReason])[] = [
  [/could not find member|is not a member of/i, 'unknownMember'],
  [/not a recognized name/i, 'unknownName'],
  [/enum value supplied was invalid/i, 'notAnEnumValue'],
  [/expected a boolean|should be enclosed/i, 'wrongLiteral'],
  [/does not support the api version/i, 'unknownApiVersion'],
  [/endpoint does not exist/i, 'noSuchEndpoint'],
  [/ssl is required/i, 'httpsNeeded'],
  [/client ?id/i, 'wrongClientId'],
  [/where to display the notes/i, 'noteWithoutPlace'],
  [/can only be used when creating/i, 'createOnly'],
  [/could not cast or convert|path .*not valid/i, 'wrongPatch'],
  [/not recognized as a valid boolean/i, 'notABoolean'],
  [/unrecognized level/i, 'wrongCallbackLevel'],
  [/invalid url/i, 'wrongUrl'],
  [/time entry is not allowed/i, 'timeNotAllowed'],
  [/work role is not valid/i, 'wrongWorkRole'],
  [/no open time period/i, 'noOpenPeriod'],
];

/** The reason that the messages of one error give, the error's own and those of its fields. */
export const reasonOf = (messages: readonly string[]): ManageReason | undefined =>
  PROSE.find(([pattern]) => messages.some((message) => pattern.test(message)))?.[1];
