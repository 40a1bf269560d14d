import { isDebunked, type DecisionAction } from '@siaga/contracts';
import type { DecidedSubject } from '@siaga/storage';
import { RequestError } from '../problem.js';
import type { DecisionBody } from './decision-body.js';

/** Which fields belong to one action alone, which then needs them. */
const FIELDS = { assignee: 'assign', into: 'merge', flags: 'split', claim: 'known-hoax', undoes: 'undo' } as const;
const OF_CAMPAIGNS: readonly DecisionAction[] = ['merge', 'split'];
const OF_ALERTS: readonly DecisionAction[] = ['escalate', 'known-hoax'];

/** @throws RequestError (400) when the parts of a decision do not fit each other or what it is about */
export function refuseNonsense(
  { action, categories, reason, claim, ...body }: DecisionBody,
  { audited }: DecidedSubject,
): void {
  const refuse = (problem: string): never => {
    throw new RequestError(400, problem);
  };
  for (const [field, owner] of Object.entries(FIELDS) as [keyof typeof FIELDS, DecisionAction][]) {
    const isGiven = (field === 'claim' ? claim : body[field]) !== undefined;
    if (isGiven !== (action === owner)) refuse(`${owner} has the field ${field}, and nothing else has it`);
  }
  if (OF_CAMPAIGNS.includes(action) && !('campaignId' in body.subject)) refuse(`${action} is about a campaign`);
  if (audited && OF_ALERTS.includes(action)) {
    refuse('an audited post is no alert: it is confirmed or dismissed, and reported to nobody');
  }
  if ((audited && (action === 'confirm' || action === 'dismiss')) !== (categories !== undefined)) {
    refuse('categories belong to a decision about an audited post, and only to it');
  }
  if (categories && action !== (categories.length > 0 ? 'confirm' : 'dismiss')) {
    refuse('an audited post is confirmed when it has a category and dismissed when it has none');
  }
  if (action === 'dismiss' && !audited && !reason?.trim()) refuse('say why: reason');
  if (action === 'comment' && !reason?.trim()) refuse('a comment has its text in reason');
  if (claim && !isDebunked(claim.verdict)) {
    refuse('the verdict must say that it is not true, such as "salah", "hoaks" or "false": else no post is held to it');
  }
}
