// Every page of the journey with script switched on, light and dark: axe finds no barrier (WCAG 2.2, A and AA), the browser has nothing to
// say about the page or its policy, nobody else is asked for anything, and readers get no cookie. D7, D8, O9.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOOKS, assertNoBarriers } from './lib/accessible.js';
import { openBrowser, openPage } from './lib/browser.js';
import * as journey from './lib/journey.js';
import { Person } from './lib/person.js';
import { openSite } from './lib/site.js';

/** Pages that lie beside the way. */
const BESIDE = ['/', '/about', '/protection', '/log', '/codebook', '/api', '/cases', '/share', '/return', '/staff/sign-in', '/cases/7K2MQX4T', '/compare', '/compare?case=7K2MQX4T&case=00000000',
  '/method', '/statistics', '/statistics?rows=domain&columns=country'];

/** Looks at a page in both themes and both widths. */
async function look(page, where) {
  const before = page.viewportSize();
  for (const { colorScheme, ...size } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    await assertNoBarriers(page, `${where}, ${colorScheme}, ${size.width} pixels`);
  }
  await page.setViewportSize(before);
}

function assertQuiet(site, { page }) {
  assert.deepEqual(page.noticed.messages, [], 'the console is empty');
  assert.deepEqual(page.noticed.errors, [], 'no script fails');
  const others = page.noticed.requests.filter((address) => !address.startsWith(`${site.url}/`));
  assert.deepEqual(others, [], 'nobody else is asked for anything');
}

test('no page of the journey has a barrier, a complaint of the browser, or a request to others', async () => {
  const [site, browser] = [await openSite(), await openBrowser()];
  const everybody = [];
  const somebody = async () => {
    const person = new Person(await openPage(browser), { seen: look });
    everybody.push(person);
    return person;
  };
  try {
    const staff = { administrator: await somebody(), newcomer: await somebody(), moderator: await somebody() };
    await journey.staffComesTogether(site, staff);
    await journey.aCaseIsSent(site, await somebody());
    const address = await journey.itIsReviewedAndPublished(site, staff.moderator);
    const reader = await somebody();
    await journey.aReaderFindsAndComparesIt(site, reader, address);
    await journey.aResearcherTakesTheSetAway(site, reader, address);
    for (const path of BESIDE.filter((path) => !/share|return|staff/.test(path))) {
      await reader.opens(site.url + path);
    }
    assert.deepEqual(await reader.page.context().cookies(), [], 'readers get no cookie');
    const visitor = await somebody();
    for (const path of BESIDE.filter((path) => /share|return|staff/.test(path))) {
      await visitor.opens(site.url + path);
    }
    everybody.forEach((person) => assertQuiet(site, person));
  } finally {
    await browser.close();
    await site.close();
  }
});
