import { createHash } from 'node:crypto';

/** Of the page that is saved and printed; its colours are the console's, and black on white on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ground: #f3f1eb; --surface: #fffdf9; --line: #d9d3c6; --text: #1b2027; --muted: #58616d;
  --actioned: #17693f; --rejected: #b3261e; --disputed: #7f5200; --progress: #1a5a96; --unanswered: #8b93a0; --undelivered: #c3c6cc; }
@media (prefers-color-scheme: dark) { :root { --ground: #0c0f14; --surface: #141920; --line: #2b3440; --text: #e9edf2;
  --muted: #9ba7b5; --actioned: #6fd29b; --rejected: #ff8d83; --disputed: #f0c05c; --progress: #7fbcff; --unanswered: #7d8896;
  --undelivered: #47525f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto,
  'Noto Sans', 'Liberation Sans', sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 20px 64px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; }
h2 { margin: 0 0 2px; font-size: 18px; }
p { margin: 0; }
.muted, .note { color: var(--muted); }
.note { max-width: 46rem; margin-bottom: 10px; font-size: 13.5px; }
header { display: grid; gap: 4px; margin-bottom: 28px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 10px; margin: 0 0 14px; }
.figures div { padding: 12px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); }
.figures dd { margin: 0; font-size: 26px; font-weight: 650; line-height: 1.25; }
.figures dt { color: var(--muted); font-size: 13px; }
.bar { display: block; width: 100%; height: 18px; border-radius: 5px; }
.bar rect { stroke: var(--ground); stroke-width: 1; vector-effect: non-scaling-stroke; }
.key { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 13px; }
.key svg { width: 11px; height: 11px; margin-right: 6px; }
.actioned { fill: var(--actioned); } .rejected { fill: var(--rejected); } .disputed { fill: var(--disputed); }
.in-progress { fill: var(--progress); } .unanswered { fill: var(--unanswered); } .undelivered { fill: var(--undelivered); }
section { margin-top: 34px; break-inside: avoid; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
th, td { padding: 7px 12px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { color: var(--muted); font-weight: 500; }
tbody th { font-weight: 500; }
tr:last-child > * { border-bottom: 0; }
tfoot > tr > * { border-top: 2px solid var(--line); font-weight: 650; }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.empty { margin-top: 48px; padding: 56px 20px; border: 1px dashed var(--line); border-radius: 10px; text-align: center; }
footer { margin-top: 40px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--muted); font-size: 13px; }
@media print {
  :root { color-scheme: light; --ground: #fff; --surface: #fff; --line: #bbb; --text: #000; --muted: #444;
    --actioned: #17693f; --rejected: #b3261e; --disputed: #c98a1b; --progress: #1a5a96; --unanswered: #8b93a0; --undelivered: #d5d7db; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 12.5pt; } .note { font-size: 9pt; } .figures dd { font-size: 17pt; }
  section { margin-top: 18pt; }
  table { font-size: 8pt; } th, td { padding: 3pt 4pt; overflow-wrap: anywhere; } .number { white-space: normal; } .wide { overflow: visible; border-radius: 0; }
  .bar rect, .key svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

const hash = createHash('sha256').update(REPORT_STYLE).digest('base64');

/** Nothing but the page's own style: no script, no address, no other style. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
