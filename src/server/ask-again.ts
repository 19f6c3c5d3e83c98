import type { Prompt } from '../tool/prompt.ts';

/**
 * How a person takes back a no. Hosts let people, and not models, choose prompts: that somebody asks for this one is the only sign
 * that a server gets of the person bringing a refused change up again by themselves.
 */
export const ASK_AGAIN: Prompt = {
  name: 'ask_again',
  title: 'Ask me again',
  description: 'Takes back your no: changes that you declined in this conversation may be put to you again.',
  arguments: [],
  needs: [],
  text: () =>
    'I declined a change before and have thought about it. If I ask for it again, make the call again: I will be asked, and decide then.',
};
