const text = (description: string) => ({ type: 'string', description });

/** What libs/stream writes beside a message that is given up; those that it came with stay. */
export const DEAD_LETTER_HEADERS: Readonly<Record<string, object>> = {
  'siaga-dead-letter-reason': text('a word or two, such as schema-mismatch'),
  'siaga-dead-letter-detail': text('the same in a sentence, without the text of the post'),
  'siaga-dead-letter-step': text('that gave up, such as classify/decode'),
  'siaga-dead-letter-topic': text('that it came from; source:NAME of what a source could not read'),
  'siaga-dead-letter-partition': text('that it came from'),
  'siaga-dead-letter-offset': text('that it had'),
  'siaga-dead-letter-at': text('when, in ISO 8601'),
};
