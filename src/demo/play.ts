/** How the demo reaches a running server and the sandbox behind it. */
export interface Stage {
  /** Calls a tool over MCP, as an assistant does. */
  call(
    tool: string,
    input: Record<string, unknown>,
  ): Promise<{ text: string; structured: Record<string, unknown>; isError: boolean }>;
  /** Reads the sandbox over REST, past the server. */
  rest(path: string): Promise<unknown>;
  print(text: string): void;
}

/** A step that did not do what it says. */
export class DemoFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DemoFailure';
  }
}

type Row = Record<string, unknown>;

/** One scene: what the person says, the call that an assistant makes of it, and what comes back. */
export class Play {
  readonly #stage: Stage;
  #step = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Plays one call and gives its structured result. @throws {DemoFailure} when it is refused. */
  async say(person: string, tool: string, input: Row = {}): Promise<Row> {
    this.#step += 1;
    this.#stage.print(`\n${this.#step}. "${person}"\n   -> ${tool} ${JSON.stringify(input)}`);
    const { text, structured, isError } = await this.#stage.call(tool, input);
    this.#stage.print(text.replace(/^/gm, '   '));
    if (isError) throw new DemoFailure(`${tool} was refused: ${text}`);
    return structured;
  }

  /** What is really stored. */
  async stored(path: string): Promise<Row> {
    return (await this.#stage.rest(path)) as Row;
  }

  async storedList(path: string): Promise<Row[]> {
    return (await this.#stage.rest(path)) as Row[];
  }

  /** @throws {DemoFailure} when the sandbox does not hold what the step said. */
  check(what: string, holds: boolean): void {
    if (!holds) throw new DemoFailure(`Not so in the sandbox: ${what}`);
    this.#stage.print(`   [checked over REST: ${what}]`);
  }
}
