// A person with a keyboard and nothing else: every element is reached by Tab, every choice is made by keys.
import assert from 'node:assert/strict';

/** Presses Tab until the element has the focus; fails when the whole page was walked without meeting it. */
export async function tabTo(page, target, { limit = 600 } = {}) {
  const wanted = target.first();
  await wanted.waitFor({ state: 'attached' });
  for (let presses = 0; presses < limit; presses += 1) {
    if (await hasFocus(wanted)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${target}`);
}

const hasFocus = (element) => element.evaluate((node) => node === node.ownerDocument.activeElement);

/** Follows a link or presses a button. */
export async function press(page, target) {
  await tabTo(page, target);
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
}

/** Opens a part of the page that lies folded. */
export async function unfold(page, target) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Writes into a field, in place of what stands there. */
export async function write(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** Ticks a box, or chooses a radio button by the arrows of its group. */
export async function choose(page, target) {
  const [type, value] = await target.first().evaluate((node) => [node.type, node.value]);
  if (type === 'checkbox') {
    await tabTo(page, target);
    if (!(await target.first().isChecked())) {
      await page.keyboard.press('Space');
    }
    return;
  }
  if (await target.first().isChecked()) {
    return;
  }
  const name = await target.first().getAttribute('name');
  await tabToGroup(page, name);
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 100; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement.value === wanted, value)) {
      assert.ok(await target.first().isChecked(), `${name} = ${value} is chosen`);
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`the arrows never reach ${name} = ${value}`);
}

/** Tab enters a group of radio buttons at one of them, whichever that is. */
async function tabToGroup(page, name) {
  for (let presses = 0; presses < 600; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement.name === wanted, name)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches the group ${name}`);
}

/** Chooses from a drop-down list by typing the beginning of the choice's words. */
export async function pick(page, target, label) {
  await tabTo(page, target);
  await page.keyboard.type(label);
  const chosen = await target.first().evaluate((node) => node.selectedOptions[0]?.textContent.trim());
  assert.equal(chosen, label);
}

/** Fails if the page must be scrolled sideways. */
export async function assertFits(page, where) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= window, `${where} is ${content} pixels wide in a window of ${window}`);
}
