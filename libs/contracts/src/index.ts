export * from './category.js';
export * from './claim.js';
export * from './codec.js';
export * from './decision.js';
export { TEXT_MAX } from './fields.js';
export * from './flag.js';
export * from './post.js';
export * from './topics.js';
export * from './verdict.js';
