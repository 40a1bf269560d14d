import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import { openNotice, recordAnswer } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';
import { aDeskAtWork } from './demo-posts.fixture.js';

const HOUR_MS = 3_600_000;

inChromium("the analysts' desk", (shown) => {
  const { database, visit } = shown;
  const cardWith = (text: string, page = shown.page) => page.locator('.card:not(.skeleton)').filter({ hasText: text });
  const aCampaign = async (text: string, category: Category = 'hoax') => {
    const campaignId = await openCampaign(database.db, category);
    await recordFlags(database.db, campaignId, [aFlag({ category, post: { text } })]);
    return campaignId;
  };

  it('shows a post as it comes, opens its campaign, takes decisions by keyboard, and shows what the platform answers', async () => {
    const { db } = database;
    await visit('', { role: 'analyst', as: 'Ratna' });
    const { page } = shown;
    await page.getByText('Belum ada tanda').waitFor();
    const loadedAt = await page.evaluate(() => performance.timeOrigin);
    const campaignId = await aCampaign('surat suara sudah tercoblos');
    await cardWith('tercoblos').waitFor();
    await recordFlags(db, campaignId, [aFlag({ category: 'hoax', post: { text: 'surat suara tercoblos, sebarkan' } })]);
    await cardWith('2 salinan').waitFor();

    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Kampanye: Hoaks' }).waitFor();
    await page.getByText('surat suara tercoblos, sebarkan').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('heading', { name: 'Kampanye: Hoaks' }).focus();
    await page.keyboard.press('Escape');

    const card = page.locator('.card.selected');
    await card.waitFor();
    await page.keyboard.press('c');
    await card.getByText('Dikonfirmasi').waitFor();
    expect(await card.innerText()).toContain('oleh Anda');
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Laporkan ke platform?' }).waitFor();
    await page.keyboard.press('Enter');
    await card.getByText('Dieskalasi').waitFor();

    const noticeId = randomUUID();
    const dueAt = new Date(Date.now() + 4 * HOUR_MS);
    await openNotice(db, { noticeId, campaignId, platform: 'demo', category: 'hoax', urgency: 'urgent', dueAt });
    await db.query('update flags set reported = true where campaign_id = $1', [campaignId]);
    await recordFlags(db, campaignId, [aFlag({ category: 'hoax', score: 0.99, post: { text: 'surat suara lagi' } })]);
    await recordAnswer(db, { answerId: randomUUID(), noticeId, state: 'actioned' });
    await card.getByText('Ditindak').waitFor();
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
  });

  it("shows another analyst's decision as it is made, and asks when two of them meet", async () => {
    await aCampaign('kabar yang sama');
    await visit('', { role: 'analyst', as: 'Rini' });
    const budi = await shown.beside('', { role: 'analyst', as: 'Budi' });
    await cardWith('kabar yang sama', budi).waitFor();
    await budi.keyboard.press('j');
    await budi.keyboard.press('d');
    await budi.getByRole('dialog', { name: 'Mengapa ditolak?' }).waitFor();

    await cardWith('kabar yang sama').waitFor();
    await shown.page.keyboard.press('j');
    await shown.page.keyboard.press('c');
    await cardWith('kabar yang sama', budi).getByText('oleh Rini').waitFor();

    await budi.keyboard.press('2');
    const conflict = budi.getByRole('alert').filter({ hasText: 'Sementara itu: dikonfirmasi' });
    await conflict.waitFor();
    expect(await conflict.innerText()).toContain('oleh Rini');
    await picture(budi, 'console-conflict');
    expect(await violationsOf(budi)).toEqual([]);
    await conflict.getByRole('button', { name: 'Tetap: ditolak' }).click();
    await cardWith('kabar yang sama').getByText('oleh Budi').waitFor();
    expect(await cardWith('kabar yang sama').innerText()).toMatch(/Ditolak[^]*Satire atau humor/);

    await budi.keyboard.press('u');
    await budi.getByText('Diurungkan').waitFor();
    await cardWith('kabar yang sama').getByText('Ditolak').waitFor({ state: 'detached' });
  });

  it('decides about several at once, and takes all of it back', async () => {
    for (const text of ['satu', 'dua', 'tiga', 'empat']) await aCampaign(`kabar ${text}`);
    await visit('', { role: 'analyst' });
    const { page } = shown;
    await cardWith('kabar empat').waitFor();
    await page.keyboard.press('j');
    for (const key of ['x', 'Shift+J', 'Shift+J']) await page.keyboard.press(key);
    await page.getByRole('toolbar', { name: '3 dipilih' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: 'Mengapa 3 kampanye ditolak?' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('6');
    await page.getByText('3 ditolak').waitFor();
    const dismissed = page.locator('.card').getByText('Ditolak', { exact: true });
    expect(await dismissed.count()).toBe(3);
    await page.keyboard.press('u');
    await page.getByText('3 diurungkan').waitFor();
    expect(await dismissed.count()).toBe(0);
  });

  it('takes words in all their forms, of what is there and of what comes', async () => {
    await aCampaign('ia dicoblos kemarin');
    await aCampaign('kabar lain');
    await visit('?q=mencoblos');
    await cardWith('dicoblos').waitFor();
    await aCampaign('surat tercoblos di desa');
    await aCampaign('kabar lain lagi');
    await cardWith('tercoblos di desa').waitFor();
    expect(await cardWith('kabar lain').count()).toBe(0);
  });

  it('holds back what comes while one reads, and draws only what is in sight', async () => {
    for (let i = 0; i < 60; i++) await aCampaign(`kabar nomor ${i};`);
    await visit();
    await cardWith('kabar nomor 59;').waitFor();
    expect(await shown.page.locator('.card').count()).toBeLessThan(25);
    await shown.page.evaluate(() => scrollTo(0, 2_500));
    const top = () => shown.page.evaluate(() => scrollY);
    await shown.page.waitForFunction(() => scrollY > 2_000);
    const before = await top();
    await aCampaign('yang terbaru');
    await shown.page.getByRole('button', { name: '1 baru di atas' }).click();
    await cardWith('yang terbaru').waitFor();
    expect(await top()).toBeLessThan(before);
  });

  it('is looked at in both themes, wide and narrow, without a fault that a program can find', async () => {
    await visit('', { role: 'viewer' });
    await aDeskAtWork(database.db);
    for (const [name, width, colorScheme, as] of [
      ['console', 1280, 'dark', 'Sari'],
      ['console-light', 1280, 'light', 'Tono'],
      ['console-360', 360, 'dark', 'Wati'],
    ] as const) {
      const page = await shown.beside('', { role: 'analyst', as, colorScheme, viewport: { width, height: 860 } });
      await cardWith('Sukamaju', page).waitFor();
      await page.keyboard.press('j');
      await picture(page, name);
      expect(await violationsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      await page.keyboard.press('Enter');
      await page.locator('.copies-list li').nth(3).waitFor();
      await picture(page, name.replace('console', 'campaign'));
      expect(await violationsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
    }
  }, 180_000);
});
