import { expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import { aFlag } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';

inChromium('a campaign', (shown) => {
  const { database, visit } = shown;
  const aCampaign = async (texts: readonly string[], category: Category = 'hoax') => {
    const campaignId = await openCampaign(database.db, category);
    const flags = texts.map((text) => aFlag({ category, post: { text } }));
    await recordFlags(database.db, campaignId, flags);
    return { campaignId, flagIds: flags.map(({ flagId }) => flagId) };
  };
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await shown.page.keyboard.press(key);
  };
  const copies = () => shown.page.locator('.copies-list > li');
  const history = () => shown.page.locator('.history');
  const campaignsOf = async (flagIds: readonly string[]) =>
    (
      await database.db.query<{ id: string }>(
        'select campaign_id as id from flags where flag_id = any($1) order by seq',
        [flagIds],
      )
    ).map(({ id }) => id);

  it('gives up some of its copies, chosen and split off by keyboard, and takes them back', async () => {
    const { campaignId, flagIds } = await aCampaign(['air keran satu', 'air keran dua', 'air keran tiga']);
    await visit(`#/campaigns/${campaignId}`);
    const { page } = shown;
    await copies().nth(2).waitFor();
    await press('s', 'j', 'x', 'Shift+J');
    await page.getByRole('toolbar', { name: '2 dipilih' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'campaign-split');
    await press('s');
    await page.getByText('Dipisahkan ke kampanye baru').waitFor();
    await copies().nth(1).waitFor({ state: 'detached' });
    const [kept, ...gone] = await campaignsOf(flagIds);
    expect([kept, gone[0] === gone[1], gone.includes(campaignId)]).toEqual([campaignId, true, false]);
    const link = history().getByRole('link', { name: 'ke kampanye ini' });
    expect(await link.getAttribute('href')).toBe(`#/campaigns/${gone[0]}`);

    await press('u');
    await page.getByText('Diurungkan', { exact: true }).waitFor();
    await copies().nth(2).waitFor();
    expect(new Set(await campaignsOf(flagIds))).toEqual(new Set([campaignId]));
    await history().getByText('diurungkan', { exact: true }).waitFor();
  });

  it('is merged by the key m into a likely one, or one named by its id, and lives by itself again after u', async () => {
    const near = await aCampaign(['warga diminta simpan air keran Sukamaju'], 'hate');
    const other = await aCampaign(['beras plastik di pasar'], 'hate');
    const { campaignId, flagIds } = await aCampaign(['air keran Sukamaju beracun'], 'hate');
    await visit(`#/campaigns/${campaignId}`);
    const { page } = shown;
    await copies().first().waitFor();
    const dialog = page.getByRole('dialog', { name: 'Gabungkan ke kampanye mana?' });
    await press('m');
    await dialog.getByText('1 yang mungkin sama').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'campaign-merge');
    await press('ArrowDown', 'Enter');
    await page.getByText('Kampanye ini sudah digabungkan').waitFor();
    await copies().nth(1).waitFor();
    expect(await campaignsOf(flagIds)).toEqual([near.campaignId]);
    await press('u');
    await copies().nth(1).waitFor({ state: 'detached' });
    expect(await campaignsOf(flagIds)).toEqual([campaignId]);

    await press('m');
    await dialog.waitFor();
    await page.keyboard.type(other.campaignId);
    await dialog.getByRole('button', { name: 'beras plastik' }).waitFor();
    await press('ArrowDown', 'Enter');
    await page.getByText('Kampanye ini sudah digabungkan').waitFor();
    expect(await campaignsOf(flagIds)).toEqual([other.campaignId]);
  });

  it('shows what another has decided meanwhile instead of merging over it', async () => {
    await aCampaign(['kabar air keran lama']);
    const { campaignId, flagIds } = await aCampaign(['kabar air keran baru']);
    await visit(`#/campaigns/${campaignId}`, { as: 'Ketua' });
    const { page } = shown;
    await copies().first().waitFor();
    await press('m');
    const dialog = page.getByRole('dialog', { name: 'Gabungkan ke kampanye mana?' });
    await dialog.getByRole('button', { name: 'kabar air keran lama' }).waitFor();
    // The page does not hear of it in time.
    await page.context().setOffline(true);
    await page.route('**/v1/stream*', (route) => route.abort());
    await page.route(`**/v1/campaigns/${campaignId}`, (route) => route.abort());
    const budi = await shown.beside(`#/campaigns/${campaignId}`, { role: 'analyst', as: 'Budi' });
    await budi.locator('.copies-list > li').first().waitFor();
    await budi.keyboard.press('c');
    await budi.locator('.campaign-head').getByText('Dikonfirmasi').waitFor();
    await page.context().setOffline(false);
    await press('ArrowDown', 'Enter');
    const conflict = page.getByRole('alert').filter({ hasText: 'Sementara itu: dikonfirmasi' });
    await conflict.waitFor();
    expect(await conflict.innerText()).toContain('oleh Budi');
    expect(await violationsOf(page)).toEqual([]);
    expect(await campaignsOf(flagIds)).toEqual([campaignId]);
    await conflict.getByRole('button', { name: 'Tetap: digabungkan' }).click();
    await page.getByText('Digabungkan', { exact: true }).waitFor();
    expect(await campaignsOf(flagIds)).not.toEqual([campaignId]);
  });

  it('takes one word about several copies in one request, shows it in its history, and takes all of it back', async () => {
    const { campaignId, flagIds } = await aCampaign(['satu', 'dua', 'tiga'], 'hate');
    await visit(`#/campaigns/${campaignId}`, { role: 'analyst', as: 'Sari' });
    const { page } = shown;
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') asked.push(new URL(request.url()).pathname);
    });
    await copies().nth(2).waitFor();
    await press('j', 'x', 'j', 'x', 'd');
    await page.getByRole('dialog', { name: 'Mengapa 2 salinan ditolak?' }).waitFor();
    await press('2');
    await page.getByText('2 ditolak').waitFor();
    await history().getByText('Satire atau humor').nth(1).waitFor();
    const states = () =>
      database.db.query('select review_state as state from flags where flag_id = any($1) order by seq', [flagIds]);
    expect(await states()).toEqual(['open', 'dismissed', 'dismissed'].map((state) => ({ state })));
    await press('u');
    await page.getByText('2 diurungkan').waitFor();
    expect(await states()).toEqual(['open', 'open', 'open'].map((state) => ({ state })));
    expect(asked).toEqual(['/v1/decisions/bulk', '/v1/decisions/bulk']);
    // To move copies takes a lead.
    await press('m');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('shows all of its copies, page by page, and those that come meanwhile', async () => {
    const { campaignId } = await aCampaign(Array.from({ length: 230 }, (_none, i) => `kabar nomor ${i};`));
    await visit(`#/campaigns/${campaignId}`);
    const { page } = shown;
    const older = page.getByRole('button', { name: 'Muat yang lebih lama' });
    for (const shownNow of [50, 100, 150, 200]) {
      await copies()
        .nth(shownNow - 1)
        .waitFor();
      await older.click();
    }
    await copies().nth(229).waitFor();
    await older.waitFor({ state: 'detached' });
    expect(await copies().last().innerText()).toContain('kabar nomor 0;');
    await recordFlags(database.db, campaignId, [aFlag({ category: 'hoax', post: { text: 'yang menyusul' } })]);
    await copies().nth(230).waitFor();
    expect(await copies().first().innerText()).toContain('yang menyusul');
    await page.locator('.facts').getByText('231').first().waitFor();
  });

  it('names its keys, and fits a phone', async () => {
    await aCampaign(['kabar air keran lama sekali']);
    const { campaignId } = await aCampaign(['kabar air keran baru saja']);
    await visit(`#/campaigns/${campaignId}`, { locale: 'en-US', viewport: { width: 360, height: 740 } });
    const { page } = shown;
    await copies().first().waitFor();
    expect(await overflowOf(page)).toBe(0);
    await press('m');
    await page
      .getByRole('dialog', { name: 'Merge into which campaign?' })
      .getByText('1 that may be the same')
      .waitFor();
    expect(await overflowOf(page)).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await press('Escape', '?');
    const help = page.getByRole('dialog', { name: 'Shortcuts' });
    await help.getByText('in a campaign: merge it into another').waitFor();
    await help.getByText('in a campaign: split off the copies selected').waitFor();
  });
});
