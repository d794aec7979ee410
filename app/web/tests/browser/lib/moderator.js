// How a moderator reads what was sent and makes a case of it.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const to = (person, address) => person.page.locator(`main a[href="${address}"]`);

/** Opens the first submission of the queue and begins its review; gives its address. */
export async function beginsTheReview(moderator, site) {
  await moderator.opens(`${site.url}/staff/queue`);
  await moderator.goes(moderator.page.locator('table.queue tbody th a'));
  const address = new URL(moderator.page.url()).pathname;
  await moderator.presses('Begin the review');
  return address;
}

/** Gives the case its title on the sheet for it. */
export async function titlesTheCase(moderator, address, title) {
  await moderator.follows('Title and kind');
  await moderator.answers('title', title);
  await moderator.goes(moderator.page.locator('button[name="save"]'));
  await moderator.goes(to(moderator, address));
}

/** What stands in the way of publication, as the draft's overview lists it. */
async function obstacles(moderator) {
  return (await moderator.page.locator('.notice.problem').allInnerTexts()).join('\n');
}

/** Looks at the case as readers will see it, and comes back. */
export async function looksAtThePreview(moderator, address, { says = [], hides = [] }) {
  assert.equal(await obstacles(moderator), '', 'nothing stands in the way');
  await moderator.follows('See it as readers will');
  const text = await moderator.page.locator('main').innerText();
  for (const word of says) {
    assert.ok(text.includes(word), `the preview shows ${word}:\n${text}`);
  }
  for (const word of hides) {
    assert.ok(!text.includes(word), `the preview does not show ${word}`);
  }
  await moderator.opens(new URL(address, moderator.page.url()).href);
}

/** Ticks every point of the checklist. */
export async function looksAtEverything(moderator) {
  const points = await moderator.page.locator('input[name^="checked."]').evaluateAll((all) => all.map((box) => box.name));
  assert.ok(points.length > 0, 'there is a checklist');
  for (const name of points) {
    await moderator.answers(name, 'yes');
  }
}

/** Gives a reason for each marked name that stays, and ticks the checklist. */
async function answersForIt(moderator) {
  const names = await moderator.page.locator('select[name^="waived."]').evaluateAll((all) => all.map((select) => select.name));
  for (const name of names) {
    const reason = moderator.page.locator(`select[name="${name}"] option:not([value=""])`).first();
    await moderator.answers(name, await reason.getAttribute('value'));
  }
  await looksAtEverything(moderator);
}

/** Accepts what stands in the draft. */
export async function accepts(moderator) {
  await answersForIt(moderator);
  await moderator.presses('Accept');
  await moderator.reads('Accepted');
}

/** Waits until the worker has published it; gives the address of the case. */
export async function seesItPublished(moderator, address) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    await moderator.opens(new URL(address, moderator.page.url()).href);
    const link = moderator.page.getByRole('link', { name: 'The case that came of it' });
    if ((await link.count()) > 0) {
      return link.getAttribute('href');
    }
    await pause(500);
  }
  return assert.fail('the case is not published');
}
