// The tools of these tests tell right from wrong: a tool that finds nothing anywhere would let every test pass.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { barriersOn } from './lib/accessible.js';
import { openBrowser, openPage } from './lib/browser.js';
import { choose, tabTo, write } from './lib/keyboard.js';
import { codeAt } from './lib/totp.js';
import { tracesOf } from './lib/traces.js';

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a word is found in each form it may have been written in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-traces-'));
  const bytes = Buffer.from('xy Zauberstadt, Ärger z');
  const wide = Buffer.from(' Zauberstadt, Ärger', 'utf16le');
  const files = [bytes, wide, bytes.toString('base64'), wide.toString('base64'), bytes.toString('hex'), wide.toString('hex').toUpperCase(),
    encodeURIComponent('Zauberstadt, Ärger'), 'zauberstadt, ärger'];
  files.forEach((content, number) => writeFileSync(join(folder, `${number}`), content));
  writeFileSync(join(folder, 'other'), 'nothing of the kind');
  assert.deepEqual(tracesOf(['Zauberstadt, Ärger'], folder).map(({ file }) => file).sort(), files.map((_, number) => `${number}`));
  rmSync(folder, { recursive: true });
});

test('the codes are those of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  assert.deepEqual([59, 1111111109, 1234567890, 20000000000].map((time) => codeAt(secret, time)), ['287082', '081804', '005924', '353130']);
});

test('axe sees a barrier where there is one', async () => {
  const page = await openPage(browser);
  await page.setContent('<html lang="en"><title>t</title><main><h1>h</h1><input name="unlabelled"><p>text</p></main></html>');
  assert.match((await barriersOn(page)).join(), /^label /);
  await page.context().close();
});

test('a form is filled in by keys alone, and what keys cannot reach is noticed', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.setContent(`<title>t</title><form><label>Name <input name="n"></label><label><input type="checkbox" name="c">Tick</label>
    <label><input type="radio" name="r" value="a">A</label><label><input type="radio" name="r" value="b">B</label>
    <button>Send</button></form><div id="lost">no link</div>`);
  await write(page, page.getByLabel('Name'), 'words');
  await choose(page, page.getByLabel('Tick'));
  await choose(page, page.getByLabel('B'));
  assert.equal(await page.getByLabel('Name').inputValue(), 'words');
  assert.ok(await page.getByLabel('Tick').isChecked());
  assert.ok(await page.getByLabel('B').isChecked());
  await assert.rejects(tabTo(page, page.locator('#lost'), { limit: 20 }), /never reaches/);
  await page.context().close();
});
