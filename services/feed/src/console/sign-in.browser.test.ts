import { expect, it } from '@jest/globals';
import { makeSignInLink } from '@siaga/storage';
import { anAccount } from '../visitors.fixture.js';
import { inChromium, overflowOf } from './chromium.fixture.js';

const HOUR_MS = 3_600_000;

inChromium('signing in', (console) => {
  it('takes a link once, leaves nothing of it in the address, and signs out again', async () => {
    const { db } = console.database;
    const account = await anAccount(db, 'analyst', 'Rina');
    const link = await makeSignInLink(db, account, { lifeMs: HOUR_MS, by: 'test' });
    await console.visit(`#sign-in=${link}`, { role: 'nobody' });
    const { page } = console;
    await page.getByText('Rina').waitFor();
    expect(page.url()).not.toContain(link);
    expect(await page.evaluate(() => document.cookie)).toBe('');

    await page.getByRole('button', { name: 'Keluar' }).click();
    await page.getByText('Hanya baca').waitFor();
    await page.goto(`${console.feed.base}/?again#sign-in=${link}`);
    await page.getByRole('alert').filter({ hasText: 'sudah dipakai' }).waitFor();
    expect(page.url()).not.toContain(link);
    await page.getByRole('link', { name: 'Kembali membaca' }).click();
    await page.getByText('Langsung').waitFor();
  });

  it('is found by the keyboard, in both languages and on a narrow screen', async () => {
    const viewport = { width: 360, height: 740 };
    await console.visit('', { role: 'nobody', locale: 'en-GB', viewport });
    const { page } = console;
    await page.getByRole('link', { name: 'Sign in' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in to Siaga' }).waitFor();
    await page.getByText('npm run accounts -- link NAME').waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  });
});
