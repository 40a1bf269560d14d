import Type from 'typebox';

/** The parameter `count` of a list, which is answered with `total`. */
export const Count = Type.Boolean({ default: false, description: 'tell how many rows there are in all' });

export const Total = Type.Optional(
  Type.Object({
    count: Type.Integer(),
    exact: Type.Boolean({ description: 'false of an estimate, where counting would take long' }),
  }),
);
