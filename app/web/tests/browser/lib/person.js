// Someone at a browser. The journeys speak to a person and do not say how: with a pointing device, or with a keyboard alone.
import assert from 'node:assert/strict';
import * as keyboard from './keyboard.js';

/** Hands on a pointing device. */
const pointing = {
  press: (page, target) => Promise.all([page.waitForEvent('domcontentloaded'), target.first().click()]),
  write: (page, target, text) => target.first().fill(text),
  choose: (page, target) => target.first().check(),
  pick: (page, target, label) => target.first().selectOption({ label }),
  unfold: (page, target) => target.first().click(),
};

export class Person {
  /** `seen(page, what)` is called on every page that the person comes to. */
  constructor(page, { keysOnly = false, seen = async () => {} } = {}) {
    Object.assign(this, { page, seen, hands: keysOnly ? keyboard : pointing });
  }

  /** Opens an address, as from a bookmark. */
  async opens(url) {
    const answer = await this.page.goto(url);
    assert.equal(answer.status(), 200, `${url} opens`);
    await this.seen(this.page, url);
  }

  /** Follows a link by its words. */
  async follows(name, within = this.page) {
    await this.goes(within.getByRole('link', { name }));
  }

  /** Presses a button by its words. */
  async presses(name, within = this.page) {
    await this.goes(within.getByRole('button', { name }));
  }

  /** Follows or presses what leads to another page. */
  async goes(target) {
    await this.hands.press(this.page, target);
    await this.seen(this.page, this.page.url());
  }

  /** Writes into the field of this label. */
  async writes(label, text, within = this.page) {
    await this.hands.write(this.page, within.getByLabel(label), text);
  }

  /** Opens a part of the page, unless it lies open already or always does at this width. */
  async unfolds(name) {
    const summary = this.page.locator('summary').filter({ hasText: name }).first();
    const isFolded = await summary.evaluate((node) => node.checkVisibility() && !node.parentElement.open);
    if (isFolded) {
      await this.hands.unfold(this.page, summary);
    }
  }

  /** Answers an input by its name: writes, ticks, chooses or picks, whichever the input takes. */
  async answers(name, value) {
    const inputs = this.page.locator(`[name="${name}"]:not([type=hidden])`);
    assert.ok((await inputs.count()) > 0, `the page asks for ${name}`);
    const kind = await inputs.first().evaluate((node) => (node.tagName === 'INPUT' ? node.type : node.tagName.toLowerCase()));
    if (kind === 'radio' || kind === 'checkbox') {
      await this.hands.choose(this.page, this.page.locator(`[name="${name}"][value="${value}"]`));
    } else if (kind === 'select') {
      const label = await inputs.first().evaluate((node, wanted) => [...node.options].find((option) => option.value === wanted)?.textContent, value);
      assert.ok(label, `${name} can be ${value}`);
      await this.hands.pick(this.page, inputs, label.trim());
    } else {
      await this.hands.write(this.page, inputs, value);
    }
  }

  /** Fails unless the page says this. */
  async reads(words) {
    const text = await this.page.locator('body').innerText();
    const says = words instanceof RegExp ? words.test(text) : text.includes(words);
    assert.ok(says, `${this.page.url()} does not say ${words}:\n${text}`);
  }
}
