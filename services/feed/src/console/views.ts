import { useEffect, useState } from 'preact/hooks';
import type { Permission } from '../auth/permissions.js';
import { QueueView } from './queue/queue-view.js';
import { placeOf, type Place, type ViewEntry } from './place.js';

/** Every view of the console, in the order of the navigation. The first that one may see is where one arrives. */
export const VIEWS: readonly ViewEntry[] = [
  {
    name: 'flags',
    title: { id: 'Antrean', en: 'Queue' },
    permission: 'read',
    load: () => Promise.resolve(QueueView),
  },
  {
    name: 'campaigns',
    title: { id: 'Kampanye', en: 'Campaign' },
    permission: 'read',
    under: 'flags',
    load: async () => (await import('./campaign/campaign-view.js')).CampaignView,
  },
  {
    name: 'rising',
    title: { id: 'Isu naik', en: 'Rising' },
    permission: 'read',
    load: async () => (await import('./rising/rising-view.js')).RisingView,
  },
  {
    name: 'notices',
    title: { id: 'Laporan', en: 'Notices' },
    permission: 'read',
    load: async () => (await import('./components/notices-view.js')).NoticesView,
  },
  {
    name: 'queries',
    title: { id: 'Kueri', en: 'Queries' },
    permission: 'read',
    rare: true,
    load: async () => (await import('./components/queries-view.js')).QueriesView,
  },
  {
    name: 'claims',
    title: { id: 'Klaim', en: 'Claims' },
    permission: 'read',
    rare: true,
    load: async () => (await import('./components/claims-view.js')).ClaimsView,
  },
  {
    name: 'sources',
    title: { id: 'Sumber', en: 'Sources' },
    permission: 'read',
    load: async () => (await import('./components/sources-view.js')).SourcesView,
  },
  {
    name: 'charts',
    title: { id: 'Grafik', en: 'Charts' },
    permission: 'read',
    rare: true,
    load: async () => (await import('./components/charts-view.js')).ChartsView,
  },
  {
    name: 'ops',
    title: { id: 'Operasi', en: 'Operations' },
    permission: 'read',
    rare: true,
    load: async () => (await import('./components/ops-view.js')).OpsView,
  },
  {
    name: 'report',
    title: { id: 'Transparansi', en: 'Report' },
    permission: 'read',
    rare: true,
    load: async () => (await import('./components/report-view.js')).ReportView,
  },
  {
    name: 'wall',
    title: { id: 'Layar posko', en: 'Wall screen' },
    permission: 'read',
    alone: true,
    load: async () => (await import('./wall/wall-view.js')).WallView,
  },
  {
    name: 'own-notices',
    title: { id: 'Laporan untuk Anda', en: 'Notices to you' },
    permission: 'answer-own-notices',
    load: async () => (await import('./components/own-notices-view.js')).OwnNoticesView,
  },
  {
    name: 'tokens',
    title: { id: 'Token', en: 'Tokens' },
    permission: 'own-account',
    rare: true,
    load: async () => (await import('./components/tokens-view.js')).TokensView,
  },
  {
    name: 'accounts',
    title: { id: 'Akun', en: 'Accounts' },
    permission: 'manage-accounts',
    rare: true,
    load: async () => (await import('./accounts/accounts-view.js')).AccountsView,
  },
];

/** Where the page is, among the views that its reader may see. */
export function usePlace(permissions: readonly Permission[]): Place | undefined {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    // Fired by every change of the fragment, and by going back to an entry of the list's own.
    const onPop = () => setHash(location.hash);
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  return placeOf(viewsFor(permissions), location.pathname, hash);
}

export const viewsFor = (permissions: readonly Permission[]): readonly ViewEntry[] =>
  VIEWS.filter(({ permission }) => permissions.includes(permission));
