import { expect, it } from '@jest/globals';
import { subscriptionKeys } from '../subscriptions/keys.js';
import { SUBSCRIPTION_SECRET } from '../subscriptions/subscriptions.fixture.js';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';

const KEYS = subscriptionKeys(SUBSCRIPTION_SECRET);

inChromium(
  'saved queries in the console',
  (shown) => {
    it('are the filters of the queue, kept under a name that cannot act, and how their subscriptions fare', async () => {
      const filters = '?category=hate&q=banjir&minScore=0.5&language=id';
      await shown.visit(`${filters}#/queries`, { viewport: { width: 360, height: 740 } });
      const { page, database } = shown;
      await page.getByText('Belum ada kueri tersimpan').waitFor();
      await page.getByText('category: hate · q: banjir · minScore: 0.5 · language: id · state: open').waitFor();
      await page.getByLabel('Nama').fill('Banjir <img src=x onerror=alert(1)>');
      await page.getByLabel('Bagikan ke meja').check();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Simpan', exact: true }).click();
      const row = page.getByRole('list', { name: 'Kueri tersimpan' }).getByRole('listitem');
      await row.getByText('Banjir <img src=x onerror=alert(1)>').waitFor();
      const [saved] = await database.db.query<{ id: string }>('select query_id as id, query from saved_queries');
      expect(saved).toMatchObject({
        query: { category: ['hate'], q: 'banjir', minScore: 0.5, language: ['id'], state: ['open'] },
      });

      await row.getByRole('button', { name: 'Buat alamat umpan' }).click();
      const feed = await row.getByRole('status').locator('code').innerText();
      expect(feed).toMatch(/\/v1\/feeds\/siagafeed_[\w-]+\/flags\.atom$/);
      expect((await fetch(feed)).status).toBe(200);

      const address = row.getByLabel('Alamat webhook atau surel');
      await address.fill('ana@meja.test');
      await address.press('Enter');
      await row.getByRole('alert').getByText('sends no digests').waitFor();
      await address.fill('https://penerima.test/terima');
      await address.press('Enter');
      await row.getByText('belum pernah').waitFor();
      const [added] = await database.db.query<{ id: string }>('select subscription_id as id from subscriptions');
      expect(await row.getByRole('status').locator('code').innerText()).toBe(KEYS.webhookKey(added!.id));
      expect(await row.getByRole('alert').count()).toBe(0);
      await row.getByText('Aktif', { exact: true }).waitFor();
      await database.db.query(
        `update subscriptions set failures = 2, failing_since = now(), last_error = 'HTTP 503', sent_at = now(), sent_flags = 12`,
      );
      await row.getByText('HTTP 503').waitFor();
      await row.getByText('Gagal', { exact: true }).waitFor();
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await violationsOf(page)).toEqual([]);
      await picture(page, 'queries-360');
      await page.setViewportSize({ width: 1280, height: 860 });
      await picture(page, 'queries');

      await row.getByRole('button', { name: 'Jeda' }).click();
      await row.getByText('Dijeda', { exact: true }).waitFor();
      await row.getByRole('button', { name: 'Hapus: https://penerima.test/terima' }).click();
      await row.getByText('Dijeda', { exact: true }).waitFor({ state: 'detached' });

      const beside = await shown.beside('#/queries', { role: 'viewer', as: 'Yoga', locale: 'en-GB' });
      await beside.getByText('shared by').waitFor();
      expect(await beside.getByRole('main').locator('button, input').count()).toBe(0);
      const file = await beside.getByRole('link', { name: 'CSV' }).getAttribute('href');
      expect(file).toBe(`/v1/queries/${saved!.id}/flags.csv`);
      expect((await beside.request.get(`${shown.feed.base}${file}`)).status()).toBe(200);

      await row.getByRole('button', { name: 'Hapus: Banjir' }).click();
      await page.getByText('Belum ada kueri tersimpan').waitFor();
      expect(await database.db.query('select from saved_queries')).toEqual([]);
    });
  },
  async () => ({ subscriptions: { keys: KEYS, allowPrivateAddresses: false } }),
);
