import { setTimeout as sleep } from 'node:timers/promises';
import {
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { stateOf } from '../../src/server/calls/questions.ts';
import type { Handlers } from '../../src/server/create-server.ts';

/** The smallest picture and sound that are valid. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const WAV = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAAAAA==';

const text = (said: string) => ({ type: 'text', text: said }) as const;
const image = { type: 'image', data: PNG, mimeType: 'image/png' } as const;
const embedded = (uri: string, mimeType: string, content: string) =>
  ({ type: 'resource', resource: { uri, mimeType, text: content } }) as const;
const says = (...content: object[]) => ({ content });

const form = (message: string, properties: Record<string, object>, required: string[] = Object.keys(properties)) =>
  inputRequired.elicit({ message, requestedSchema: { type: 'object', properties, required } as never });
const sample = (prompt: string, maxTokens = 100) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens });

interface State {
  readonly call: string;
  readonly round: number;
}

const sealed = {
  codec: createRequestStateCodec<State>({ key: 'a key that only this fixture server has, of 32 bytes' }),
};

type Given = Readonly<Record<string, unknown>>;
type Tool = (given: Given, context: ServerContext) => object | Promise<object>;

const answerOf = ({ mcpReq }: ServerContext, key: string) => inputResponse(mcpReq.inputResponses, key);

/** What the client declared, per request or with its handshake. */
const declares = ({ mcpReq }: ServerContext, capability: string): boolean => {
  const envelope = mcpReq.envelope as Readonly<Record<string, object>> | undefined;
  return capability in (envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? {});
};

/** Asks, and tells what came back. */
const told =
  (what: string, message: string, properties: Record<string, object>, required?: string[]): Tool =>
  (_, context) => {
    const answer = answerOf(context, 'answer');
    if (answer.kind !== 'elicit')
      return inputRequired({ inputRequests: { answer: form(message, properties, required) } });
    return says(text(`${what}: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`));
  };

/** Asks in as many rounds as there are lists of questions, with signed state in between. */
const inRounds =
  (
    call: string,
    ending: string,
    ...rounds: NonNullable<Parameters<typeof inputRequired>[0]['inputRequests']>[]
  ): Tool =>
  async (_, context) => {
    const round = (await stateOf(sealed, context, async () => call))?.round ?? 0;
    const isAnswered =
      round > 0 && Object.keys(rounds[round - 1] ?? {}).every((key) => answerOf(context, key).kind !== 'missing');
    const next = isAnswered ? round : Math.max(0, round - 1);
    const inputRequests = rounds[next];
    if (inputRequests === undefined) return says(text(ending));
    return inputRequired({ inputRequests, requestState: await sealed.codec.mint({ call, round: next + 1 }) });
  };

const NAME = { name: { type: 'string' } };
const OK = { ok: { type: 'boolean' } };

const TOOLS: Readonly<Record<string, Tool>> = {
  test_simple_text: () => says(text('This is a simple text response for testing.')),
  test_image_content: () => says(image),
  test_audio_content: () => says({ type: 'audio', data: WAV, mimeType: 'audio/wav' }),
  test_embedded_resource: () =>
    says(embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')),
  test_multiple_content_types: () =>
    says(
      text('Multiple content types test:'),
      image,
      embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
    ),
  test_error_handling: () => ({ ...says(text('This tool intentionally returns an error for testing')), isError: true }),
  async test_tool_with_logging(_, { mcpReq }) {
    for (const step of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await mcpReq.log('info', step);
      await sleep(20);
    }
    return says(text('It was logged.'));
  },
  async test_tool_with_progress(_, { mcpReq }) {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined)
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
      await sleep(20);
    }
    return says(text('It progressed.'));
  },
  test_sampling(given, context) {
    const answer = answerOf(context, 'answer');
    if (answer.kind !== 'sampling') return inputRequired({ inputRequests: { answer: sample(String(given.prompt)) } });
    return says(text(`LLM response: ${JSON.stringify(answer.result.content)}`));
  },
  test_elicitation: (given, context) =>
    told('User response', String(given.message), {
      username: { type: 'string', description: "User's response" },
      email: { type: 'string', description: "User's email address" },
    })(given, context),
  test_elicitation_sep1034_defaults: told(
    'Elicitation completed',
    'Who are you?',
    {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    },
    [],
  ),
  test_elicitation_sep1330_enums: told(
    'Elicitation completed',
    'Which ones?',
    {
      untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
      titledSingle: {
        type: 'string',
        oneOf: [1, 2, 3].map((n) => ({ const: `value${n}`, title: `Option ${n}` })),
      },
      legacyEnum: {
        type: 'string',
        enum: ['opt1', 'opt2', 'opt3'],
        enumNames: ['Option One', 'Option Two', 'Option Three'],
      },
      untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
      titledMulti: {
        type: 'array',
        items: { anyOf: [1, 2, 3].map((n) => ({ const: `value${n}`, title: `Choice ${n}` })) },
      },
    },
    [],
  ),
  async test_reconnection(_, { http }) {
    http?.closeSSE?.();
    await sleep(100);
    return says(text('The stream was closed and taken up again.'));
  },
  test_missing_capability: () => inputRequired({ inputRequests: { answer: sample('Is anybody there?') } }),
  test_streaming_elicitation: told('Answer', 'What is your name?', NAME),
  async test_logging_tool(_, { mcpReq }) {
    await mcpReq.log('info', 'Only for those who asked for it.');
    return says(text('It may have been logged.'));
  },
  json_schema_2020_12_tool: () => says(text('ok')),
  test_input_required_result_elicitation(_, context) {
    const answer = answerOf(context, 'user_name');
    if (answer.kind !== 'elicit' || typeof answer.content?.name !== 'string')
      return inputRequired({ inputRequests: { user_name: form('What is your name?', NAME) } });
    return says(text(`Hello, ${answer.content.name}!`));
  },
  test_input_required_result_sampling(_, context) {
    const answer = answerOf(context, 'capital_question');
    if (answer.kind !== 'sampling')
      return inputRequired({ inputRequests: { capital_question: sample('What is the capital of France?') } });
    return says(text(JSON.stringify(answer.result.content)));
  },
  test_input_required_result_list_roots(_, context) {
    const answer = answerOf(context, 'client_roots');
    if (answer.kind !== 'roots') return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    return says(text(`Roots: ${answer.roots.map(({ uri }) => uri).join(', ')}`));
  },
  test_input_required_result_request_state: inRounds('request_state', 'state-ok', {
    confirm: form('Please confirm', OK),
  }),
  test_input_required_result_multiple_inputs: inRounds('multiple_inputs', 'All answered.', {
    user_name: form('What is your name?', NAME),
    greeting: sample('Generate a greeting', 50),
    client_roots: inputRequired.listRoots(),
  }),
  test_input_required_result_multi_round: inRounds(
    'multi_round',
    'All rounds are over.',
    { step1: form('Step 1: What is your name?', NAME) },
    { step2: form('Step 2: What is your favorite color?', { color: { type: 'string' } }) },
  ),
  test_input_required_result_tampered_state: inRounds('tampered_state', 'The state is as it was.', {
    confirm: form('Please confirm', OK),
  }),
  test_input_required_result_capabilities(_, context) {
    const inputRequests = {
      ...(declares(context, 'elicitation') && { user_name: form('What is your name?', NAME) }),
      ...(declares(context, 'sampling') && { greeting: sample('Generate a greeting') }),
    };
    return inputRequired({ inputRequests });
  },
};

