import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** There is no browser that could print. */
export class NoChromiumError extends Error {
  override readonly name = 'NoChromiumError';
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PRINT_TIMEOUT_MS = 60_000;

/**
 * Which Chromium prints.
 *
 * @param chosen its path by the settings
 * @param searchPath as PATH has it
 * @throws NoChromiumError when there is none
 */
export function chromiumAt(chosen: string | undefined, searchPath = ''): string {
  const found = searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const file = (chosen === undefined ? found : [chosen]).find(canRun);
  if (file !== undefined) return file;
  throw new NoChromiumError(
    chosen === undefined
      ? 'a PDF is printed by Chromium, and there is none: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH'
      : `a PDF is printed by Chromium, and CHROMIUM_PATH=${chosen} cannot be run`,
  );
}

/** Prints a page that needs nothing else; it runs no script of it, and reaches no network. */
export async function printPdf(html: string, executablePath: string): Promise<Buffer> {
  // Loaded when something is printed: a service that never prints does without.
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    // Chromium refuses to sandbox what root runs.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    timeout: PRINT_TIMEOUT_MS,
  });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true, colorScheme: 'light' });
    const page = await context.newPage();
    page.setDefaultTimeout(PRINT_TIMEOUT_MS);
    await page.setContent(html);
    return await page.pdf({
      format: 'A4',
      tagged: true,
      margin: { top: '16mm', bottom: '18mm', left: '14mm', right: '14mm' },
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="width: 100%; padding: 0 14mm; font: 8px sans-serif; color: #444; text-align: right">Siaga · <span class="title"></span> · <span class="pageNumber"></span> / <span class="totalPages"></span></div>',
    });
  } finally {
    await browser.close();
  }
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
