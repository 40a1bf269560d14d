import { beforeEach, expect, it } from '@jest/globals';
import type { Claim } from '@siaga/contracts';
import { recordClaims } from '@siaga/storage';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';

const claim = (i: number, more: Partial<Claim> = {}): Claim => ({
  schemaVersion: 1,
  claimId: `claim:${i}`,
  text: `Klaim nomor ${i}`,
  verdict: 'Salah',
  url: `https://cek.example/${i}`,
  publisher: 'Meja Uji',
  publishedAt: new Date(Date.UTC(2026, 0, 1, i)).toISOString(),
  ...more,
});

inChromium('the bank of claims in the console', (shown) => {
  const { database } = shown;
  beforeEach(() => database.db.query('truncate claims cascade'));
  const record = (claims: readonly Claim[]) => database.db.transaction((tx) => recordClaims(tx, claims, 'import'));
  const stateOf = (claimId: string) =>
    database.db.query('select state from claims where claim_id = $1', [claimId]).then(([row]) => row);

  it('says how to import claims while there are none', async () => {
    await shown.visit('#/claims', { viewport: { width: 360, height: 740 } });
    await shown.page.getByText('Belum ada klaim').waitFor();
    await shown.page.getByText('npm run claims -- import').waitFor();
    expect(await overflowOf(shown.page)).toBeLessThanOrEqual(0);
    expect(await violationsOf(shown.page)).toEqual([]);
    await picture(shown.page, 'claims-empty-360');
  });

  it('is searched, filtered, and read on page by page', async () => {
    await record([...Array.from({ length: 60 }, (_, i) => claim(i)), claim(60, { text: 'Surat suara di gudang' })]);
    await shown.visit('#/claims');
    const { page } = shown;
    const rows = page.getByRole('list', { name: 'Klaim, yang terbaru di atas' }).getByRole('listitem');
    await rows.first().getByText('Surat suara di gudang').waitFor();
    expect(await rows.count()).toBeLessThan(61);
    await page.getByRole('button', { name: 'Tampilkan yang lebih lama' }).click();
    await rows.getByText('Klaim nomor 0', { exact: true }).waitFor();
    expect(await rows.count()).toBe(61);
    await page.getByLabel('Cari klaim').fill('gudang');
    await page.getByLabel('Cari klaim').press('Enter');
    await page.waitForURL('**/#/claims?q=gudang');
    await rows.nth(1).waitFor({ state: 'detached' });
    await rows.getByText('Surat suara di gudang').waitFor();
    await page.getByLabel('Keadaan').selectOption('disabled');
    await page.getByText('Tidak ada klaim yang cocok').waitFor();
    expect(page.url()).toContain('claimState=disabled');
  });

  it('is decided about by who may, and shows hostile claims harmless', async () => {
    await record([
      claim(1, {
        text: 'Bawang <img src=x onerror=alert(1)> \u202e menyembuhkan',
        url: 'https://xn--ck-cja.example/1',
      }),
      claim(2, { text: 'Jembatan sudah dibuka', verdict: 'Benar' }),
    ]);
    await shown.visit('#/claims', { role: 'analyst', as: 'Ani' });
    const { page } = shown;
    const row = page.locator('.claim-row').filter({ hasText: 'Bawang' });
    await row.getByText('U+202E').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await row.getByRole('link').getAttribute('href')).toBe('https://xn--ck-cja.example/1');
    await page.locator('.claim-row').filter({ hasText: 'Jembatan' }).getByText('Tidak dicocokkan').waitFor();
    await row.getByRole('button', { name: 'Konfirmasi' }).click();
    await row.getByText('Dikonfirmasi', { exact: true }).waitFor();
    expect(await stateOf('claim:1')).toEqual({ state: 'confirmed' });
    await row.getByRole('button', { name: 'Matikan' }).click();
    await row.getByText('Dimatikan', { exact: true }).waitFor();
    expect(await stateOf('claim:1')).toEqual({ state: 'disabled' });
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'claims');
    await row.getByRole('button', { name: 'Nyalakan' }).click();
    await row.getByText('Aktif', { exact: true }).waitFor();
    expect(await stateOf('claim:1')).toEqual({ state: 'active' });
    await row.getByRole('button', { name: 'Ubah kata' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ubah kata' });
    await dialog.getByLabel('Yang tidak benar').fill('Bawang menyembuhkan demam');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await row.getByRole('heading', { name: 'Bawang menyembuhkan demam' }).waitFor();
    await row.getByText('Ani', { exact: true }).waitFor();
    const [reworded] = await database.db.query(
      `select text, verdict, edited_by from claims where claim_id = 'claim:1'`,
    );
    expect(reworded).toEqual({ text: 'Bawang menyembuhkan demam', verdict: 'Salah', edited_by: 'Ani' });

    const beside = await shown.beside('#/claims', { role: 'viewer', as: 'Yoga', locale: 'en-GB' });
    await beside.getByText('Not matched').waitFor();
    expect(await beside.locator('.claim-row button').count()).toBe(0);
  });
});
