// Messages with script switched off (C10, M16): a contributor asks, a moderator answers from the inbox, the contributor reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNoBarriers } from './lib/accessible.js';
import { openBrowser, openPage } from './lib/browser.js';
import * as contributor from './lib/contributor.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';
import { addModerator, foundStaff } from './lib/staff.js';

/** Looks at a page in the session of a person, at each width and in each theme. */
async function looksWell(browser, person, address) {
  const storageState = await person.page.context().storageState();
  for (const width of [1280, 360]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await openPage(browser, { storageState, viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: true });
      await page.goto(address);
      await assertNoBarriers(page, `${address} at ${width} ${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `${address} fits ${width}`);
      if (process.env.PICTURES) {
        const name = new URL(address).pathname.split('/').slice(1, 3).join('-');
        await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
      await page.context().close();
    }
  }
}

test('a contributor asks, a moderator answers from the inbox, and the contributor reads it, without script', async () => {
  const browser = await openBrowser();
  const site = await openSite();
  const somebody = async () => new Person(await openPage(browser, { javaScriptEnabled: false }));
  const [administrator, mo, visitor, back] = [await somebody(), await somebody(), await somebody(), await somebody()];
  try {
    await foundStaff(site, administrator);
    await addModerator(administrator, mo);
    await contributor.comesToTheForm(visitor, site);
    await contributor.answersTheFirstPage(visitor, contributor.ACCOUNT, 'send');
    const words = await contributor.sends(visitor);
    await contributor.confirmsTheWords(visitor, words);

    await contributor.comesBackWithWords(back, site, words);
    await back.reads('nobody is notified');
    await back.answers('message', `My words are ${words.join(' ')}`);
    await back.presses('Send message');
    await back.reads('this holds twelve words');
    await back.answers('message', 'May the minutes be quoted?\nThey are not public.');
    await back.presses('Send message');
    await back.reads('Sent.');
    await back.reads('May the minutes be quoted?');

    await mo.opens(`${site.url}/staff`);
    await mo.reads('one waits for an answer');
    await mo.follows('Inbox');
    await mo.reads('waits for an answer');
    await looksWell(browser, mo, mo.page.url());
    await mo.goes(mo.page.locator('table.queue tbody th a'));
    await mo.reads('May the minutes be quoted?');
    await mo.answers('message', 'Tell it in your own words, then.');
    await mo.presses('Send message');
    await mo.reads('Sent.');
    await looksWell(browser, mo, mo.page.url());
    await mo.opens(`${site.url}/staff/inbox`);
    await mo.reads('moderators wrote last');

    await back.opens(`${site.url}/return/case`);
    await back.reads('The moderators wrote to you last');
    await back.reads('Tell it in your own words, then.');
    await back.reads('Moderator Grey wagtail');
    await looksWell(browser, back, back.page.url());
  } finally {
    await browser.close();
    await site.close();
  }
});
