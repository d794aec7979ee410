// What moderators and contributors ask of each other, with script switched off: changes asked for and answered (C9), withdrawing (C11), and a
// correction after publication (C12).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSound } from './lib/accessible.js';
import { openBrowser, openPage } from './lib/browser.js';
import * as contributor from './lib/contributor.js';
import { accepts, beginsTheReview, seesItPublished, titlesTheCase } from './lib/moderator.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';
import { addModerator, foundStaff } from './lib/staff.js';

/** A site with a moderator and one account that waits; gives the people, and a way to open a further browser. */
async function oneAccount(browser) {
  const site = await openSite();
  const somebody = async () => new Person(await openPage(browser, { javaScriptEnabled: false }));
  const [administrator, mo, author] = [await somebody(), await somebody(), await somebody()];
  await foundStaff(site, administrator);
  await addModerator(administrator, mo);
  await contributor.comesToTheForm(author, site);
  await contributor.answersTheFirstPage(author, contributor.ACCOUNT, 'send');
  const words = await contributor.sends(author);
  await contributor.confirmsTheWords(author, words);
  return { site, mo, words, somebody };
}

/** The moderator begins the review and asks for a change of the account; gives the address of the submission. */
async function asksForChanges(browser, mo, site) {
  const address = await beginsTheReview(mo, site);
  await mo.follows('Ask for changes');
  await assertSound(browser, mo, mo.page.url(), 'asking');
  await mo.answers('note.narrative', 'Who showed the plan, and where?');
  await mo.answers('general', 'Thank you for this.');
  await mo.presses('Ask for these changes');
  await mo.reads('The contributor has not answered yet.');
  return address;
}

test('changes are asked for and answered in the same form, without script', async () => {
  const browser = await openBrowser();
  const { site, mo, words, somebody } = await oneAccount(browser);
  try {
    const address = await asksForChanges(browser, mo, site);
    const author = await somebody();
    await contributor.comesBackWithWords(author, site, words);
    await author.reads('Changes requested');
    await assertSound(browser, author, author.page.url(), 'own-changes');
    await author.presses('Open the form');
    await author.reads('one note of a moderator');
    await assertSound(browser, author, author.page.url(), 'topics-changes');
    await author.follows('First page');
    await author.reads('A moderator asks: Who showed the plan, and where?');
    await assertSound(browser, author, author.page.url(), 'first-changes');
    const text = await author.page.locator('[name="narrative"]').inputValue();
    await author.answers('narrative', `${text} The seller showed it in the small hall.`);
    await author.goes(author.page.locator('button[name="next"][value="send"]:not([tabindex="-1"])'));
    await author.answers('reply', 'I added who it was.');
    await assertSound(browser, author, author.page.url(), 'preview-changes');
    await author.page.waitForTimeout(5000);
    await author.answers('licence', 'yes');
    await author.goes(author.page.locator('button[name="next"][value="send"]'));
    await author.reads('It is with the moderators again');

    await mo.opens(`${site.url}/staff/queue`);
    await mo.reads('answered');
    await mo.goes(mo.page.locator('table.queue tbody th a'));
    await mo.reads('I added who it was.');
    assert.match((await mo.page.locator('.changes ins').allInnerTexts()).join(' '), /small hall/);
    await assertSound(browser, mo, mo.page.url(), 'answered');
    await mo.presses('Begin the review');
    await titlesTheCase(mo, address, 'Lamp posts that count');
    await accepts(mo);
    const reader = await somebody();
    await reader.opens(new URL(await seesItPublished(mo, address), site.url).href);
    await reader.reads('The seller showed it in the small hall.');
  } finally {
    await browser.close();
    await site.close();
  }
});

test('an account is withdrawn while changes are asked for, without script', async () => {
  const browser = await openBrowser();
  const { site, mo, words, somebody } = await oneAccount(browser);
  try {
    await asksForChanges(browser, mo, site);
    const author = await somebody();
    await contributor.comesBackWithWords(author, site, words);
    await author.follows('Withdraw this case');
    await author.presses('Withdraw it');
    await author.reads('Withdrawn. Everything you sent is destroyed.');
    await mo.opens(`${site.url}/staff/queue`);
    await mo.reads('Nothing waits here.');
  } finally {
    await browser.close();
    await site.close();
  }
});

test('a correction is asked for after publication and answered, without script', async () => {
  const browser = await openBrowser();
  const { site, mo, words, somebody } = await oneAccount(browser);
  try {
    const address = await beginsTheReview(mo, site);
    await titlesTheCase(mo, address, 'Lamp posts that count');
    await accepts(mo);
    await seesItPublished(mo, address);
    const author = await somebody();
    await contributor.comesBackWithWords(author, site, words);
    await author.reads('Is something wrong with it?');
    await assertSound(browser, author, author.page.url(), 'own-correction');
    await author.answers('wish', 'It was the spring, not the autumn.');
    await author.presses('Ask for correction');
    await author.reads('The moderators have not answered yet.');

    await mo.opens(`${site.url}/staff/queue`);
    await mo.follows('Correction');
    await mo.reads('It was the spring, not the autumn.');
    await assertSound(browser, mo, mo.page.url(), 'correction');
    await mo.answers('outcome', 'granted');
    await mo.answers('text', 'The season is put right.');
    await mo.goes(mo.page.locator('main form button').last());
    await mo.reads('Answered.');
    await author.opens(`${site.url}/return/case`);
    await author.reads('Granted.');
    await author.reads('The season is put right.');
    await assertSound(browser, author, author.page.url(), 'own-answered');
  } finally {
    await browser.close();
    await site.close();
  }
});
