// A case travels the whole way with script switched off: S1, S5, S13, C1-C3, C5, C16, C17, C19, C20, M1, M4, M19, O11, R1-R3, R5, R7, R13,
// R14, R20-R22, D4. Once on SQLite with nothing else, and once on PostgreSQL where TEST_DATABASE_URL names a server.
import { test } from 'node:test';
import { openBrowser, openPage } from './lib/browser.js';
import { comesBackWithWords } from './lib/contributor.js';
import * as journey from './lib/journey.js';
import { Person } from './lib/person.js';
import { openSite, postgres } from './lib/site.js';

async function travel(database) {
  const [site, browser] = [await openSite({ database }), await openBrowser()];
  const somebody = async () => new Person(await openPage(browser, { javaScriptEnabled: false }));
  try {
    const staff = { administrator: await somebody(), newcomer: await somebody(), moderator: await somebody() };
    await journey.staffComesTogether(site, staff);
    const words = await journey.aCaseIsSent(site, await somebody());
    const address = await journey.itIsReviewedAndPublished(site, staff.moderator);
    await journey.aReaderFindsAndComparesIt(site, await somebody(), address);
    await journey.aResearcherTakesTheSetAway(site, await somebody(), address);
    const back = await somebody();
    await comesBackWithWords(back, site, words);
    await back.reads('published');
  } finally {
    await browser.close();
    await site.close();
  }
}

test('a case travels from an anonymous contributor to a researcher, without script', () => travel('sqlite'));

test('the same on PostgreSQL', { skip: !postgres && 'TEST_DATABASE_URL names no server' }, () => travel('postgres'));
