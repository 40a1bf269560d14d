import Type, { type TSchema } from 'typebox';

/** An answer of another form than JSON, for a route's `response`; what is sent so is not serialised by its schema. */
export const answerIn = (mediaType: string, description: string, schema: TSchema = Type.String()) => ({
  description,
  content: { [mediaType]: { schema } },
});

/** 204: it is done, and there is nothing to say. */
export const NO_CONTENT = Type.Null({ description: 'Done.' });

/** 304: what `if-none-match` names still holds. */
export const NOT_MODIFIED = Type.Null({ description: 'Nothing has changed since the answer with that ETag.' });
