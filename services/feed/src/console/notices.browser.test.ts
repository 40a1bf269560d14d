import { beforeEach, expect, it } from '@jest/globals';
import { evidenceOf, switchSending } from '@siaga/storage';
import { aNotice, anAnswer, anAttempt } from '../notice.fixture.js';
import { inChromium, overflowOf } from './chromium.fixture.js';

inChromium('the notices in the console', (shown) => {
  const { database, visit } = shown;
  beforeEach(() => switchSending(database.db, { stopped: false, by: 'before' }));
  const rows = () => shown.page.locator('main .row');
  const row = (text: string) => rows().filter({ hasText: text });

  it('stand overdue first, are filtered in the address, and are walked and opened by keys', async () => {
    const { db } = database;
    await aNotice(db, { dueInHours: 9, platform: 'later', category: 'hoax' });
    await aNotice(db, { dueInHours: -2, platform: 'overdue' });
    const disputed = await aNotice(db, { dueInHours: 3, platform: 'disputed' });
    await anAnswer(db, disputed.noticeId, 'disputed', 'bukan <b>kebencian</b> \u202e');
    await visit('', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await shown.page.getByRole('link', { name: 'Laporan 1 menunggu Anda' }).click();
    await row('later').waitFor();
    expect(await rows().locator('h3 bdi').allInnerTexts()).toEqual(['overdue', 'disputed', 'later']);
    expect(await row('overdue').innerText()).toMatch(/lewat 2 jam/);
    expect(await row('disputed').innerText()).toMatch(/Perlu perhatian[^]*Jawaban\s+Disanggah/);
    expect(await row('later').innerText()).toMatch(/Hoaks[^]*sisa 8 jam[^]*Salinan\s+1/);
    expect(await overflowOf(shown.page)).toBe(0);

    await shown.page.getByLabel('Kategori').selectOption('hoax');
    await row('overdue').waitFor({ state: 'detached' });
    await row('later').waitFor();
    expect(await rows().locator('h3 bdi').allInnerTexts()).toEqual(['later']);
    await shown.page.reload();
    await row('later').waitFor();
    expect(await rows().count()).toBe(1);
    await shown.page.getByRole('button', { name: 'Hapus saringan' }).click();
    await shown.page.getByLabel('Keadaan').selectOption('attention');
    await row('later').waitFor({ state: 'detached' });
    await row('disputed').waitFor();

    await shown.page.getByRole('heading', { name: 'Laporan', exact: true }).focus();
    await shown.page.keyboard.press('j');
    await shown.page.keyboard.press('Enter');
    await shown.page.getByRole('heading', { name: 'Laporan ke disputed' }).waitFor();
    expect(await row('bukan').innerText()).toMatch(/Disanggah[^]*bukan <b>kebencian<\/b> U\+202E/);
    expect(await overflowOf(shown.page)).toBe(0);
    await shown.page.keyboard.press('Escape');
    await shown.page.waitForURL('**/#/notices?state=attention');
  });

  it('let a person decide where nobody knows whether one arrived, under the name of their account', async () => {
    const { db } = database;
    const { noticeId, flag } = await aNotice(db, { dueInHours: 1 });
    await anAttempt(db, 'untold', 'socket hang up <img src=x>');
    await visit(`#/notices/${noticeId}`, { as: 'Rini', locale: 'en-GB', colorScheme: 'light' });
    const delivery = row('Revision 1');
    await delivery.getByText('Arrival unknown').waitFor();
    expect(await delivery.innerText()).toContain('socket hang up <img src=x>');
    expect(await shown.page.locator('.lines a').first().getAttribute('href')).toBe(flag.post.url);
    await delivery.getByRole('button', { name: 'Send again' }).click();
    await delivery.getByText('Decision recorded').waitFor();
    await delivery.getByText('Scheduled').waitFor();
    await shown.page.getByText('delivery-decided').waitFor();
    expect(await delivery.getByRole('button').count()).toBe(0);
    expect((await evidenceOf(db, noticeId)).map(({ body }) => JSON.parse(body))).toMatchObject([
      { word: 'send-again', by: 'Rini' },
    ]);
  });

  it('offer no decision to who only reads', async () => {
    const { noticeId } = await aNotice(database.db, { dueInHours: 1 });
    await anAttempt(database.db, 'untold');
    await visit(`#/notices/${noticeId}`, { role: 'viewer', locale: 'en-GB' });
    await row('Revision 1').getByText('Arrival unknown').waitFor();
    expect(await row('Revision 1').getByRole('button', { name: 'Send again' }).isDisabled()).toBe(true);
  });

  it('give what a person forwards, and take that it was sent', async () => {
    const { db } = database;
    const { noticeId } = await aNotice(db, { dueInHours: 1 });
    const words = { explanation: 'Tiga salinan.', urls: ['https://a.example/<b>'] };
    await anAttempt(db, 'handed-over', undefined, words);
    await visit(`#/notices/${noticeId}`);
    const delivery = row('Revisi 1');
    await delivery.getByText('https://a.example/<b>').waitFor();
    await delivery.getByRole('button', { name: 'Sudah dikirim' }).press('Enter');
    await delivery.locator('.badge', { hasText: 'Terkirim' }).waitFor();
    expect(await delivery.innerText()).not.toContain('Tiga salinan');
  });

  it('say so where there is none', async () => {
    await visit('#/notices', { locale: 'en-GB' });
    await shown.page.getByText('No open notices').waitFor();
    await shown.page.goto(`${shown.feed.base}/#/notices/01890000-0000-7000-8000-000000000000`);
    await shown.page.getByText('There is no such notice').waitFor();
  });
});
