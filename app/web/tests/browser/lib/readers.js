// What readers and researchers do with published cases.
import assert from 'node:assert/strict';

/** Searches for words, then narrows the list by a code of a facet; the case is what is left. */
export async function findsByWordsAndFacet(reader, site, { words, facet, code, title }) {
  await reader.opens(`${site.url}/cases`);
  await reader.answers('q', words);
  await reader.presses('Search', reader.page.locator('main'));
  const list = reader.page.locator('main');
  assert.ok(await list.getByRole('link', { name: title }).count(), `${words} finds ${title}`);
  await reader.unfolds(/^Filter/);
  await reader.unfolds(facet);
  const choice = list.locator('.facet li', { has: reader.page.getByRole('link', { name: code, exact: true }) });
  const promised = Number(await choice.first().locator('.count').innerText());
  await reader.follows(code, choice.first());
  assert.equal(await countOn(reader), promised, `as many cases as the facet ${facet} promised for ${code}`);
  assert.ok(await list.getByRole('link', { name: title }).count(), `${code} keeps ${title}`);
}

/** How many cases the list says it holds. */
export async function countOn(reader) {
  const head = await reader.page.locator('.results-head h2').innerText();
  return Number(head.match(/\d+/)?.[0] ?? 0);
}

/** The ids on all pages of the list that the reader stands on. */
export async function idsOnAllPages(reader) {
  const ids = [];
  for (;;) {
    ids.push(...(await reader.page.locator('input[name="case"]').evaluateAll((boxes) => boxes.map((box) => box.value))));
    const next = reader.page.getByRole('link', { name: 'Next', exact: true });
    if ((await next.count()) === 0) {
      return ids;
    }
    await reader.goes(next);
  }
}

/** Follows a link to a file and gives the file's text, as a browser that saves it would. */
export async function takesAway(reader, name) {
  const address = await reader.page.getByRole('link', { name, exact: true }).first().getAttribute('href');
  const answer = await reader.page.request.get(new URL(address, reader.page.url()).href);
  assert.equal(answer.status(), 200, `${name} is given without an account`);
  return answer.text();
}

/** The researcher takes the filtered set away, as JSON Lines and as CSV: the cases of all pages, no others (R7, R13, R14). */
export async function takesExactlyTheFilteredSet(researcher) {
  const [lines, table] = [await takesAway(researcher, 'JSON Lines'), await takesAway(researcher, 'CSV')];
  const count = await countOn(researcher);
  const shown = (await idsOnAllPages(researcher)).sort();
  const documents = lines.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(shown.length, count);
  assert.deepEqual(documents.map(({ id }) => id).sort(), shown);
  for (const { id, url } of documents) {
    assert.ok(url.endsWith(`/cases/${id}`), `${id} carries its address`);
    assert.ok(table.includes(id), `${id} is a row of the table`);
  }
  return documents;
}
