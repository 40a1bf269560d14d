/** What the routes of the API are about, in the order of the document: each has one of these as its tag. */
export const TAGS = {
  flags:
    'Posts that reached a threshold, and those picked for the audit: as lists, downloads, feeds and a live stream.',
  queries: 'Questions that people come back to, their addresses, and who is sent what they find.',
  claims: 'What fact-checkers and the desk found claims to be: what posts are matched against.',
  rumours: 'What several people post alike and nobody has checked. No platform hears of it.',
  decisions: 'What people find flags, campaigns and deliveries to be.',
  notices: 'What was sent to platforms, what they answered, and whether anything is sent at all.',
  platform: "For a platform's people: what their platform was sent, and their answers.",
  figures: 'Counts and estimates over all of it.',
  sources: 'Where posts come from, and how well.',
  account: "One's own sign-in, sessions and tokens.",
  accounts: 'Who may sign in, and as what: for those who run the desk.',
  document: 'This document.',
} as const satisfies Readonly<Record<string, string>>;

export type Tag = keyof typeof TAGS;
