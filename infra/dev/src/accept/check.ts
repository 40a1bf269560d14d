import type { Workspace } from './workspace.js';

export interface CheckResult {
  readonly what: string;
  /** What was measured, and what it must be. */
  readonly figure: string;
  readonly bar: string;
  readonly pass: boolean;
}

export interface Check {
  /** Its number under "It must show" of the area's issue. */
  readonly line: number;
  readonly run: (workspace: Workspace) => Promise<CheckResult[]>;
}
