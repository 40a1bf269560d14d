import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Role } from '@siaga/storage';
import { useDatabase, type TestDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, sessionCookie } from '../visitors.fixture.js';

export const CONSOLE_DIR = path.join(import.meta.dirname, '../../dist/console');
const { CHROMIUM_PATH, CI, SIAGA_SCREENSHOTS } = process.env;
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The built console in a real browser, on the real app and a real database. */
export interface ConsoleInChromium {
  readonly database: TestDatabase;
  readonly page: Page;
  readonly feed: RunningFeed;
  /** Opens the console in a new context, signed in (as a lead unless said), and waits until it is live, if it is theirs to read. */
  visit(query?: string, options?: Visit): Promise<void>;
  /** The same beside the page that is open already: somebody else's browser. */
  beside(query?: string, options?: Visit): Promise<Page>;
  /** Starts the feed again, at the same address, after the test has stopped it. */
  restart(): Promise<void>;
}

export type Visit = BrowserContextOptions & { role?: Role | 'nobody'; as?: string };

type StartOptions = NonNullable<Parameters<typeof startFeed>[1]>;

/**
 * A suite in Chromium, skipped where there is none; in CI a missing browser is a failure.
 *
 * @param prepare what else the feed is started with
 */
export function inChromium(
  name: string,
  suite: (it: ConsoleInChromium) => void,
  prepare: () => Promise<StartOptions> = async () => ({}),
): void {
  const hasBrowser = CHROMIUM_PATH !== undefined && CHROMIUM_PATH !== '';
  if (!hasBrowser && !CI) {
    console.warn('The browser test is skipped: set CHROMIUM_PATH to a Chromium or Chrome to run it.');
  }
  (hasBrowser || CI ? describe : describe.skip)(name, () => {
    const database = useDatabase();
    let browser: Browser;
    let page: Page;
    let contexts: BrowserContext[] = [];
    let feed: RunningFeed;
    /** What the browser complained about: errors, and whatever the content security policy stopped. */
    let complaints: string[] = [];

    beforeAll(async () => {
      if (!hasBrowser) throw new Error('CHROMIUM_PATH is not set, and CI does not skip the browser test');
      if (!existsSync(path.join(CONSOLE_DIR, 'index.html'))) {
        throw new Error('the console is not built: npm run build');
      }
      browser = await chromium.launch({ executablePath: CHROMIUM_PATH as string, args: FLAGS });
      feed = await startFeed(database, { consoleDir: CONSOLE_DIR, ...(await prepare()) });
    });
    afterAll(async () => {
      await browser?.close();
      await feed?.stop();
    });
    beforeEach(async () => {
      await database.db.query('truncate campaigns cascade');
    });
    afterEach(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      contexts = [];
      // Losing the server is one test's subject, being refused another's; the browser logs both as errors of the network.
      expect(complaints.filter((text) => !/net::ERR|status of 401|status of 409/.test(text))).toEqual([]);
    });

    const opened = async (query: string, { role = 'lead', as, ...rest }: Visit) => {
      const context = await browser.newContext({ locale: 'id-ID', viewport: { width: 1280, height: 860 }, ...rest });
      contexts.push(context);
      if (role !== 'nobody') {
        const cookie = await sessionCookie(database.db, await anAccount(database.db, role, as));
        await context.addCookies([{ ...cookie, url: feed.base, httpOnly: true, sameSite: 'Strict' }]);
      }
      const one = await context.newPage();
      one.on('console', (message) => {
        // A browser logs as an error, too, that the API knows nothing of a notice or a campaign.
        const { url } = message.location();
        const isAnswer = message.text().includes('404') && /\/v1\/(platform\/)?(notices|campaigns)\//.test(url);
        // What an identity provider's pages lack is not ours to mend.
        const isElsewhere = url !== '' && !url.startsWith(feed.base);
        if (message.type() === 'error' && !isAnswer && !isElsewhere) complaints.push(message.text());
      });
      one.on('pageerror', (error) => complaints.push(error.message));
      one.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await one.goto(`${feed.base}/${query}`);
      // Who may not read has no live connection.
      const arrived = one.getByText('Langsung').or(one.getByText('Live', { exact: true }));
      await (role === 'platform' ? one.getByRole('main') : arrived).waitFor();
      return one;
    };

    suite({
      database,
      get page() {
        return page;
      },
      get feed() {
        return feed;
      },
      async visit(query = '', options = {}) {
        complaints = [];
        page = await opened(query, options);
      },
      beside: (query = '', options = {}) => opened(query, options),
      async restart() {
        feed = await startFeed(database, { consoleDir: CONSOLE_DIR, port: Number(new URL(feed.base).port) });
      },
    });
  });
}

/** How far the page is wider than its window: nothing, at any width. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** What WCAG 2.2 AA forbids and is on the page all the same, as far as a program can tell. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** Keeps a picture of the page under this name, when pictures are asked for: `SIAGA_SCREENSHOTS=docs/images`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!SIAGA_SCREENSHOTS) return;
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(SIAGA_SCREENSHOTS, `${name}.png`), animations: 'disabled' });
}
