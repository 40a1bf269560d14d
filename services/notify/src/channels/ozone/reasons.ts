import Type from 'typebox';

const OZONE = [
  'ViolenceAnimal',
  'ViolenceThreats',
  'ViolenceGraphicContent',
  'ViolenceGlorification',
  'ViolenceExtremistContent',
  'ViolenceTrafficking',
  'ViolenceOther',
  'SexualAbuseContent',
  'SexualNCII',
  'SexualDeepfake',
  'SexualAnimal',
  'SexualUnlabeled',
  'SexualOther',
  'ChildSafetyCSAM',
  'ChildSafetyGroom',
  'ChildSafetyPrivacy',
  'ChildSafetyHarassment',
  'ChildSafetyOther',
  'HarassmentTroll',
  'HarassmentTargeted',
  'HarassmentHateSpeech',
  'HarassmentDoxxing',
  'HarassmentOther',
  'MisleadingBot',
  'MisleadingImpersonation',
  'MisleadingSpam',
  'MisleadingScam',
  'MisleadingElections',
  'MisleadingOther',
  'RuleSiteSecurity',
  'RuleProhibitedSales',
  'RuleBanEvasion',
  'RuleOther',
  'SelfHarmContent',
  'SelfHarmED',
  'SelfHarmStunts',
  'SelfHarmSubstances',
  'SelfHarmOther',
  'Other',
] as const;
/** Of before Ozone had its own; some moderation services take no others. */
const LEGACY = ['Spam', 'Violation', 'Misleading', 'Sexual', 'Rude', 'Other'] as const;

/**
 * Why a post is reported, as the lexicons `tools.ozone.report.defs` and `com.atproto.moderation.defs` name it; without
 * appeals, which are the author's. Ozone takes any word for a reason, so that a slip of the pen has to be found here.
 */
export const Reason = Type.Enum([
  ...OZONE.map((name) => `tools.ozone.report.defs#reason${name}` as const),
  ...LEGACY.map((name) => `com.atproto.moderation.defs#reason${name}` as const),
]);
