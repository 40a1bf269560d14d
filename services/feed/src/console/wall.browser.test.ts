import { beforeEach, expect, it } from '@jest/globals';
import { declareSources, renewLeases, switchSending, takeSources } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { aNotice, anAnswer } from '../notice.fixture.js';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium, overflowOf, picture, violationsOf } from './chromium.fixture.js';
import { aDeskAtWork } from './demo-posts.fixture.js';

const SCREEN = { viewport: { width: 1920, height: 1080 } };

inChromium('the wall screen', (shown) => {
  const { database, visit } = shown;
  beforeEach(async () => {
    await database.db.query('truncate sources');
    await switchSending(database.db, { stopped: false, by: 'before' });
  });
  const part = (name: string | RegExp) => shown.page.getByRole('region', { name });
  const textsOf = async (name: string | RegExp) =>
    (await part(name).getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));

  async function sourceFails(name: string) {
    await declareSources(database.db, [name]);
    const leases = await takeSources(database.db, { holder: 'w1', among: [name], limit: 1, ttlMs: 600_000 });
    await renewLeases(database.db, [{ lease: leases[0]!, health: { state: 'failing', posts: 1 } }], 600_000);
  }

  it('shows what is most urgent, and nothing that a visitor should not read', async () => {
    const { db } = database;
    await aDeskAtWork(db);
    await aNotice(db, { dueInHours: 30, platform: 'later.example', category: 'bullying' });
    const disputed = await aNotice(db, { dueInHours: -2, platform: 'overdue.example' });
    await anAnswer(db, disputed.noticeId, 'disputed');
    for (const hours of [0.6, 5, 7, 9]) await aNotice(db, { dueInHours: hours, platform: 'kabar.social' });
    await sourceFails('mastodon');
    // Dark, whatever the browser of the screen prefers.
    await visit('wall', { ...SCREEN, colorScheme: 'light', role: 'viewer' });
    await part('Tenggat terdekat').getByText('overdue.example').waitFor();
    const due = await textsOf('Tenggat terdekat');
    expect(due[0]).toMatch(/^lewat 2 jam overdue\.example Kebencian Disanggah$/);
    expect(due[1]).toMatch(/^sisa 3\d mnt kabar\.social Kebencian Dijadwalkan$/);
    expect(due.length).toBe(5);
    await part(/Tumbuh tercepat/)
      .getByText('+4')
      .waitFor();
    const growing = await textsOf(/Tumbuh tercepat/);
    expect(growing[0]).toMatch(/^\+4 Hoaks 4 salinan kabar\.social, .* Cek fakta: Surat suara di Sukamaju/);
    expect(growing[1]).toMatch(/^\+3 Kebencian 3 salinan/);
    await part('Sumber').getByText('mastodon').waitFor();
    await shown.page.getByText('Berjalan').waitFor();

    const veiled = shown.page.locator('.wall-veil');
    expect(await veiled.count()).toBe(4);
    await veiled.first().hover({ force: true });
    const filters = await veiled.evaluateAll((all) => all.map((one) => getComputedStyle(one).filter));
    expect(filters.every((filter) => /^blur\(1\d/.test(filter))).toBe(true);
    expect(await shown.page.evaluate(() => document.body.innerText.includes('pamerkan. Tidak'))).toBe(false);

    await picture(shown.page, 'wall');
    expect(await violationsOf(shown.page)).toEqual([]);
    expect(await overflowOf(shown.page)).toBe(0);
    const cut = await shown.page
      .locator('.wall section li')
      .evaluateAll(
        (rows) =>
          rows.filter(
            (row) => row.getBoundingClientRect().bottom > row.closest('section')!.getBoundingClientRect().bottom,
          ).length,
      );
    expect(cut).toBe(0);
    const smallest = await shown.page
      .locator('.wall :not(:has(*))')
      .evaluateAll((all) => Math.min(...all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))));
    expect(smallest).toBeGreaterThanOrEqual(28);
  });

  it('changes by itself, and catches up after the server was away', async () => {
    const { db } = database;
    const [small, large] = [await openCampaign(db, 'hoax'), await openCampaign(db, 'hate')];
    const copiesOf = (campaignId: string, category: 'hoax' | 'hate', n: number) =>
      recordFlags(
        db,
        campaignId,
        Array.from({ length: n }, () => aFlag({ category })),
      );
    await copiesOf(small, 'hoax', 1);
    await visit('wall', { ...SCREEN, locale: 'en-GB' });
    const growing = part(/Growing fastest/).getByRole('listitem');
    await growing.getByText('+1').waitFor();
    await copiesOf(large, 'hate', 2);
    await growing.getByText('+2').waitFor();
    expect(await growing.first().innerText()).toMatch(/^\+2\s+Hate\s+2 copies/);

    await shown.feed.stop();
    await shown.page.getByRole('alert').waitFor();
    // What it knew stays.
    expect(await growing.count()).toBe(2);
    await copiesOf(small, 'hoax', 3);
    await switchSending(db, { stopped: true, by: 'Rini', reason: 'wrong list' });
    await shown.restart();
    await growing.getByText('+4').waitFor();
    await shown.page.getByText('Stopped').waitFor();
    await shown.page.getByRole('alert').waitFor({ state: 'detached' });
    await shown.page.getByRole('link', { name: 'Siaga' }).click();
    await shown.page.getByRole('link', { name: 'Queue' }).waitFor();
  });
});
