// The program is killed without a warning while cases are being sent, twenty times: every phrase that was shown opens its case afterwards.
// protection.md section 8, C3, C5.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openBrowser, openPage } from './lib/browser.js';
import * as contributor from './lib/contributor.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';
import { foundStaff } from './lib/staff.js';

const ROUNDS = 20;
const AT_ONCE = 3;

/** Sends one case and notes its words as soon as they can be read. */
async function sendsOne(site, browser, shown, round) {
  const page = await openPage(browser, { javaScriptEnabled: false });
  page.setDefaultTimeout(20_000);
  const mark = `mark ${Math.random()} of round ${round}`;
  const account = { ...contributor.ACCOUNT, city: null, size_class: '50k_200k', narrative: `${contributor.ACCOUNT.narrative} ${mark}` };
  try {
    const visitor = new Person(page);
    await visitor.opens(`${site.url}/share`);
    await contributor.answersTheFirstPage(visitor, account, 'send');
    shown.push({ words: await contributor.sends(visitor), mark });
  } finally {
    await page.context().close();
  }
}

/** Sends one case after the other until the site is gone. */
async function sendsUntilTheSiteIsGone(site, browser, shown, round, signal) {
  while (!signal.aborted) {
    try {
      await sendsOne(site, browser, shown, round);
    } catch (error) {
      // Once the site is gone anything may fail; before that nothing may.
      if (!signal.aborted) {
        throw error;
      }
    }
  }
}

async function opens(site, browser, { words, mark }) {
  const visitor = new Person(await openPage(browser, { javaScriptEnabled: false }));
  const text = await contributor.comesBackWithWords(visitor, site, words);
  const own = await visitor.page.locator('#own-text').inputValue();
  assert.ok(own.includes(mark), `the words open the case that they were shown for:\n${text}`);
  await visitor.page.context().close();
}

test('whoever has seen the twelve words has a stored case, whenever the program is killed', async () => {
  const site = await openSite({ environment: { CASEBOOK_LIMITS_ENABLED: 'false' } });
  const browser = await openBrowser();
  const shown = [];
  try {
    await foundStaff(site, new Person(await openPage(browser)));
    const begun = Date.now();
    await sendsOne(site, browser, shown, 'none');
    const longestRound = 2 * (Date.now() - begun);
    for (let round = 0; round < ROUNDS; round += 1) {
      const gone = new AbortController();
      const visitors = Array.from({ length: AT_ONCE }, () => sendsUntilTheSiteIsGone(site, browser, shown, round, gone.signal));
      // A failure before the end of the round ends the test, and not only after it.
      await Promise.race([pause(Math.random() * longestRound), ...visitors]);
      gone.abort();
      await site.kill();
      await Promise.all(visitors);
      await site.start();
    }
    assert.ok(shown.length >= ROUNDS / 4, `the rounds were long enough for cases to be sent: ${shown.length}`);
    for (const one of shown) {
      await opens(site, browser, one);
    }
  } finally {
    await browser.close();
    await site.close();
  }
});
