import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { missing } from '../../contract/failure.ts';
import { expand, idOf, setDefault } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { applyPatch } from '../../write/patch.ts';

const CONFIGURATIONS = '/company/configurations';
const QUESTIONS = '/company/configurations/types/{parentId}/questions';

interface Answer {
  readonly questionId?: number;
  readonly answerId?: number;
  readonly answer?: unknown;
}

const answersOf = (record: SandboxRecord | undefined): Answer[] =>
  Array.isArray(record?.questions) ? (record.questions as Answer[]) : [];

/** The questions of the configuration's type, with the answers that were given: those to questions of another type are dropped. */
function fillQuestions(record: SandboxRecord, previous: SandboxRecord | undefined, { store }: HookContext): void {
  const type = idOf(record.type);
  if (type === undefined) return;
  const given = answersOf(record);
  const known = answersOf(previous);
  const questions = [...store.collection(QUESTIONS).all([type])]
    .filter(({ inactiveFlag }) => inactiveFlag !== true)
    .map((question) => {
      const find = (list: readonly Answer[]) => list.find(({ questionId }) => questionId === question.id);
      const found = find(given) ?? find(known);
      const answer = found?.answer;
      return {
        answerId: find(known)?.answerId ?? Number(record.id ?? 0) * 1000 + question.id,
        questionId: question.id,
        question: question.question,
        ...(answer !== undefined && answer !== null && { answer }),
        sequenceNumber: question.sequenceNumber,
        numberOfDecimals: question.numberOfDecimals,
        fieldType: question.fieldType,
        requiredFlag: question.requiredFlag,
      };
    });
  if (questions.length > 0) record.questions = questions;
  else delete record.questions;
}

/** Configurations: answers follow the questions of their type, and only `changeType` gives them another type. */
export const configuration: Behaviour = {
  collection: CONFIGURATIONS,
  resource: 'configuration',
  label: 'Configuration',

  defaults(record, context) {
    record.activeFlag ??= true;
    record.billFlag ??= false;
    setDefault(record, 'status', 'ConfigurationStatusReference', context);
  },

  validate(record, { store }) {
    const type = idOf(record.type);
    // The words for a question of another type are this sandbox's own.
    return answersOf(record).flatMap(({ questionId }, index) => {
      const owner = store.collection(QUESTIONS).parentsOf(Number(questionId))[0];
      return owner === type
        ? []
        : [
            {
              code: 'NotFound',
              message: `Question ${questionId ?? ''} not found for Configuration Type ${type}`,
              field: `questions/${index}/questionId`,
            },
          ];
    });
  },

  beforeSave(record, context) {
    const { previous } = context;
    fillQuestions(record, previous, context);
  },

  afterSave(record, context) {
    const { previous } = context;
    // Answers have ids of their own, which a new record's id goes into.
    if (previous !== undefined || answersOf(record).length === 0) return;
    fillQuestions(record, undefined, context);
    context.store.collection(CONFIGURATIONS).put(record);
  },

  actions: {
    'PATCH /company/configurations/{id}/changeType': ({ pathValues, body, operation }, context) => {
      const configurations = context.store.collection(CONFIGURATIONS);
      const found = configurations.get(Number(pathValues.id));
      if (found === undefined) throw missing('Configuration', pathValues.id);
      const schema = context.api.schema(operation.response.schema ?? '');
      const next = applyPatch(found, body, { schema, api: context.api }) as SandboxRecord;
      const types = '/company/configurations/types';
      const type = context.store.collection(types).get(idOf(next.type) ?? 0);
      if (type === undefined) throw missing('type', idOf(next.type));
      const draft = {
        ...found,
        type: expand(type, 'ConfigurationTypeReference', types, context.api),
      } as SandboxRecord;
      if (idOf(found.type) !== type.id) delete draft.questions;
      fillQuestions(draft, undefined, context);
      return {
        status: 200,
        body: configurations.put(draft, { by: context.caller.identifier, at: context.now }),
      };
    },
  },
};
