import { BOARDS, PANELS, type Board, type Panel, type Unit } from '@siaga/feed';

const TITLES: Readonly<Record<Board, string>> = {
  overview: 'Siaga: fleet overview',
  ingest: 'Siaga: ingest',
  classify: 'Siaga: classify',
  notices: 'Siaga: notices and deadlines',
  models: 'Siaga: models',
};

/** Grafana's names of them. */
const UNITS: Readonly<Record<Unit, string>> = {
  seconds: 's',
  count: 'short',
  'per-second': 'ops',
  'bytes-per-second': 'Bps',
  ratio: 'percentunit',
  index: 'none',
};

const [COLUMNS, WIDTH, HEIGHT] = [24, 12, 8];
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** What Grafana imports, by file name: the panels of the console and more, from the same definition. */
export const dashboards = (): ReadonlyMap<string, object> =>
  new Map(BOARDS.map((board) => [`siaga-${board}.json`, dashboard(board)] as const));

function dashboard(board: Board): object {
  return {
    ...{ uid: `siaga-${board}`, title: TITLES[board], tags: ['siaga'], schemaVersion: 39, version: 1 },
    ...{ editable: true, graphTooltip: 1, refresh: '30s', time: { from: 'now-6h', to: 'now' }, timezone: 'browser' },
    templating: {
      list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', current: {} }],
    },
    links: [
      {
        ...{ type: 'dashboards', tags: ['siaga'], title: 'Siaga', asDropdown: true, includeVars: true },
        keepTime: true,
      },
    ],
    annotations: {
      list: [
        {
          ...{ name: 'Alerts', enable: true, iconColor: 'red', datasource: DATASOURCE, titleFormat: '{{alertname}}' },
          expr: 'ALERTS{alertstate="firing",severity="page"}',
        },
      ],
    },
    panels: PANELS[board].map(panelOf),
  };
}

function panelOf({ title, unit, query, by }: Panel, i: number): object {
  const perRow = COLUMNS / WIDTH;
  return {
    ...{ id: i + 1, type: 'timeseries', title: title.en, datasource: DATASOURCE },
    gridPos: { x: (i % perRow) * WIDTH, y: Math.floor(i / perRow) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit: UNITS[unit], min: 0, custom: { fillOpacity: 8, lineWidth: 2 } }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: [
      {
        ...{ refId: 'A', datasource: DATASOURCE, expr: query },
        legendFormat: by.length === 0 ? title.en : by.map((label) => `{{${label}}}`).join(' · '),
      },
    ],
  };
}