const FIELDS: Readonly<Record<string, object>> = {
  test_sampling: { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] },
  test_elicitation: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
  json_schema_2020_12_tool: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: {
      address: {
        $anchor: 'addressDef',
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } },
      },
    },
    properties: {
      name: { type: 'string' },
      address: { $ref: '#/$defs/address' },
      contactMethod: { type: 'string', enum: ['phone', 'email'] },
      phone: { type: 'string' },
      email: { type: 'string' },
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['phone'] },
    else: { required: ['email'] },
    additionalProperties: false,
  },
};

const said = (...contents: object[]) => ({ messages: contents.map((content) => ({ role: 'user', content })) });

type PromptMaker = (given: Readonly<Record<string, string>>, context: ServerContext) => object;

const PROMPTS: Readonly<Record<string, { readonly takes?: readonly string[]; readonly make: PromptMaker }>> = {
  test_simple_prompt: { make: () => said(text('This is a simple prompt for testing.')) },
  test_prompt_with_arguments: {
    takes: ['arg1', 'arg2'],
    make: ({ arg1, arg2 }) => said(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  },
  test_prompt_with_embedded_resource: {
    takes: ['resourceUri'],
    make: ({ resourceUri = '' }) =>
      said(
        embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.'),
        text('Please process the embedded resource above.'),
      ),
  },
  test_prompt_with_image: { make: () => said(image, text('Please analyze the image above.')) },
  test_input_required_result_prompt: {
    make(_, context) {
      const answer = answerOf(context, 'user_context');
      const question = form('What context should the prompt use?', { context: { type: 'string' } });
      if (answer.kind !== 'elicit') return inputRequired({ inputRequests: { user_context: question } });
      return said(text(`Use ${JSON.stringify(answer.content)}`));
    },
  },
};

const RESOURCES = [
  { uri: 'test://static-text', mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  { uri: 'test://static-binary', mimeType: 'image/png', blob: PNG },
  { uri: 'test://watched-resource', mimeType: 'text/plain', text: 'It may change.' },
];

const unknown = (what: string, data?: object): never => {
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no ${what}.`, data);
};

/** What the scenarios of the official suite call: their tools, prompts and resources, behind our own server and front. */
export const fixtures: Handlers = {
  listTools: () => ({
    tools: Object.keys(TOOLS).map((name) => ({
      name,
      description: `The fixture ${name}.`,
      inputSchema: FIELDS[name] ?? { type: 'object', properties: {} },
    })),
  }),
  callTool: ({ name, arguments: given }, context) =>
    TOOLS[name]?.((given ?? {}) as Given, context) ?? unknown(`tool ${name}`),
  listPrompts: () => ({
    prompts: Object.entries(PROMPTS).map(([name, { takes = [] }]) => ({
      name,
      description: `The fixture ${name}.`,
      arguments: takes.map((argument) => ({ name: argument, description: argument, required: true })),
    })),
  }),
  getPrompt: ({ name, arguments: given = {} }, context) =>
    PROMPTS[name]?.make(given, context) ?? unknown(`prompt ${name}`),
  listResources: () => ({ resources: RESOURCES.map(({ uri, mimeType }) => ({ uri, mimeType, name: uri })) }),
  listResourceTemplates: () => ({
    resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', mimeType: 'application/json' }],
  }),
  readResource(uri) {
    const [, id] = /^test:\/\/template\/(\w+)\/data$/.exec(uri) ?? [];
    const made = id && { uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true }) };
    return { contents: [made || (RESOURCES.find((one) => one.uri === uri) ?? unknown('such resource', { uri }))] };
  },
  complete: () => ({ completion: { values: ['paris', 'park', 'party'], total: 3, hasMore: false } }),
};
