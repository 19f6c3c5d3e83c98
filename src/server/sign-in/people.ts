import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../../config/config.ts';
import { zoneProblem } from '../../config/problems.ts';
import type { Logger } from '../../logger.ts';
import { TOOLSETS, type Toolset } from '../../tool/define-tool.ts';
import { SCOPES, type Scope } from '../caller.ts';
import { peopleProblems, SHORTEST_TOKEN } from './people-problems.ts';

/** Somebody in the people file. */
export interface Person {
  readonly name: string;
  /** SHA-256 of the person's token. */
  readonly tokenHash?: Uint8Array;
  /** What a provider's token calls the person: the claim that says the member, or the subject. */
  readonly signIn?: string;
  /** Identifier, e-mail address or id of the member. */
  readonly member?: string;
  /** The widest scope. */
  readonly scope: Scope;
  readonly toolsets?: ReadonlySet<Toolset>;
  readonly timeZone?: string;
}

/** Who may call, as the file has it at present. */
export interface People {
  byToken(token: string): Promise<Person | undefined>;
  /** @param known everything that the provider's token calls somebody */
  bySignIn(known: readonly string[]): Promise<Person | undefined>;
}

const isZone = (zone: string): boolean => zoneProblem(zone) === undefined;

const PERSON = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    token: z.string().min(SHORTEST_TOKEN).optional(),
    tokenHash: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/i)
      .optional(),
    signIn: z.string().trim().min(1).optional(),
    member: z.union([z.string().trim().min(1), z.number().int().transform(String)]).optional(),
    scopes: z.union([z.enum(SCOPES).transform((scope) => [scope]), z.array(z.enum(SCOPES)).min(1)]),
    toolsets: z
      .array(z.enum(['all', ...TOOLSETS]))
      .min(1)
      .optional(),
    timeZone: z.string().refine(isZone).optional(),
  })
  .refine(
    ({ token, tokenHash, signIn }) => [token, tokenHash, signIn].filter((way) => way !== undefined).length === 1,
    'it needs exactly one of token, tokenHash and signIn',
  );

const FILE = z.strictObject({ people: z.array(PERSON) });

/** A digest by which tokens are compared. */
export const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest();

function personOf({ token, tokenHash, scopes, toolsets, ...rest }: z.infer<typeof PERSON>): Person {
  const written = tokenHash === undefined ? undefined : Buffer.from(tokenHash.slice('sha256:'.length), 'hex');
  return {
    ...rest,
    tokenHash: token === undefined ? written : hashOf(token),
    scope: SCOPES.findLast((scope) => scopes.includes(scope)) ?? 'read',
    toolsets: toolsets && new Set(toolsets.flatMap((one): readonly Toolset[] => (one === 'all' ? TOOLSETS : [one]))),
  };
}

/** What two people may not have in common: by any of it, one could be taken for the other. */
function sharedBy(people: readonly Person[]): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const { name, tokenHash, signIn } of people) {
    const own = [
      ['name', name],
      ['signIn', signIn],
      ['token', tokenHash && Buffer.from(tokenHash).toString('hex')],
    ] as const;
    for (const [what, value] of own) {
      if (value === undefined) continue;
      const key = `${what} ${value.toLowerCase()}`;
      if (seen.has(key)) problems.push(`${seen.get(key)} and ${name} have the same ${what}`);
      seen.set(key, name);
    }
  }
  return problems;
}

/**
 * The people of a file's text, in YAML or JSON.
 * @throws {ConfigError} that names each entry with what is wrong, and no token
 */
export function readPeople(text: string, file: string): readonly Person[] {
  const refuse = (problems: readonly string[]): never => {
    throw new ConfigError(problems.map((problem) => `CWM_PEOPLE_FILE ${file}: ${problem}.`));
  };
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const { linePos } = error as { linePos?: readonly { line: number; col: number }[] };
    const at = linePos?.[0] === undefined ? '' : ` at line ${linePos[0].line}, column ${linePos[0].col}`;
    return refuse([`it is neither YAML nor JSON${at}`]);
  }
  const { success, data, error } = FILE.safeParse(content);
  if (!success) return refuse(peopleProblems(content, error.issues));
  const people = data.people.map(personOf);
  const problems = sharedBy(people);
  return problems.length > 0 ? refuse(problems) : people;
}

/**
 * The people file, read again whenever it has changed. One that cannot be used any more leaves everything as it was, and is told in
 * the log.
 * @throws {ConfigError} when it cannot be used at the start
 */
export async function openPeople(file: string, logger: Logger): Promise<People> {
  const versionOf = async (): Promise<string> => {
    const { ino, mtimeMs, size } = await stat(file);
    return `${ino} ${mtimeMs} ${size}`;
  };
  let version = await versionOf();
  let people = readPeople(await readFile(file, 'utf8'), file);
  const current = async (): Promise<readonly Person[]> => {
    try {
      const now = await versionOf();
      if (now === version) return people;
      version = now;
      people = readPeople(await readFile(file, 'utf8'), file);
      logger.info({ people: people.length }, 'the people file was read again');
    } catch (error) {
      const isSaid = version === 'unusable';
      if (!(error instanceof ConfigError)) version = 'unusable';
      if (!isSaid)
        logger.error({ reason: (error as Error).message }, 'the people file cannot be used: the people of before stay');
    }
    return people;
  };
  return {
    async byToken(token) {
      const hash = hashOf(token);
      // All are compared, so that the time tells nothing.
      const found = (await current()).filter(({ tokenHash }) => tokenHash && timingSafeEqual(tokenHash, hash));
      return found[0];
    },
    async bySignIn(known) {
      const wanted = new Set(known.map((one) => one.toLowerCase()));
      return (await current()).find(({ signIn }) => signIn !== undefined && wanted.has(signIn.toLowerCase()));
    },
  };
}
