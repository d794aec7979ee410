// What stays on the disk of somebody who sent a case: neither the text, nor the city, nor the words. C13, protection.md section 2.
// The same search over the same kind of profile finds all of it when the site takes no care.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { notice, openBrowser, openPage, openWithProfile } from './lib/browser.js';
import { openCarelessSite } from './lib/careless.js';
import * as contributor from './lib/contributor.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';
import { foundStaff } from './lib/staff.js';
import { tracesOf } from './lib/traces.js';

const TEXT = ['lamp posts were to count', 'zwiebelturm', 'figures, and the answer came'];
const { city } = contributor.ACCOUNT;

/** Does something in a browser with a profile, closes it, and gives what is found of the words that this returned. */
async function leavesBehind(visit, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-profile-'));
  try {
    const context = await openWithProfile(folder, options);
    const [page] = context.pages();
    const words = await visit(Object.assign(page, { noticed: notice(page) }));
    // The browser writes its session down every few seconds.
    await pause(6000);
    await context.close();
    return tracesOf(words, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sendsACase(site, page) {
  const visitor = new Person(page);
  await contributor.comesToTheForm(visitor, site);
  // A form that is refused must leave no more behind than one that is taken.
  await assert.rejects(contributor.answersTheFirstPage(visitor, { ...contributor.ACCOUNT, city: 'Nowhere in particular' }));
  await contributor.answersTheFirstPage(visitor);
  await contributor.looksAtThePreview(visitor, { says: TEXT.slice(0, 1) });
  const words = await contributor.sends(visitor);
  await contributor.confirmsTheWords(visitor, words);
  await contributor.comesBackWithWords(visitor, site, words);
  return [...TEXT, city, words.join(' '), ...pairsOf(words)];
}

/** Single words of the list are words of the language; two in a row are nobody else's. */
function pairsOf(words) {
  return words.slice(1).map((word, at) => `${words[at]} ${word}`);
}

test('the profile of a contributor keeps neither the text, nor the city, nor the words', async (context) => {
  const site = await openSite();
  const browser = await openBrowser();
  try {
    await foundStaff(site, new Person(await openPage(browser)));
    for (const javaScriptEnabled of [true, false]) {
      await context.test(javaScriptEnabled ? 'with script' : 'without script', async () => {
        assert.deepEqual(await leavesBehind((page) => sendsACase(site, page), { javaScriptEnabled }), []);
      });
    }
  } finally {
    await browser.close();
    await site.close();
  }
});

test('the same search finds what a careless site leaves behind', async () => {
  const site = await openCarelessSite();
  try {
    const found = await leavesBehind(async (page) => {
      await page.goto(site.url);
      await page.fill('textarea', contributor.ACCOUNT.narrative);
      await page.fill('input', city);
      await page.click('button');
      await page.waitForURL(/sent$/);
      return [...TEXT, city];
    });
    assert.deepEqual(new Set(found.map(({ word }) => word)), new Set([...TEXT, city]), 'text and city are found');
  } finally {
    site.close();
  }
});
