import { clientIdProblem, readSite, zoneProblem } from '../../config/problems.ts';
import type { Questions } from './questions.ts';
import type { Settings } from './settings.ts';

const needed = (answer: string): string | undefined => (answer === '' ? 'This is needed.' : undefined);

/** Asks for everything that a server needs. What is known already is the answer of whoever presses Enter. */
export async function askSettings(ask: Questions, known: Settings): Promise<Settings> {
  const line = (message: string, name: string, problem: (answer: string) => string | undefined): Promise<string> =>
    ask.line(message, { fallback: known[name], problem });
  const key = async (message: string, name: string): Promise<Record<string, string>> => {
    const file = known[`${name}_FILE`];
    if (file !== undefined) return { [`${name}_FILE`]: file };
    const given = await ask.secret(message, { isKnown: known[name] !== undefined });
    return { [name]: given || (known[name] ?? '') };
  };
  const asked: Record<string, string> = {
    CWM_SITE: await line(
      'Site that you sign in to, like na.myconnectwise.net',
      'CWM_SITE',
      (answer) => readSite(answer).problem,
    ),
    CWM_COMPANY_ID: await line('Company, as on the sign-in page', 'CWM_COMPANY_ID', needed),
    ...(await key('Public key of the API member', 'CWM_PUBLIC_KEY')),
    ...(await key('Private key', 'CWM_PRIVATE_KEY')),
    CWM_CLIENT_ID: await line('Client id, from developer.connectwise.com', 'CWM_CLIENT_ID', (answer) => {
      const problem = clientIdProblem(answer);
      return problem && `It ${problem}`;
    }),
    CWM_MEMBER: await line('Your own member: identifier or e-mail', 'CWM_MEMBER', needed),
    CWM_TIME_ZONE: await line('Your time zone, or nothing for that of your member', 'CWM_TIME_ZONE', (answer) =>
      answer === '' ? undefined : zoneProblem(answer),
    ),
    CWM_READ_ONLY: await ask.one(
      'What may the assistant do?',
      [
        { value: 'true', label: 'Read', hint: 'the safe way to begin' },
        { value: 'false', label: 'Read and write', hint: 'it asks before it mails, deletes or submits' },
      ],
      known.CWM_READ_ONLY === undefined || known.CWM_READ_ONLY === 'true' ? 'true' : 'false',
    ),
  };
  const set = Object.entries({ ...known, ...asked }).filter(([, value]) => value !== '');
  return Object.fromEntries(set);
}
