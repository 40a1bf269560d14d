import { afterAll, expect, it } from '@jest/globals';
import { scrapeWithPrometheus, type ScrapingPrometheus } from '../ops/prometheus.fixture.js';
import { inChromium, overflowOf, violationsOf } from './chromium.fixture.js';

const { SIAGA_SCREENSHOTS } = process.env;
const METRICS = `siaga_classify_posts_total{outcome="scored"} 7
siaga_service_check_ok{check="database"} 0
siaga_disk_free_bytes{folder="/kafka"} 30
siaga_disk_size_bytes{folder="/kafka"} 120
`;
let prometheus: ScrapingPrometheus | undefined;
afterAll(() => prometheus?.stop());

inChromium(
  'the operations view',
  (shown) => {
    it('shows what fires, with its runbook, and the figures, to eyes and as tables', async () => {
      await shown.visit('#/ops', { locale: 'en-GB' });
      const alert = shown.page.getByRole('listitem').filter({ hasText: 'DependencyDown' });
      await alert.waitFor();
      expect(await alert.innerText()).toContain('notify cannot use its database <img src=x>');
      expect(await alert.getByRole('link', { name: 'Runbook' }).getAttribute('href')).toBe(
        'https://siaga.example.org/runbooks/DependencyDown.md',
      );
      const disk = shown.page.getByRole('region', { name: 'How much disk is left?', exact: true }).first();
      await disk.getByText('As a table').click();
      expect(await disk.getByRole('row').nth(1).innerText()).toMatch(/^\/kafka\s+25%\s+25%$/);
      await shown.page.getByLabel('Span').selectOption('6');
      await shown.page.getByText('Last 6 hours').nth(1).waitFor();
      expect(await violationsOf(shown.page)).toEqual([]);
      if (SIAGA_SCREENSHOTS) await shown.page.screenshot({ path: `${SIAGA_SCREENSHOTS}/ops.png`, fullPage: true });
    });

    it('fits a phone, in Indonesian, and is light too', async () => {
      await shown.visit('#/ops', { viewport: { width: 360, height: 740 }, colorScheme: 'light' });
      await shown.page.getByText('Berapa sisa ruang disk?').waitFor();
      expect(await overflowOf(shown.page)).toBe(0);
      expect(await violationsOf(shown.page)).toEqual([]);
    });
  },
  async () => {
    prometheus = await scrapeWithPrometheus(METRICS);
    return { prometheusUrl: prometheus.url };
  },
);

inChromium('the operations view without Prometheus', (shown) => {
  it('says how to have one', async () => {
    await shown.visit('#/ops');
    await shown.page.getByText('Belum ada Prometheus').waitFor();
    await shown.page.getByText('npm start -- --with-prometheus').waitFor();
  });
});
