import { afterAll, expect, it } from '@jest/globals';
import { disableAccount, findAccount } from '@siaga/storage';
import { freePort } from '@siaga/testkit';
import { inChromium, overflowOf } from '../../console/chromium.fixture.js';
import { oidcAt, startProvider, type RunningProvider } from './provider.fixture.js';

let provider: RunningProvider;
afterAll(() => provider?.stop());

inChromium(
  'signing in at an identity provider, in Chromium',
  (shown) => {
    /** From the link in the console, through the provider's own forms, until it lets the browser go. */
    const signIn = async (login: string) => {
      const { page } = shown;
      await page.getByRole('link', { name: 'Masuk lewat Kantor Contoh' }).click();
      await page.waitForURL(`${provider.issuer.origin}/**`);
      await page.locator('input[name=login]').fill(login);
      await page.locator('input[name=password]').fill('any');
      await page.locator('button[type=submit]').click();
      await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
      await page.locator('button[type=submit]').click();
      await page.waitForURL(`${shown.feed.base}/**`);
    };

    it('leads through its form back to where one was, and signs out there too', async () => {
      provider.people.set('rina', { preferred_username: 'Rina', groups: ['meja'] });
      await shown.visit('?category=hate', { role: 'nobody', viewport: { width: 360, height: 740 } });
      const { page } = shown;
      await page.getByRole('link', { name: 'Masuk', exact: true }).click();
      await page.getByRole('heading', { name: 'Masuk ke Siaga' }).waitFor();
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await signIn('rina');
      await page.getByText('Rina').waitFor();
      expect(page.url()).toBe(`${shown.feed.base}/?category=hate`);
      expect(await page.evaluate(() => document.cookie)).toBe('');

      await page.getByRole('button', { name: 'Keluar' }).click();
      await page.waitForURL(`${provider.issuer.origin}/session/end**`);
      await page.locator('button[value=yes]').click();
      await page.waitForURL(`${shown.feed.base}/`);
      await page.getByText('Hanya baca').waitFor();
    });

    it('says why somebody is not let in', async () => {
      provider.people.set('tamu', { preferred_username: 'Tamu', groups: [] });
      await shown.visit('', { role: 'nobody' });
      await shown.page.getByRole('link', { name: 'Masuk', exact: true }).click();
      await signIn('tamu');
      await shown.page.getByRole('alert').filter({ hasText: 'belum punya peran' }).waitFor();

      provider.people.set('dodi', { preferred_username: 'Dodi', groups: ['meja'] });
      await shown.page.context().clearCookies();
      await signIn('dodi');
      await shown.page.getByText('Dodi').waitFor();
      const account = await findAccount(shown.database.db, 'Dodi');
      if (!account) throw new Error('there is no account');
      await disableAccount(shown.database.db, account, true, 'test');
      await shown.page.context().clearCookies();
      await shown.page.goto(`${shown.feed.base}/?again#/sign-in`);
      await signIn('dodi');
      await shown.page.getByRole('alert').filter({ hasText: 'dinonaktifkan' }).waitFor();
    });
  },
  async () => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    provider = await startProvider(publicUrl);
    return { port, oidc: oidcAt(provider.issuer, publicUrl) };
  },
);
