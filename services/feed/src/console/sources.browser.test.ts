import { beforeEach, expect, it } from '@jest/globals';
import { declareSources, pauseSource, renewLeases, takeSources } from '@siaga/storage';
import { inChromium, overflowOf } from './chromium.fixture.js';

inChromium('the sources in the console', (shown) => {
  const { database, visit } = shown;
  beforeEach(() => database.db.query('truncate sources'));

  /** Sources as their worker has filed them. */
  async function file(health: Readonly<Record<string, object>>) {
    const names = Object.keys(health);
    await declareSources(database.db, names);
    const leases = await takeSources(database.db, { holder: 'w1', among: names, limit: 99, ttlMs: 600_000 });
    const filed = leases.map((lease) => ({ lease, health: health[lease.source] ?? {} }));
    await renewLeases(database.db, filed, 600_000);
  }

  it('stand worst first with what ails them, and warn in every view', async () => {
    const lastEventAt = new Date().toISOString();
    await file({
      antara: { state: 'running', posts: 12_345, lastEventAt, lagMs: 4_200 },
      mastodon: { state: 'failing', posts: 7, lastEventAt, lastError: 'HTTP 503 <img src=x> \u202e' },
    });
    await pauseSource(database.db, 'lama', true);
    await visit('', { viewport: { width: 360, height: 740 } });
    await shown.page.getByRole('link', { name: '1 dari 3 gagal' }).click();
    await shown.page.waitForURL('**/#/sources');
    const rows = shown.page.locator('.row');
    await rows.first().waitFor();
    expect(await rows.locator('h3').allInnerTexts()).toEqual(['mastodon\nGagal', 'antara\nBerjalan', 'lama\nDijeda']);
    expect(await rows.nth(0).innerText()).toContain('HTTP 503 <img src=x> U+202E');
    expect(await rows.nth(1).innerText()).toMatch(/Pekerja\s+w1[^]*12[.,]345[^]*dtk lalu[^]*4 dtk/);
    expect(await overflowOf(shown.page)).toBe(0);
    // The heading has the focus, so the keyboard goes on from here.
    expect(await shown.page.evaluate(() => document.activeElement?.textContent)).toBe('Sumber');

    // What changes shows by itself.
    await file({ mastodon: { state: 'running', posts: 8, lastEventAt } });
    await rows.filter({ hasText: 'mastodon' }).getByText('Berjalan').waitFor();
    await shown.page.getByRole('link', { name: 'Antrean' }).click();
    await shown.page.getByText('Belum ada tanda').waitFor();
    await shown.page.goBack();
    await rows.first().waitFor();
  });

  it('say how to add one while there is none', async () => {
    await visit('#/sources', { locale: 'en-GB' });
    await shown.page.getByText('No sources yet').waitFor();
    await shown.page.getByText('npm run sources -- add').waitFor();
  });
});
