import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { ChangedItem } from './comparison.js';
import { renderReport } from './render.js';
import type { ReplayReport } from './replay.js';

/** Takes every changed item as it is found, so that there may be any number of them, and the report at the end. */
export interface ReportFolder {
  write(items: readonly ChangedItem[]): void;
  finish(report: ReplayReport): void;
}

/** @throws when the folder cannot be made or written */
export function openReportFolder(folder: string): ReportFolder {
  mkdirSync(folder, { recursive: true });
  const items = openSync(path.join(folder, 'items.ndjson'), 'w');
  return {
    write: (changed) => void writeSync(items, changed.map((item) => `${JSON.stringify(item)}\n`).join('')),
    finish(report) {
      closeSync(items);
      writeFileSync(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
      writeFileSync(path.join(folder, 'report.txt'), `${renderReport(report)}\n`);
    },
  };
}
