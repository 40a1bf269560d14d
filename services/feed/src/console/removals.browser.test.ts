import { expect, it } from '@jest/globals';
import { removePosts } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium } from './chromium.fixture.js';

const GONE = 'Penulisnya telah menghapus atau mengubah unggahan ini';

inChromium('a post that is taken down, in an open console', (shown) => {
  const { database, visit } = shown;
  const reasons = [{ kind: 'token' as const, token: 'rahasia', weight: 2 }];
  const remove = (...postIds: string[]) =>
    database.db.transaction((tx) =>
      removePosts(
        tx,
        postIds.map((postId) => ({ what: 'post', postId })),
      ),
    );
  const cardOf = (campaignId: string) => shown.page.locator(`[id="card-${campaignId}"]`);
  const recorded = async (...flags: ReturnType<typeof aFlag>[]) => {
    const campaignId = await openCampaign(database.db);
    await recordFlags(database.db, campaignId, flags);
    return campaignId;
  };

  it('loses its text and keeps its scores, without reloading', async () => {
    const [gone, stays] = [
      aFlag({ post: { text: 'ini rahasia' }, reasons }),
      aFlag({ post: { text: 'tetap di sini' } }),
    ] as const;
    const ids = [await recorded(gone), await recorded(stays)] as const;
    await visit();
    const [card, other] = [cardOf(ids[0]), cardOf(ids[1])];
    await card.locator('mark').waitFor();
    const loadedAt = await shown.page.evaluate(() => performance.timeOrigin);

    await remove(gone.post.id);
    await card.getByText(GONE).waitFor({ timeout: 10_000 });
    expect(await card.innerText()).toContain('0.97');
    expect(await shown.page.content()).not.toContain('rahasia');
    expect(await other.innerText()).toContain('tetap di sini');
    expect(await shown.page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
  });

  it('loses it too when it was taken down while the connection was lost', async () => {
    const first = aFlag({ post: { text: 'ini rahasia' }, reasons });
    // Further down than the page that is loaded again after the loss.
    const later = Array.from({ length: 60 }, (_, i) => aFlag({ post: { text: `kabar ${i};` } }));
    await visit();
    const card = cardOf(await recorded(first));
    await card.locator('mark').waitFor();
    await recorded(...later);
    await shown.page.getByText('60 salinan').waitFor();
    await shown.feed.stop();
    await shown.page.getByText('Sambungan terputus').waitFor();
    await remove(first.post.id);
    await shown.restart();
    await card.getByText(GONE).waitFor();
    expect(await shown.page.content()).not.toContain('rahasia');
  });
});
