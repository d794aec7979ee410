// axe-core over a page, by the rules of WCAG 2.2 at levels A and AA.
import assert from 'node:assert/strict';
import axe from 'axe-core';

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
