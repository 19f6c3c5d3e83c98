import { readFileSync } from 'node:fs';
import { type Config, ConfigError } from '../config/config.ts';
import { bad, type Finding, ok, said } from '../doctor/finding.ts';
import type { ExtraCheck } from '../doctor/run-doctor.ts';

/** Whether the file of people can be used. */
async function checkPeople(file: string): Promise<Finding> {
  const { readPeople } = await import('../server/sign-in/people.ts');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return bad(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`, 'CWM_PEOPLE_FILE: name a file.');
  }
  try {
    return ok(`${readPeople(text, file).length} people in ${file}`);
  } catch (error) {
    const [first, ...others] = error instanceof ConfigError ? error.problems : [said(error)];
    return bad(first ?? '', 'CWM_PEOPLE_FILE: correct the file; see docs/sign-in.md.', others);
  }
}

/** Whether the OpenID provider says where its keys are. */
async function checkProvider({ http: { oauth }, manage: { caPem } }: Config): Promise<Finding | undefined> {
  if (oauth === undefined) return undefined;
  const [{ discover }, { createFetchJson }] = await Promise.all([
    import('../server/sign-in/provider.ts'),
    import('../server/sign-in/fetch-json.ts'),
  ]);
  const { fetchJson, close } = createFetchJson(caPem);
  try {
    const { issuers } = await discover(oauth, fetchJson);
    return ok(`tokens of ${issuers.join(' and ')}`);
  } catch {
    return bad(
      `${oauth.issuer} does not say, at /.well-known/openid-configuration, that it is the issuer and where its keys are`,
      'CWM_OAUTH_ISSUER: write the issuer as the provider does, and let this machine reach it.',
    );
  } finally {
    await close();
  }
}

/** Whether Redis answers, and takes what the address signs in with. */
async function checkRedis(url: string): Promise<Finding> {
  const { askRedis } = await import('../shared-store/redis-answers.ts');
  const { host } = new URL(url);
  try {
    await askRedis(url);
    return ok(`${host} answers`);
  } catch (error) {
    return bad(
      `${host}: ${said(error)}`,
      'CWM_REDIS_URL: check host, port, password and database; until it answers, every replica goes on by itself.',
    );
  }
}

/** What a server over HTTP needs beside Manage, where it is set. */
export function servingChecks(config: Config): readonly ExtraCheck[] {
  const {
    http: { peopleFile },
    replica: { redisUrl },
  } = config;
  return [
    {
      id: 'people',
      name: 'people',
      check: async () => (peopleFile === undefined ? undefined : checkPeople(peopleFile)),
    },
    { id: 'provider', name: 'OpenID provider', check: () => checkProvider(config) },
    { id: 'redis', name: 'Redis', check: async () => (redisUrl === undefined ? undefined : checkRedis(redisUrl)) },
  ];
}
