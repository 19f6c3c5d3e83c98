import { tools } from '../../tools/index.ts';
import { nameKinds } from '../../tools/names.ts';
import { readPermissions, verdictOn } from '../../tools/system/support/permissions.ts';
import { ConfigError } from '../config/config.ts';
import { settingsFileOf } from '../config/settings-file.ts';
import type { ReadRole } from '../doctor/permissions.ts';
import {
  CATALOG_CHANGE,
  type Check,
  checkLines,
  forgetNames,
  runDoctor,
  settingsProblems,
} from '../doctor/run-doctor.ts';
import { createServices } from '../server/services.ts';
import { endingOf } from './ending.ts';
import { type OpenFlags, open } from './open.ts';
import { servingChecks } from './serving-checks.ts';
import { toolsWithout } from './tool-lines.ts';

export interface DoctorFlags extends OpenFlags {
  readonly fix?: boolean;
  readonly json?: boolean;
  readonly permissions?: boolean;
}

function verdictLine(checks: readonly Check[]): string {
  const count = (level: Check['level']): number => checks.filter((check) => check.level === level).length;
  if (count('fail') > 0) return 'Something is wrong; see above.';
  if (count('warn') === 0) return 'Everything works.';
  return `Everything works; ${count('warn') === 1 ? 'one thing is' : `${count('warn')} things are`} worth a look.`;
}

const readRole: ReadRole = async (manage) => {
  const { permissions } = await readPermissions(manage, new AbortController().signal);
  return (right) => verdictOn(permissions, right);
};

/** What ended the checks, as findings like any other: settings that cannot be used, a port that is taken, a fault of ours. */
function ended(error: unknown): readonly Check[] {
  if (error instanceof ConfigError) return settingsProblems(error.problems, error.hints);
  const { text, status } = endingOf(error, false);
  if (error instanceof Error && error.name === 'DescriptionFileError')
    return settingsProblems([text], [CATALOG_CHANGE]);
  return status === 2 ? settingsProblems([text]) : [{ id: 'start', name: 'start', level: 'fail', text }];
}

async function checks(
  environment: NodeJS.ProcessEnv,
  flags: DoctorFlags,
  report: (check: Check) => void,
): Promise<void> {
  const { config, logger, close } = await open({ CWM_LOG_LEVEL: 'silent', ...environment }, flags);
  try {
    if (flags.fix) forgetNames(config, (line) => report({ id: 'names', name: 'names', level: 'ok', text: line }));
    const log = await logger();
    await runDoctor(config, log, {
      kinds: nameKinds,
      report,
      environment,
      settingsFile: settingsFileOf(environment, flags.settings),
      async select() {
        const services = createServices(config, log);
        await services.close();
        return services.tools;
      },
      extra: servingChecks(config),
      toolsWithout: (api) => toolsWithout(tools, api),
      readRole: flags.permissions ? readRole : undefined,
    });
  } finally {
    await close();
  }
}

/**
 * `cwm-mcp doctor`: prints each check as it ends, or all of them as one JSON document:
 * `{"healthy": false, "checks": [{"id": "member", "name": "member", "level": "fail", "text": "...", "change": "...", "details": []}]}`.
 * @returns whether nothing failed
 */
export async function doctor(
  environment: NodeJS.ProcessEnv,
  flags: DoctorFlags,
  print: (text: string) => void,
): Promise<boolean> {
  const found: Check[] = [];
  const report = (check: Check): void => {
    found.push(check);
    if (flags.json !== true) for (const line of checkLines(check)) print(line);
  };
  try {
    await checks(environment, flags, report);
  } catch (error) {
    for (const check of ended(error)) report(check);
  }
  const healthy = found.every(({ level }) => level !== 'fail');
  print(flags.json ? JSON.stringify({ healthy, checks: found }, undefined, 2) : verdictLine(found));
  return healthy;
}
