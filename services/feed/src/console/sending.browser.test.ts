import { beforeEach, expect, it } from '@jest/globals';
import { sendingSwitch, switchSending } from '@siaga/storage';
import { until } from '@siaga/testkit';
import { inChromium, overflowOf } from './chromium.fixture.js';

inChromium('the kill switch in the console', (shown) => {
  const { database, visit } = shown;
  beforeEach(() => switchSending(database.db, { stopped: false, by: 'before' }));
  const button = (name: string) => shown.page.getByRole('button', { name, exact: true });
  const banner = () => shown.page.locator('.banner.stopped');

  it('stops all sending with a reason, shows it in every view, and lets it go on', async () => {
    await visit('', { as: 'Rini', viewport: { width: 360, height: 740 } });
    await button('Hentikan pengiriman').click();
    const dialog = shown.page.getByRole('dialog', { name: 'Hentikan semua pengiriman?' });
    await dialog.waitFor();
    // Without a reason nothing happens.
    await shown.page.keyboard.press('Enter');
    expect(await sendingSwitch(database.db)).toMatchObject({ stopped: false });
    await dialog.getByLabel('Alasan').fill('salah <b>blok</b>');
    await shown.page.keyboard.press('Enter');
    await banner().getByText('oleh Rini').waitFor();
    expect(await sendingSwitch(database.db)).toMatchObject({
      ...{ stopped: true, changedBy: 'Rini', reason: 'salah <b>blok</b>' },
    });
    expect(await banner().innerText()).toContain('salah <b>blok</b>');
    await dialog.waitFor({ state: 'hidden' });
    expect(await overflowOf(shown.page)).toBe(0);
    await shown.page.getByRole('link', { name: 'Sumber' }).click();
    await shown.page.getByRole('heading', { name: 'Sumber', exact: true }).waitFor();
    expect(await banner().isVisible()).toBe(true);

    await shown.page.reload();
    await button('Lanjutkan pengiriman').click();
    const resume = shown.page.getByRole('dialog', { name: 'Lanjutkan pengiriman?' });
    await resume.waitFor();
    await resume.getByRole('button', { name: 'Lanjutkan pengiriman' }).click();
    await button('Hentikan pengiriman').waitFor();
    expect(await sendingSwitch(database.db)).toMatchObject({ stopped: false, changedBy: 'Rini' });
  });

  it('shows what somebody else has done, and keeps asking what it was asked', async () => {
    await visit('', { locale: 'en-GB' });
    await button('Stop sending').click();
    const dialog = shown.page.getByRole('dialog', { name: 'Stop all sending?' });
    await dialog.getByLabel('Reason').fill('mine');
    await switchSending(database.db, { stopped: true, by: 'Rini', reason: 'hers' });
    await banner().getByText('by Rini').waitFor();
    await dialog.getByRole('button', { name: 'Stop sending' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await until('it is stopped, as it was', async () => {
      const { stopped, changedBy } = await sendingSwitch(database.db);
      return stopped && changedBy === 'Rini';
    });
    await banner().getByText('by Rini').waitFor();
  });
});
