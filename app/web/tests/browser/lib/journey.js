// The whole way of a case, told once: from a contributor without an account to a researcher's file. Who walks it, and how, is said by
// those who call it.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import * as contributor from './contributor.js';
import * as moderator from './moderator.js';
import * as readers from './readers.js';
import { addModerator, foundStaff, signIn } from './staff.js';

const TITLE = 'Mid-sized German city - Huawei - counting lamp posts';
const REFERENCE = '7K2MQX4T';

/** Somebody founds the staff, and a moderator joins and signs in again with both factors. */
export async function staffComesTogether(site, { administrator, newcomer, moderator: person }) {
  await foundStaff(site, administrator);
  const authenticator = await addModerator(administrator, newcomer);
  await signIn(person, site.url, 'mo', authenticator);
}

/** A visitor without an account sends a case; gives the twelve words. */
export async function aCaseIsSent(site, visitor) {
  await contributor.comesToTheForm(visitor, site);
  await contributor.answersTheFirstPage(visitor);
  const kinds = await contributor.answersEveryTopic(visitor);
  for (const kind of ['radio', 'checkbox', 'select', 'textarea', 'text for text', 'text for url', 'text for numeric']) {
    assert.ok(kinds.has(kind), `the topics ask with ${kind}: ${[...kinds]}`);
  }
  await contributor.looksAtThePreview(visitor, {
    says: ['The lamp posts were to count passers-by', 'Huawei', 'Germany'],
    hides: [contributor.ACCOUNT.city],
  });
  const words = await contributor.sends(visitor);
  await visitor.opens(`${site.url}/share/words`);
  assert.deepEqual(await contributor.readsTheWords(visitor), words, 'the words are shown again until they are confirmed');
  await contributor.confirmsTheWords(visitor, words);
  return words;
}

/** A moderator reviews and publishes it; gives its address. */
export async function itIsReviewedAndPublished(site, person) {
  const address = await moderator.beginsTheReview(person, site);
  await moderator.titlesTheCase(person, address, TITLE);
  await moderator.looksAtThePreview(person, address, { says: [TITLE, 'The lamp posts'], hides: [contributor.ACCOUNT.city] });
  await moderator.accepts(person);
  return moderator.seesItPublished(person, address);
}

/** A reader finds it by words and by a facet, reads it, and sets it beside the Duisburg-Huawei case. */
export async function aReaderFindsAndComparesIt(site, reader, address) {
  await untilIndexed(site);
  await readers.findsByWordsAndFacet(reader, site, { words: 'zwiebelturm', facet: 'Part of city life', code: 'Energy', title: TITLE });
  await reader.follows(TITLE);
  assert.equal(new URL(reader.page.url()).pathname.split('/')[2], address.split('/')[2], 'the link leads to the case');
  await reader.reads('The lamp posts were to count passers-by');
  await reader.follows('Compare with the reference case');
  await reader.reads('Duisburg');
  assert.deepEqual(new URL(reader.page.url()).searchParams.getAll('case'), [address.split('/')[2], REFERENCE]);
  assert.ok((await reader.page.locator('tr.differs').count()) > 0, 'differences are marked');
  assert.ok((await reader.page.locator('.mark.gap').count()) > 0, 'gaps are marked');
}

/** A researcher filters, and takes away exactly what the filter shows. */
export async function aResearcherTakesTheSetAway(site, researcher, address) {
  await researcher.opens(`${site.url}/cases?f.domain=energy&f.domain=connectivity`);
  const documents = await readers.takesExactlyTheFilteredSet(researcher);
  const ids = documents.map(({ id }) => id);
  assert.ok(ids.includes(address.split('/')[2]) && ids.includes(REFERENCE), `both cases are in the set: ${ids}`);
  const sent = documents.find(({ id }) => address.includes(id));
  assert.ok(!JSON.stringify(sent).includes(contributor.ACCOUNT.city), 'the file does not name what the page does not name');
}

/** The index follows a publication within moments, by a job. */
async function untilIndexed(site) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if ((await (await fetch(`${site.url}/cases?q=zwiebelturm`)).text()).includes(TITLE)) {
      return;
    }
    await pause(500);
  }
}
