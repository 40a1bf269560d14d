import { beforeEach, expect, it } from '@jest/globals';
import { aPastNotice } from '../report/report.fixture.js';
import { inChromium, overflowOf } from './chromium.fixture.js';

inChromium('the transparency report in the console', (shown) => {
  const { database, visit } = shown;
  beforeEach(async () => {
    for (let n = 0; n < 6; n++) {
      await aPastNotice(database.db, {
        ...{ platform: 'besar', openedAt: '2026-03-10T03:00:00Z', delivered: 4 + n, gone: 200 },
        answers: n < 4 ? [['actioned', 90]] : [['rejected', 30]],
      });
    }
  });

  it('is read, moved to another month, and taken along', async () => {
    await visit('#/report?month=2026-03');
    await shown.page.getByRole('heading', { name: 'Laporan transparansi, Maret 2026' }).waitFor();
    const notices = shown.page.getByRole('region', { name: 'Laporan menurut platform, kategori, dan hasil' });
    expect(await notices.getByRole('row').allInnerTexts()).toMatchObject([
      expect.stringMatching(/^Platform\s+Kategori/),
      expect.stringMatching(/^besar\s+Kebencian\s+6\s+4\s+2\s+0\s+0\s+0\s+0\s+0$/),
      expect.stringMatching(/^Semua\s+6\s+4\s+2/),
    ]);
    // The address of the page is the report's.
    await shown.page.getByLabel('Bulan').fill('2026-02');
    await shown.page.getByText('Tidak ada laporan ke platform pada bulan ini.').waitFor();
    expect(new URL(shown.page.url()).hash).toBe('#/report?month=2026-02');
    await shown.page.goBack();
    await notices.waitFor();
    const download = shown.page.waitForEvent('download');
    await shown.page.getByRole('link', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toBe('siaga-2026-03.csv');
    const [opened] = await Promise.all([
      shown.page.context().waitForEvent('page'),
      shown.page.getByRole('link', { name: 'Buka halaman' }).click(),
    ]);
    await opened.getByRole('heading', { name: 'Maret 2026' }).waitFor();
    // Its style is the one that its policy lets through.
    expect(await opened.evaluate(() => getComputedStyle(document.querySelector('h1') as Element).fontSize)).toBe(
      '30px',
    );
  });

  it('fits a phone, and says what cannot be had', async () => {
    await visit('#/report?month=2026-03', { locale: 'en-GB', viewport: { width: 360, height: 740 } });
    await shown.page.getByText('Notices by platform, category and outcome').waitFor();
    expect(await overflowOf(shown.page)).toBe(0);
    await shown.feed.stop();
    await shown.page.evaluate(() => (location.hash = '#/report?month=2026-04'));
    await shown.page.getByText('The report cannot be loaded').waitFor();
    await shown.restart();
    await shown.page.getByRole('button', { name: 'Try now' }).click();
    await shown.page.getByText('No notice went to a platform in this month.').waitFor();
  });
});
