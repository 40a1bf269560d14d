import { expect, it } from '@jest/globals';
import { inChromium, overflowOf, violationsOf } from './chromium.fixture.js';

inChromium('the header', (shown) => {
  const tops = () =>
    shown.page.evaluate(() =>
      [...document.querySelectorAll('.page-header > *, .view-links > *, .page-tools > *')].map((one) => {
        const { top, height } = one.getBoundingClientRect();
        return Math.round(top + height / 2);
      }),
    );

  it.each(['id-ID', 'en-GB'])('is one line at 1280 pixels, whatever one may see, in %s', async (locale) => {
    await shown.visit('', { role: 'admin', as: `Rahmawati ${locale}`, locale, viewport: { width: 1280, height: 800 } });
    const middles = await tops();
    expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(6);
    expect(await overflowOf(shown.page)).toBe(0);
  });

  it('leads to what is rare by one menu, which closes by Escape, by a choice and by leaving it', async () => {
    await shown.visit('#/sources', { role: 'admin' });
    const { page } = shown;
    const [menu, charts] = [page.locator('.view-menu'), page.getByRole('link', { name: 'Grafik' })];
    const isOpen = () => menu.evaluate((one) => (one as HTMLDetailsElement).open);
    await menu.locator('summary').focus();
    await page.keyboard.press('Enter');
    await charts.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect([await isOpen(), await menu.locator('summary').evaluate((one) => one === document.activeElement)]).toEqual([
      false,
      true,
    ]);
    await page.keyboard.press('Space');
    await charts.waitFor();
    await page.keyboard.press('Shift+Tab');
    expect(await isOpen()).toBe(false);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await charts.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Grafik' }).first().waitFor();
    expect(await isOpen()).toBe(false);
    await menu.locator('summary').getByText('Grafik').waitFor();
  });

  it('lets its menu be seen on a phone', async () => {
    await shown.visit('#/queries', { role: 'admin', viewport: { width: 360, height: 740 } });
    const { page } = shown;
    await page.locator('.view-menu summary').click();
    const box = await page.getByRole('link', { name: 'Akun' }).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 360).toBe(true);
    expect(await overflowOf(page)).toBe(0);
  });
});
