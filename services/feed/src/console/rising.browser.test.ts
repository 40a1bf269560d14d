import { beforeEach, expect, it } from '@jest/globals';
import { aPost } from '@siaga/testkit';
import { recordRumour } from '../routes/rumours.fixture.js';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';

inChromium('rising rumours in the console', (shown) => {
  const { database } = shown;
  beforeEach(() => database.db.query('truncate rumours, claims cascade'));
  const says = (text: string, n: number) => Array.from({ length: n }, (_, i) => aPost({ text, author: `akun-${i}` }));
  const stateOf = (rumourId: string) =>
    database.db.query('select state, decided_by from rumours where rumour_id = $1', [rumourId]).then(([row]) => row);

  it('says when none is rising, on a small screen too', async () => {
    await shown.visit('#/rising', { viewport: { width: 360, height: 740 } });
    await shown.page.getByText('Tidak ada isu yang naik').waitFor();
    expect(await overflowOf(shown.page)).toBeLessThanOrEqual(0);
    expect(await violationsOf(shown.page)).toEqual([]);
  });

  it('shows what grows most first, hides what is no rumour, and takes that back', async () => {
    const slow = await recordRumour(database.db, says('Permen beracun <img src=x onerror=alert(1)> \u202e', 3));
    await recordRumour(database.db, says('Bendungan jebol malam ini, aparat menutupi', 8));
    await shown.visit('#/rising', { role: 'analyst', as: 'Ani', viewport: { width: 360, height: 740 } });
    const { page } = shown;
    const rows = page.locator('.rumour-row');
    await rows.nth(1).getByText('U+202E').first().waitFor();
    await rows.nth(0).getByRole('heading', { name: 'Bendungan jebol' }).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await rows.nth(0).getByText('8 contoh').click();
    expect(await rows.nth(0).locator('.rumour-examples li').count()).toBe(8);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'rising-360');

    await rows.filter({ hasText: 'Permen' }).getByRole('button', { name: 'Bukan isu' }).click();
    await rows.filter({ hasText: 'Permen' }).waitFor({ state: 'detached' });
    expect(await stateOf(slow)).toEqual({ state: 'dismissed', decided_by: 'Ani' });
    await page.getByRole('button', { name: 'Urungkan' }).click();
    await rows.filter({ hasText: 'Permen' }).waitFor();
    expect(await stateOf(slow)).toMatchObject({ state: 'unverified' });
  });

  it('makes a known hoax of one by keyboard, and offers a viewer nothing to decide', async () => {
    await recordRumour(database.db, says('Bendungan jebol malam ini, aparat menutupi', 4));
    await shown.visit('#/rising', { role: 'analyst', as: 'Budi' });
    const { page } = shown;
    await page.getByRole('button', { name: 'Hoaks yang sudah dibantah' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Hoaks yang sudah dibantah' });
    await dialog.waitFor();
    await page.keyboard.type('Bendungan Wadasari jebol');
    await dialog.getByLabel('Alamat cek fakta').fill('https://cek.example/bendungan');
    await page.keyboard.press('Enter');
    await page.getByText('Klaim dicatat').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'rising');
    expect(await database.db.query('select text, url, origin from claims')).toEqual([
      { text: 'Bendungan Wadasari jebol', url: 'https://cek.example/bendungan', origin: 'decision' },
    ]);
    const beside = await shown.beside('#/rising', { role: 'viewer', as: 'Yoga', locale: 'en-GB' });
    await beside.locator('.rumour-row .badge').getByText('Unverified').waitFor();
    expect(await beside.locator('.rumour-row button').count()).toBe(0);
  });
});
