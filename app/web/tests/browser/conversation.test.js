// Messages with script switched off (C10, M16): a contributor asks, a moderator answers from the inbox, the contributor reads it.
import { test } from 'node:test';
import { assertSound } from './lib/accessible.js';
import { openBrowser, openPage } from './lib/browser.js';
import * as contributor from './lib/contributor.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';
import { addModerator, foundStaff } from './lib/staff.js';

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
    await assertSound(browser, mo, mo.page.url(), 'inbox-thread');
    await mo.goes(mo.page.locator('table.queue tbody th a'));
    await mo.reads('May the minutes be quoted?');
    await mo.answers('message', 'Tell it in your own words, then.');
    await mo.presses('Send message');
    await mo.reads('Sent.');
    await assertSound(browser, mo, mo.page.url(), 'inbox-answered');
    await mo.opens(`${site.url}/staff/inbox`);
    await mo.reads('moderators wrote last');

    await back.opens(`${site.url}/return/case`);
    await back.reads('The moderators wrote to you last');
    await back.reads('Tell it in your own words, then.');
    await back.reads('Moderator Grey wagtail');
    await assertSound(browser, back, back.page.url(), 'own-messages');
  } finally {
    await browser.close();
    await site.close();
  }
});
