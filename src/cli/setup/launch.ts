import { realpathSync } from 'node:fs';

/** How a client starts this program. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** The file that runs now, without links. */
  readonly program: string;
}

export interface Running {
  /** The program's file, as it was started. */
  readonly program: string;
  readonly node: string;
  readonly platform: NodeJS.Platform;
}

const linkless = (file: string): string => {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
};

/**
 * How clients start what is running now. Programs with a window often know no PATH of a shell, so an installed program is named by
 * full paths; what npx fetched is fetched by npx again, because its folder does not stay.
 */
export function launchOf({ program, node, platform }: Running): Launch {
  const file = linkless(program);
  if (!/[/\\]_npx[/\\]/.test(file)) return { command: node, args: [file], program: file };
  const npx = ['-y', 'cwm-mcp'];
  // On Windows, npx is a script, which only a shell runs.
  return platform === 'win32'
    ? { command: 'cmd', args: ['/c', 'npx', ...npx], program: file }
    : { command: 'npx', args: npx, program: file };
}
