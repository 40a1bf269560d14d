export * from './html.js';
export * from './mail-server.js';
export * from './mail-text.js';
export * from './send-result.js';
export * from './shown-address.js';
export * from './signatures.js';
export { composeMail, handOver, type ComposedMail, type Dkim, type MailServer } from './smtp.js';
export * from './unanswered.js';
export * from './webhook-post.js';
