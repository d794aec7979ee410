// The whole way by keyboard alone, without script, in a window of 320 pixels: C2, D8.
import { test } from 'node:test';
import { openBrowser, openPage } from './lib/browser.js';
import * as journey from './lib/journey.js';
import { assertFits } from './lib/keyboard.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';

test('a case travels the whole way by keyboard at 320 pixels', async () => {
  const [site, browser] = [await openSite(), await openBrowser()];
  const options = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };
  const somebody = async () => new Person(await openPage(browser, options), { keysOnly: true, seen: assertFits });
  try {
    const staff = { administrator: await somebody(), newcomer: await somebody(), moderator: await somebody() };
    await journey.staffComesTogether(site, staff);
    await journey.aCaseIsSent(site, await somebody());
    const address = await journey.itIsReviewedAndPublished(site, staff.moderator);
    await journey.aReaderFindsAndComparesIt(site, await somebody(), address);
    await journey.aResearcherTakesTheSetAway(site, await somebody(), address);
  } finally {
    await browser.close();
    await site.close();
  }
});
