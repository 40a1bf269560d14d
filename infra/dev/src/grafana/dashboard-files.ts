import { fileURLToPath } from 'node:url';

/** Of the repository, seen from src and from dist alike. */
export const GRAFANA_FOLDER = fileURLToPath(new URL('../../../grafana', import.meta.url));

export const dashboardText = (dashboard: object): string => `${JSON.stringify(dashboard, null, 2)}\n`;
