// axe-core over a page, by the rules of WCAG 2.2 at levels A and AA, and whether it fits the screen.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { openPage } from './browser.js';

/** Each page is looked at twice, so that each theme and each width has its turn; they do not bear on each other. */
export const LOOKS = [{ colorScheme: 'light', width: 1280, height: 900 }, { colorScheme: 'dark', width: 360, height: 740 }];

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** What axe finds on a page, one line for each place. */
export async function barriersOn(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), RULES);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(' ')} ${node.html}`));
}

/** Fails with everything that axe finds. */
export async function assertNoBarriers(page, where) {
  const barriers = await barriersOn(page);
  assert.deepEqual(barriers, [], `${where}: ${barriers.length} barriers`);
}

/**
 * Fails where a page, in the session of a person, has barriers or is wider than the screen. Where PICTURES names a folder, a picture of
 * each look is left in it under this name.
 */
export async function assertSound(browser, person, address, name) {
  const storageState = await person.page.context().storageState();
  for (const { colorScheme, ...viewport } of LOOKS) {
    const page = await openPage(browser, { storageState, viewport, colorScheme });
    await page.goto(address);
    await assertNoBarriers(page, `${name}, ${colorScheme}, ${viewport.width} pixels`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${name} fits ${viewport.width} pixels`);
    if (process.env.PICTURES) {
      await page.screenshot({ path: `${process.env.PICTURES}/${name}-${viewport.width}-${colorScheme}.png`, fullPage: true });
    }
    await page.context().close();
  }
}
