import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dashboards } from './grafana/dashboards.js';
import { dashboardText, GRAFANA_FOLDER } from './grafana/dashboard-files.js';

await mkdir(GRAFANA_FOLDER, { recursive: true });
for (const [name, dashboard] of dashboards()) {
  await writeFile(path.join(GRAFANA_FOLDER, name), dashboardText(dashboard));
  console.log(`infra/grafana/${name} is written`);
}
