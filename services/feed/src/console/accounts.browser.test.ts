import { expect, it } from '@jest/globals';
import { findAccount } from '@siaga/storage';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';

inChromium('the accounts in Chromium', (shown) => {
  const { database } = shown;
  const row = (name: string) =>
    shown.page
      .getByRole('list', { name: 'Akun' })
      .locator('.row')
      .filter({ has: shown.page.getByRole('heading', { name }) });

  it('are invited, changed and shut out by keyboard, and the link lets in once', async () => {
    await shown.visit('', { role: 'admin', as: 'Kepala' });
    const { page } = shown;
    const menu = page.getByText('Lainnya', { exact: true });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Akun' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Akun' }).waitFor();
    await row('Kepala').getByText('Anda', { exact: true }).waitFor();
    expect(await row('Kepala').getByRole('button').count()).toBe(0);

    const form = page.getByRole('form', { name: 'Undang' });
    await form.getByLabel('Nama').focus();
    await page.keyboard.type('Dewi <b>\u0301');
    await form.getByLabel('Peran').selectOption('viewer');
    await form.getByRole('button', { name: 'Undang' }).press('Enter');
    const link = await page.locator('.shown-once code').innerText();
    expect(link).toMatch(new RegExp(`^${shown.feed.base}/#sign-in=[\\w-]{40,}$`));
    const dewi = row('Dewi');
    await dewi.getByText('belum pernah').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'accounts');

    // What they see who open it; a second time it is worth nothing.
    const guest = await page.context().browser()!.newContext({ locale: 'id-ID' });
    const first = await guest.newPage();
    await first.goto(link);
    await first.getByText('pembaca', { exact: true }).waitFor();
    expect((await first.request.get(`${shown.feed.base}/v1/accounts`)).status()).toBe(403);
    const used = await page.request.post(`${shown.feed.base}/v1/session`, {
      data: { link: link.split('=')[1] },
      headers: { origin: shown.feed.base },
    });
    expect(used.status()).toBe(401);

    await dewi.getByRole('combobox', { name: 'Peran' }).selectOption('analyst');
    await dewi.getByRole('button', { name: 'Ubah peran' }).press('Enter');
    await dewi.locator('dd').getByText('analis', { exact: true }).waitFor();
    await dewi.getByText('belum pernah').waitFor({ state: 'detached' });
    const account = () => findAccount(database.db, 'Dewi <b>\u0301');
    expect(await account()).toMatchObject({ role: 'analyst', disabledAt: null });

    await dewi.getByRole('button', { name: 'Nonaktifkan' }).press('Enter');
    await dewi.getByText('Dinonaktifkan', { exact: true }).waitFor();
    expect((await first.request.get(`${shown.feed.base}/v1/flags`)).status()).toBe(200);
    const { account: nobody } = (await (await first.request.get(`${shown.feed.base}/v1/session`)).json()) as {
      account: object | null;
    };
    expect(nobody).toBeNull();
    await guest.close();
    await dewi.getByRole('button', { name: 'Aktifkan lagi' }).press('Enter');
    await dewi.getByText('Dinonaktifkan', { exact: true }).waitFor({ state: 'detached' });
    await page.reload();
    await row('Dewi').waitFor();
    expect(await page.getByText(link).count()).toBe(0);
  });

  it('say why one is refused, are found by a part of the name, and fit a phone', async () => {
    await shown.visit('#/accounts', { role: 'admin', as: 'Kepala Dua', viewport: { width: 360, height: 740 } });
    const { page } = shown;
    const form = page.getByRole('form', { name: 'Undang' });
    await form.getByLabel('Nama').fill('Kepala Dua');
    await form.getByLabel('Peran').selectOption('platform');
    await form.getByRole('textbox', { name: 'Platform' }).fill('demo');
    await form.getByLabel('Nama').press('Enter');
    await page.getByRole('alert').getByText('there is an account Kepala Dua already').waitFor();
    await form.getByLabel('Nama').fill('Meja Demo');
    await form.getByLabel('Nama').press('Enter');
    await row('Meja Demo').getByText('demo').first().waitFor();
    await page.getByLabel('Cari nama').fill('meja');
    await row('Kepala Dua').waitFor({ state: 'detached' });
    expect(await overflowOf(page)).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('are nobody else’s to see', async () => {
    await shown.visit('#/accounts', { role: 'lead' });
    await shown.page.getByText('Belum ada tanda').waitFor();
    await shown.page.getByText('Lainnya', { exact: true }).press('Enter');
    await shown.page.getByRole('link', { name: 'Grafik' }).waitFor();
    expect(await shown.page.getByRole('link', { name: 'Akun' }).count()).toBe(0);
  });
});
