import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import { openNotice, recordAnswer } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium, overflowOf, violationsOf } from './chromium.fixture.js';

inChromium('the console in Chromium', (shown) => {
  const { database, visit } = shown;
  const cards = () => shown.page.locator('.card:not(.skeleton)');
  const cardWith = (text: string) => cards().filter({ hasText: text });

  const aCampaign = (category: Category = 'hoax') => openCampaign(database.db, category);
  const record = (campaignId: string, ...flags: ReturnType<typeof aFlag>[]) =>
    recordFlags(database.db, campaignId, flags);

  it('shows a flag as it is recorded, its copies and its notice, without reloading', async () => {
    await visit();
    await shown.page.getByText('Belum ada tanda: armada sedang menyimak').waitFor();
    expect(await violationsOf(shown.page)).toEqual([]);
    const loadedAt = await shown.page.evaluate(() => performance.timeOrigin);
    const campaignId = await aCampaign();
    const flag = aFlag({
      category: 'hoax',
      reasons: [{ kind: 'token', token: 'tercoblos', weight: 2 }],
      post: { text: 'Surat suara sudah T3RCOBLOS' },
    });
    await record(campaignId, flag);
    const card = cardWith('Surat suara');
    await card.waitFor();
    expect(await card.locator('mark').allTextContents()).toEqual(['T3RCOBLOS']);
    for (const shown of ['Hoaks', '0.97', 'ambang 0.60', 'test 1', 'Tanpa salinan', 'Menunggu analis']) {
      expect(await card.innerText()).toContain(shown);
    }

    await record(campaignId, aFlag({ category: 'hoax', post: { text: 'salinannya' } }));
    await card.getByText('2 salinan').waitFor();
    const noticeId = randomUUID();
    const dueAt = new Date(Date.now() + 4 * 3_600_000 + 30_000);
    await openNotice(database.db, {
      noticeId,
      campaignId,
      platform: 'demo',
      category: 'hoax',
      urgency: 'urgent',
      dueAt,
    });
    await card.getByText('sisa 4 jam').waitFor();
    await recordAnswer(database.db, { answerId: randomUUID(), noticeId, state: 'actioned' });
    await card.getByText('Ditindak').waitFor();
    expect(await shown.page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
  });

  it('renders hostile posts as harmless text', async () => {
    const text = `<script>alert(1)</script><img src=x onerror=alert(1)> \u202eterbalik\u2066 ${'z\u0336\u0334\u0335\u0337'.repeat(40)} ${'w'.repeat(5_000)}`;
    // Recorded past the contract's check, as a fault elsewhere might.
    await record(
      await aCampaign('hate'),
      aFlag({ post: { text, url: 'javascript:alert(1)' }, reasons: [{ kind: 'token', token: '<b>x</b>', weight: 3 }] }),
    );
    await record(
      await aCampaign('hate'),
      aFlag({ post: { text: 'tautan', url: 'https://kominfo.go.id@evil.invalid/<script>' } }),
    );
    for (const viewport of [
      { width: 1280, height: 860 },
      { width: 360, height: 740 },
    ]) {
      await visit('', { viewport });
      const card = cardWith('onerror=alert(1)');
      await card.waitFor();
      expect(await card.innerText()).toContain('<script>alert(1)</script>');
      expect(await card.locator('script, img, b').count()).toBe(0);
      expect(await card.locator('.card-post a').count()).toBe(0);
      expect(await card.locator('.hidden-character').allTextContents()).toEqual(['U+202E', 'U+2066']);
      const link = cardWith('tautan').locator('.card-post a');
      expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
      expect(await link.innerText()).toMatch(/^evil\.invalid/);
      expect(await overflowOf(shown.page)).toBe(0);
      if (viewport.width === 1280) await shown.page.context().close();
    }
  });

  it('blurs offensive words until they are asked for', async () => {
    const reasons = [{ kind: 'token' as const, token: 'goblok', weight: 2 }];
    await record(await aCampaign('hate'), aFlag({ reasons, post: { text: 'dasar goblok' } }));
    await visit();
    const word = cards().locator('mark');
    const blur = () => word.evaluate((element) => getComputedStyle(element).filter);
    await word.waitFor();
    expect(await blur()).toMatch(/^blur/);
    await shown.page.keyboard.press('j');
    await shown.page.keyboard.press('v');
    await shown.page.waitForFunction(
      () => getComputedStyle(document.querySelector('mark') as Element).filter === 'none',
    );
    await cards().getByRole('button', { name: 'Samarkan kata' }).click();
    await shown.page.mouse.move(0, 0);
    await shown.page.waitForFunction(
      () => getComputedStyle(document.querySelector('mark') as Element).filter !== 'none',
    );
  });

  it('filters by category, platform and words, and keeps the view in the URL', async () => {
    await record(await aCampaign('hoax'), aFlag({ category: 'hoax', post: { text: 'kabar satu', platform: 'alpha' } }));
    await record(await aCampaign('hate'), aFlag({ post: { text: 'kabar dua', platform: 'beta' } }));
    await visit();
    await cardWith('kabar satu').waitFor();
    await shown.page.getByRole('button', { name: 'Hoaks' }).click();
    await cardWith('kabar dua').waitFor({ state: 'detached' });
    expect(new URL(shown.page.url()).search).toBe('?category=hoax');
    await shown.page.reload();
    await cardWith('kabar satu').waitFor();
    expect(await cards().count()).toBe(1);

    // What comes live is filtered too.
    await record(await aCampaign('hate'), aFlag({ post: { text: 'kabar tiga' } }));
    await record(await aCampaign('hoax'), aFlag({ category: 'hoax', post: { text: 'kabar empat' } }));
    await cardWith('kabar empat').waitFor();
    expect(await cardWith('kabar tiga').count()).toBe(0);

    await shown.page.getByLabel('Platform').selectOption('alpha');
    await cardWith('kabar empat').waitFor({ state: 'detached' });
    await shown.page.keyboard.press('/');
    await shown.page.keyboard.type('tidak ada');
    await shown.page.getByText('Tidak ada tanda yang cocok dengan saringan ini').waitFor();
    await shown.page.getByRole('button', { name: 'Hapus saringan' }).click();
    await cardWith('kabar tiga').waitFor();
    expect(await cards().count()).toBe(4);
    await shown.page.goBack();
    await shown.page.getByText('Tidak ada tanda yang cocok dengan saringan ini').waitFor();
  });

  it('is worked by keyboard', async () => {
    for (const text of ['satu', 'dua', 'tiga']) {
      await record(await aCampaign('hoax'), aFlag({ category: 'hoax', post: { text } }));
    }
    await visit();
    await cardWith('tiga').waitFor();
    const chosen = shown.page.locator('.card.selected .post-text');
    for (const [key, expected] of [
      ['j', 'tiga'],
      ['j', 'dua'],
      ['j', 'satu'],
      ['j', 'satu'],
      ['k', 'dua'],
      ['g', 'tiga'],
    ] as const) {
      await shown.page.keyboard.press(key);
      await chosen.getByText(expected, { exact: true }).waitFor();
      expect(await chosen.count()).toBe(1);
    }
    expect(await shown.page.evaluate(() => document.activeElement?.className)).toContain('selected');
    await shown.page.keyboard.press('?');
    await shown.page.getByRole('dialog', { name: 'Pintasan' }).waitFor();
    expect(await violationsOf(shown.page)).toEqual([]);
    await shown.page.keyboard.press('Escape');
    await shown.page.getByRole('dialog').waitFor({ state: 'detached' });
    await shown.page.keyboard.press('?');
    await shown.page.getByRole('button', { name: 'Tutup' }).click();
    await shown.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('says that the connection is lost, and catches up by itself', async () => {
    await visit();
    await shown.feed.stop();
    await shown.page.getByText('Sambungan terputus').waitFor();
    await record(await aCampaign(), aFlag({ category: 'hoax', post: { text: 'sementara itu' } }));
    await shown.restart();
    await cardWith('sementara itu').waitFor();
    await shown.page.getByText('Sambungan terputus').waitFor({ state: 'detached' });
  });

  it('keeps audited posts apart from the alerts, takes what a person finds them to be, and shows what was caught', async () => {
    const campaignId = await aCampaign('hate');
    const alert = aFlag({ post: { text: 'tanda biasa' } });
    await record(campaignId, alert);
    await visit();
    await cardWith('tanda biasa').waitFor();
    const [first, second] = ['audit pertama', 'audit kedua'].map((text) =>
      aFlag({ post: { text }, score: 0.3, audit: { share: 0.5 } }),
    ) as [ReturnType<typeof aFlag>, ReturnType<typeof aFlag>];
    await record(campaignId, first, { ...second, flagId: `${second.post.id}#audit` });
    const audit = shown.page.getByRole('button', { name: /^Audit/ });
    await audit.getByText('2').waitFor();
    expect(await cards().count()).toBe(1);

    await audit.click();
    await shown.page.getByText('Belum ada yang dinilai').waitFor();
    const card = cardWith('audit kedua');
    await card.waitFor();
    await cardWith('audit pertama').waitFor();
    expect(await cardWith('tanda biasa').count()).toBe(0);
    expect(new URL(shown.page.url()).search).toBe('?audit=true');

    // One that arrives while the list is open.
    await record(campaignId, aFlag({ post: { text: 'audit ketiga' }, score: 0.2, audit: { share: 0.5 } }));
    await cardWith('audit ketiga').waitFor();

    await card.getByRole('button', { name: 'Kebencian' }).click();
    await card.getByRole('button', { name: 'Kebencian', pressed: true }).waitFor();
    await cardWith('audit pertama').getByRole('button', { name: 'Bukan apa-apa' }).click();
    await shown.page.getByText('2 dari 3 dinilai').waitFor();
    await shown.page.getByText('belum ada tanda kategori ini yang dinilai').first().waitFor();
    // One of the two is hate; three were picked, each with a chance of a half.
    const [missed] = await shown.page.locator('.recall .hate .missed').allInnerTexts();
    expect(missed).toMatch(/^luput 0–17 kiriman$/);
    expect(await violationsOf(shown.page)).toEqual([]);
    expect(await overflowOf(shown.page)).toBe(0);
  });

  it('speaks English too, and remembers', async () => {
    await visit('', { locale: 'en-GB' });
    await shown.page.getByText('No flags yet: the fleet is listening').waitFor();
    await shown.page.getByRole('button', { name: 'ID', exact: true }).click();
    await shown.page.getByText('Belum ada tanda').waitFor();
    expect(await shown.page.evaluate(() => document.documentElement.lang)).toBe('id');
    await shown.page.reload();
    await shown.page.getByText('Belum ada tanda').waitFor();
  });

  it('loads older flags on demand, past the copies of one campaign', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `no ${i};`);
    for (const text of texts) await record(await aCampaign(), aFlag({ category: 'hoax', post: { text } }));
    const copies = Array.from({ length: 60 }, (_, i) => aFlag({ category: 'hoax', post: { text: `salinan ${i};` } }));
    await record(await aCampaign(), ...copies);
    await visit();
    await cardWith('60 salinan').waitFor();
    // The first page holds nothing but copies: the next is read by itself.
    await cardWith('no 59;').waitFor();
    await shown.page.keyboard.press('End');
    await shown.page.getByRole('button', { name: 'Muat yang lebih lama' }).click();
    await shown.page.getByRole('button', { name: 'Muat yang lebih lama' }).waitFor({ state: 'detached' });
    await shown.page.waitForFunction(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      return document.body.innerText.includes('no 0;');
    });
  });
});
