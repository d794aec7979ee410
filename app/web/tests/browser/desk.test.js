// The moderation desk with script switched off: publication by two (M12, M13), and an edit through an expired session.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { assertSound } from './lib/accessible.js';
import { openBrowser, openPage } from './lib/browser.js';
import * as journey from './lib/journey.js';
import { accepts, beginsTheReview, looksAtEverything, seesItPublished, titlesTheCase } from './lib/moderator.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';
import { addModerator, foundStaff, givesBothFactors, signIn } from './lib/staff.js';

/** A site with its staff and one account that waits; gives the people and their authenticators. */
async function deskWithOneAccount(browser, environment = {}) {
  const site = await openSite({ environment });
  const somebody = async () => new Person(await openPage(browser, { javaScriptEnabled: false }));
  const [administrator, mo, jo] = [await somebody(), await somebody(), await somebody()];
  await foundStaff(site, administrator);
  const authenticator = await addModerator(administrator, mo);
  await addModerator(administrator, jo, 'jo', 'Marsh harrier');
  await journey.aCaseIsSent(site, await somebody());
  return { site, mo, jo, authenticator };
}

test('what is marked is accepted by one moderator and confirmed by another, without script', async () => {
  const browser = await openBrowser();
  const { site, mo, jo } = await deskWithOneAccount(browser);
  try {
    const address = await beginsTheReview(mo, site);
    await titlesTheCase(mo, address, 'Lamp posts that count');
    await mo.answers('risk', 'source_at_risk');
    await mo.presses('Save the mark');
    await accepts(mo);
    await mo.reads('A second moderator has to confirm it.');
    await jo.opens(`${site.url}/staff/queue`);
    await jo.reads('waits for your confirmation');
    await jo.goes(jo.page.locator('table.queue tbody th a'));
    await jo.reads('Grey wagtail has accepted this text');
    await looksAtEverything(jo);
    await jo.presses('Confirm');
    await jo.reads('Accepted. It will be published on');
    assert.match(await seesItPublished(jo, address), /^\/cases\//);
  } finally {
    await browser.close();
    await site.close();
  }
});

test('an edit through an expired session comes back after signing in, without script', async () => {
  const browser = await openBrowser();
  const { site, mo, authenticator } = await deskWithOneAccount(browser, { CASEBOOK_STAFF_SESSION_IDLE_MINUTES: '1' });
  try {
    // Sending the account took longer than this session may be idle.
    await signIn(mo, site.url, 'mo', authenticator);
    const address = await beginsTheReview(mo, site);
    await mo.follows('Title and kind');
    await mo.answers('title', 'A title that took an hour');
    await pause(61_000);
    await mo.goes(mo.page.locator('button[name="save"]'));
    assert.match(mo.page.url(), /\/staff\/sign-in/);
    await givesBothFactors(mo, 'mo', authenticator);
    await mo.reads('What you typed was kept');
    await mo.reads('A title that took an hour');
    await mo.presses('Send it now');
    await mo.reads('Saved.');
    assert.equal(await mo.page.locator('[name="title"]').inputValue(), 'A title that took an hour');
    await mo.opens(new URL(address, mo.page.url()).href);
    await mo.reads('A title that took an hour');
  } finally {
    await browser.close();
    await site.close();
  }
});

test('the desk has no barriers and fits a narrow screen', async () => {
  const browser = await openBrowser();
  const { site, mo } = await deskWithOneAccount(browser);
  try {
    const address = await beginsTheReview(mo, site);
    await mo.answers('risk', 'source_at_risk');
    await mo.presses('Save the mark');
    await mo.presses('Claim it');
    await assertSound(browser, mo, `${site.url}/staff/queue`, 'queue');
    await assertSound(browser, mo, new URL(address, site.url).href, 'submission');
  } finally {
    await browser.close();
    await site.close();
  }
});
