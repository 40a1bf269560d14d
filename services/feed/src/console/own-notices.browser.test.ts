import { expect, it } from '@jest/globals';
import { evidenceOf } from '@siaga/storage';
import { aSentNotice } from '../notice.fixture.js';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';

inChromium("a platform's desk in Chromium", (shown) => {
  const { database, visit } = shown;
  const rows = () => shown.page.locator('main .row');

  it('shows its queue by deadline, takes an answer by one click, and the analyst sees it without reloading', async () => {
    const { db } = database;
    const explanation =
      'Kiriman ini menyerang pengungsi di kota contoh karena asal mereka dan mengajak orang mengusirnya. Salinannya masih bertambah.';
    await aSentNotice(db, { dueInHours: 20, category: 'bullying' });
    const { noticeId, flag } = await aSentNotice(db, { dueInHours: 3, explanation });
    const other = await aSentNotice(db, { dueInHours: 1, platform: 'lain', explanation: 'bukan untuk demo' });
    await visit('', { role: 'lead' });
    const analyst = shown.page;
    await analyst.locator('.badge', { hasText: 'Terkirim' }).first().waitFor();
    const page = await shown.beside('', { role: 'platform', as: 'Dewi', viewport: { width: 1280, height: 1000 } });
    await page.getByRole('link', { name: 'Kebencian: 1 alamat' }).waitFor();
    const listed = await page.locator('main .row h3').allInnerTexts();
    expect(listed.map((words) => words.split(':')[0])).toEqual(['Kebencian', 'Perundungan']);
    expect(listed[0]).toMatch(/belum dijawab[^]*sisa 2 jam/);
    expect(await page.locator('main').innerText()).not.toContain('bukan untuk demo');

    await page.getByRole('link', { name: 'Kebencian: 1 alamat' }).press('Enter');
    await page.getByText(explanation).waitFor();
    await page.getByText('Kami menyampaikan laporan ini dengan itikad baik.').waitFor();
    expect(await page.locator('.lines a').first().getAttribute('href')).toBe(flag.post.url);
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'platform');
    await page.getByRole('button', { name: /^Sedang ditinjau/ }).click();
    await page.getByRole('status').filter({ hasText: 'Jawaban “Sedang ditinjau” tercatat' }).waitFor();
    await page.getByRole('list', { name: 'Jawaban Anda sejauh ini' }).getByText('Dewi').waitFor();
    await analyst.locator('.badge', { hasText: 'Ditinjau platform' }).waitFor();
    expect((await evidenceOf(db, noticeId)).map(({ body }) => JSON.parse(body))).toMatchObject([
      { state: 'under_review', by: 'Dewi' },
    ]);

    // Another platform's is not there, whatever the address says.
    await page.goto(`${shown.feed.base}/#/own-notices/${other.noticeId}`);
    await page.getByText('Laporan ini tidak ada').waitFor();
    await page.goto(`${shown.feed.base}/#/notices`);
    await page.getByRole('heading', { name: 'Laporan untuk Anda' }).waitFor();
  });

  it('takes a dispute with its reason, by keyboard, on a phone and in English', async () => {
    await aSentNotice(database.db, { dueInHours: 3, explanation: 'Hostile <b>words</b> \u202e' });
    const viewport = { width: 360, height: 740 };
    await visit('', { role: 'platform', viewport, locale: 'en-GB', colorScheme: 'light' });
    const { page } = shown;
    await page.getByRole('link', { name: 'Hate: 1 addresses' }).waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Hate: 1 addresses' }).press('Enter');
    await page.getByText('Hostile <b>words</b> U+202E').waitFor();
    await page.getByRole('button', { name: /^Disputed/ }).press('Enter');
    expect(await violationsOf(page)).toEqual([]);
    // The cursor is in the reason, without which nothing is sent.
    await page.getByRole('button', { name: 'Send the answer' }).press('Enter');
    await page.getByRole('textbox', { name: 'Reason (needed)' }).fill('This is satire.');
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Tab');
    await page.keyboard.type('case 17');
    await page.keyboard.press('Enter');
    await page.getByText('The answer “Disputed” is recorded').waitFor();
    await page.getByText('This is satire.').waitFor();
    await page.getByText('case 17').waitFor();
    await page.keyboard.press('Escape');
    await rows().getByText('Disputed').waitFor();
    await page.getByRole('link', { name: 'Settled' }).click();
    await page.getByText('No notice is settled yet').waitFor();
  });
});
