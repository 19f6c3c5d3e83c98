import type { Provider } from './provider.ts';

const SERVER = ['Operating system', 'Backup job', 'Support until'] as const;
const OTHER = ['Location in the building', 'Asset tag'] as const;

/** Questions of the configuration types, answered for the configurations that there are. */
export function seedQuestions(provider: Provider): void {
  const path = '/company/configurations/types/{parentId}/questions';
  for (const type of provider.all('/company/configurations/types')) {
    const texts = String(type.name).includes('Server') ? SERVER : OTHER;
    texts.forEach((question, index) => {
      const isDate = question === 'Support until';
      provider.put(
        path,
        {
          configurationType: provider.ref('ConfigurationTypeReference', type),
          question,
          sequenceNumber: index + 1,
          fieldType: isDate ? 'Date' : 'Text',
          entryType: isDate ? 'Date' : 'EntryField',
          numberOfDecimals: 0,
          requiredFlag: false,
          inactiveFlag: false,
        },
        { parents: [type.id] },
      );
    });
  }
  const configurations = provider.store.collection('/company/configurations');
  for (const configuration of [...configurations.all()]) {
    const questions = [...provider.store.collection(path).all([(configuration.type as { id: number }).id])];
    configurations.put({
      ...configuration,
      questions: questions.map((question, index) => ({
        answerId: configuration.id * 1000 + question.id,
        questionId: question.id,
        question: question.question,
        ...(index === 0 && {
          answer: String(question.question).startsWith('Op') ? 'Windows Server 2022' : 'Ground floor',
        }),
        sequenceNumber: question.sequenceNumber,
        numberOfDecimals: question.numberOfDecimals,
        fieldType: question.fieldType,
        requiredFlag: question.requiredFlag,
      })),
    });
  }
}
