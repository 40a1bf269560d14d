import { expect, it } from '@jest/globals';
import { inChromium } from '../console/chromium.fixture.js';

inChromium('the page of the API in Chromium', (shown) => {
  it('shows what each address takes and gives, under the policy that lets nothing inline run', async () => {
    await shown.visit();
    await shown.page.goto(`${shown.feed.base}/docs`);
    await shown.page.getByText('Flags, a page at a time').click();
    await shown.page.getByText('lowest score').first().waitFor();
    await shown.page.getByRole('button', { name: 'Try it out' }).click();
    await shown.page.getByRole('button', { name: 'Execute' }).click();
    const answer = shown.page.locator('.live-responses-table .highlight-code').first();
    await answer.getByText('"items"').waitFor();
    expect(await answer.innerText()).toContain('"next"');
  });
});
