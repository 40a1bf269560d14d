import { expect, it } from '@jest/globals';
import { aFlag } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium, picture, violationsOf } from './chromium.fixture.js';

inChromium('a known hoax in the queue', (shown) => {
  const { database, visit } = shown;

  it('is a claim that the desk words, made of the selected card by the key h, and taken back by u', async () => {
    const campaignId = await openCampaign(database.db, 'hoax');
    await recordFlags(database.db, campaignId, [aFlag({ category: 'hoax', post: { text: 'bawang menyembuhkan' } })]);
    await visit('', { role: 'analyst', as: 'Ratna' });
    const { page } = shown;
    await page.locator('.card').filter({ hasText: 'bawang' }).waitFor();
    await page.keyboard.press('j');
    await page.locator('.card.selected').waitFor();
    await page.keyboard.press('h');
    const dialog = page.getByRole('dialog', { name: 'Hoaks yang sudah dibantah' });
    await dialog.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.type('Bawang menyembuhkan demam');
    expect(await dialog.getByLabel('Putusan').inputValue()).toBe('Salah');
    await dialog.getByLabel('Alamat cek fakta').fill('https://cek.example/bawang');
    await picture(page, 'known-hoax');
    await page.keyboard.press('Enter');
    await page.getByText('Dicatat sebagai hoaks').waitFor();
    const claims = () => database.db.query('select text, verdict, url, origin, state from claims');
    const made = { text: 'Bawang menyembuhkan demam', verdict: 'Salah', url: 'https://cek.example/bawang' };
    expect(await claims()).toEqual([{ ...made, origin: 'decision', state: 'active' }]);
    await page.keyboard.press('u');
    await page.getByText('Diurungkan').waitFor();
    expect(await claims()).toEqual([{ ...made, origin: 'decision', state: 'disabled' }]);
  });
});
