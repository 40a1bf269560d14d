import type { Policy } from './policy.js';

/** A policy with one platform, `demo`, behind a webhook at `url`. */
export function aPolicy(url: string, fields: Partial<Policy> = {}): Policy {
  return {
    version: 1,
    notifier: { name: 'Posko Siaga', email: 'posko@siaga.invalid' },
    settleSeconds: 0,
    revisionMinutes: 0,
    similarity: 0.5,
    urgencies: { normal: { hours: 24 } },
    categories: {
      hoax: { automatic: false, urgency: 'normal', instrument: 'referral', legalBasis: [] },
      hate: { automatic: true, urgency: 'normal', instrument: 'referral', legalBasis: ['UU ITE pasal 28 ayat 2'] },
      bullying: { automatic: true, urgency: 'normal', instrument: 'referral', legalBasis: [] },
    },
    quiet: [],
    platforms: {
      demo: {
        name: 'Demo',
        accepts: ['hate', 'hoax'],
        channel: { kind: 'webhook', url, secret: 'out', inquiryUrl: `${url}/{id}` },
        answerSecret: 'in',
      },
    },
    ...fields,
  };
}
