import { expect, it } from '@jest/globals';
import { findAccount } from '@siaga/storage';
import { sessionCookie } from '../visitors.fixture.js';
import { inChromium, overflowOf, violationsOf } from './chromium.fixture.js';

inChromium("one's own tokens and sessions in Chromium", (shown) => {
  it('are made with a scope and shown once, listed with their use, and taken back', async () => {
    await shown.visit('#/tokens', { role: 'lead', as: 'Wulan', viewport: { width: 360, height: 740 } });
    const { page } = shown;
    await page.getByText('Belum ada token').waitFor();
    await page.getByLabel('Nama').fill('skrip malam');
    await page.getByLabel('Berlaku (hari)').fill('7');
    await page.getByLabel('memutuskan').uncheck();
    await page.getByLabel('menghentikan pengiriman').uncheck();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Nama').press('Enter');
    const secret = await page.locator('.shown-once code').innerText();
    expect(secret).toMatch(/^siaga_[\w-]{43}$/);
    const token = page.getByRole('list', { name: 'Token untuk program' }).locator('.row');
    await token.getByText('belum pernah').waitFor();
    expect(await token.innerText()).toMatch(/skrip malam[^]*Boleh\s+membaca/);
    const ask = (path: string) =>
      fetch(`${shown.feed.base}${path}`, { headers: { authorization: `Bearer ${secret}` } }).then(
        ({ status }) => status,
      );
    expect([await ask('/v1/flags'), await ask('/v1/tokens')]).toEqual([200, 403]);
    await token.getByText('belum pernah').waitFor({ state: 'detached' });
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await violationsOf(page)).toEqual([]);

    await page.reload();
    await token.waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    await token.getByRole('button', { name: 'Cabut: skrip malam' }).click();
    await token.getByText('Dicabut').waitFor();
    expect(await ask('/v1/flags')).toBe(401);
  });

  it('show where one is signed in, and end it there', async () => {
    await shown.visit('#/tokens', { role: 'viewer', as: 'Yoga', locale: 'en-GB' });
    const { page } = shown;
    const account = await findAccount(shown.database.db, 'Yoga');
    if (!account) throw new Error('there is no account');
    const { name, value } = await sessionCookie(shown.database.db, account);
    const elsewhere = () => fetch(`${shown.feed.base}/v1/tokens`, { headers: { cookie: `${name}=${value}` } });
    expect((await elsewhere()).status).toBe(200);
    const sessions = page.getByRole('list', { name: 'Signed in on' }).locator('.row');
    await sessions.getByText('this browser').waitFor();
    await sessions.getByRole('button', { name: 'End' }).click();
    await sessions.nth(1).waitFor({ state: 'detached' });
    expect((await elsewhere()).status).toBe(401);
    await page.getByText('this browser').waitFor();
  });
});
