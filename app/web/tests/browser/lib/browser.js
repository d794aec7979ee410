// Debian's Chromium, started so that it keeps to the pages it is shown.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path && existsSync(path),
);
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'];

/** What every start of the browser has in common. */
export const launchOptions = {
  executablePath,
  headless: true,
  // Chromium refuses its sandbox to root.
  args: process.getuid() === 0 ? ['--no-sandbox', ...quiet] : quiet,
};

/** A browser of its own; closed by whoever asked for it. */
export function openBrowser() {
  if (!executablePath) {
    throw new Error('there is no Chromium here: install it (apt-get install chromium), or let CHROMIUM name the program');
  }
  return chromium.launch(launchOptions);
}

/** A browser that keeps a profile in this folder, as a person's does. */
export function openWithProfile(folder, options = {}) {
  return chromium.launchPersistentContext(folder, { ...launchOptions, ...options });
}

/**
 * A page that remembers what a visitor would not notice: messages in the console, requests to others, answers that failed.
 * Options are those of Playwright's `newContext`.
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return Object.assign(page, { noticed: notice(page) });
}

/** Collects what happens behind a page. */
export function notice(page) {
  const noticed = { messages: [], requests: [], errors: [] };
  page.on('console', (message) => noticed.messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noticed.errors.push(String(error)));
  page.on('request', (request) => noticed.requests.push(request.url()));
  return noticed;
}
