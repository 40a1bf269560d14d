import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Role } from '@siaga/storage';
import { useDatabase, type TestDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, sessionCookie } from '../visitors.fixture.js';

const CONSOLE_DIR = path.join(import.meta.dirname, '../../dist/console');
const { CHROMIUM_PATH, CI } = process.env;
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
  /** Opens the console in a new context, signed in (as a lead unless said), and waits until it is live. */
  visit(query?: string, options?: BrowserContextOptions & { role?: Role | 'nobody'; as?: string }): Promise<void>;
  /** Starts the feed again, at the same address, after the test has stopped it. */
  restart(): Promise<void>;
}

/** A suite in Chromium, skipped where there is none; in CI a missing browser is a failure. */
export function inChromium(name: string, suite: (it: ConsoleInChromium) => void): void {
  const hasBrowser = CHROMIUM_PATH !== undefined && CHROMIUM_PATH !== '';
  if (!hasBrowser && !CI) {
    console.warn('The browser test is skipped: set CHROMIUM_PATH to a Chromium or Chrome to run it.');
  }
  (hasBrowser || CI ? describe : describe.skip)(name, () => {
    const database = useDatabase();
    let browser: Browser;
    let page: Page;
    let feed: RunningFeed;
    /** What the browser complained about: errors, and whatever the content security policy stopped. */
    let complaints: string[] = [];

    beforeAll(async () => {
      if (!hasBrowser) throw new Error('CHROMIUM_PATH is not set, and CI does not skip the browser test');
      if (!existsSync(path.join(CONSOLE_DIR, 'index.html'))) {
        throw new Error('the console is not built: npm run build');
      }
      browser = await chromium.launch({ executablePath: CHROMIUM_PATH as string, args: FLAGS });
      feed = await startFeed(database, { consoleDir: CONSOLE_DIR });
    });
    afterAll(async () => {
      await browser?.close();
      await feed?.stop();
    });
    beforeEach(async () => {
      await database.db.query('truncate campaigns cascade');
    });
    afterEach(async () => {
      await page.context().close();
      // Losing the server is one test's subject, being refused another's; the browser logs both as errors of the network.
      expect(complaints.filter((text) => !/net::ERR|status of 401/.test(text))).toEqual([]);
    });

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
        const viewport = { width: 1280, height: 860 };
        const { role = 'lead', as, ...rest } = options;
        const context = await browser.newContext({ locale: 'id-ID', viewport, ...rest });
        if (role !== 'nobody') {
          const cookie = await sessionCookie(database.db, await anAccount(database.db, role, as));
          await context.addCookies([{ ...cookie, url: feed.base, httpOnly: true, sameSite: 'Strict' }]);
        }
        page = await context.newPage();
        page.on('console', (message) => {
          // A browser logs as an error, too, that the API knows nothing of a notice.
          const isAnswer = message.text().includes('404') && message.location().url.includes('/v1/notices/');
          if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('dialog', (dialog) => {
          complaints.push(`dialog: ${dialog.message()}`);
          void dialog.dismiss();
        });
        await page.goto(`${feed.base}/${query}`);
        await page
          .getByText('Langsung')
          .or(page.getByText('Live', { exact: true }))
          .waitFor();
      },
      async restart() {
        feed = await startFeed(database, { consoleDir: CONSOLE_DIR, port: Number(new URL(feed.base).port) });
      },
    });
  });
}

/** How far the page is wider than its window: nothing, at any width. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
