// How somebody without an account sends a case, comes back to it, and takes note of the twelve words.
import assert from 'node:assert/strict';

/** A made-up account. It names neither its city nor anybody. */
export const ACCOUNT = {
  scope: 'municipality',
  country: 'DE',
  city: 'Recklinghausen',
  size_class: null,
  domain: ['energy', 'public_space'],
  proximity: 'took_part',
  narrative: `The lamp posts were to count passers-by as well. I sat in the meeting where the supplier showed the zwiebelturm plan on one page.
Nobody asked who would keep the figures, and the answer came only after the contract was signed. We were told that the price would
otherwise rise, and that other places of our size had agreed already. Later it turned out that we could not read our own figures.`,
};

/** A button of the form by what it leads to. */
const next = (person, where) => person.page.locator(`button[name="next"][value="${where}"]:not([tabindex="-1"])`);

/** Comes to the form by the site's own navigation. */
export async function comesToTheForm(person, site) {
  await person.opens(`${site.url}/`);
  await person.goes(person.page.locator('a[href="/share"]'));
}

/** Answers everything that is required, and goes on to the list of topics or straight to the preview. */
export async function answersTheFirstPage(person, account = ACCOUNT, where = 'topics') {
  for (const [name, value] of Object.entries(account)) {
    for (const one of [value].flat().filter((one) => one !== null)) {
      await person.answers(name, one);
    }
  }
  await person.goes(next(person, where));
  assert.match(person.page.url(), where === 'topics' ? /\/share\/topics$/ : /\/share\/preview$/, await problemsOn(person));
}

/** What the page says is wrong. */
async function problemsOn(person) {
  const problems = await person.page.locator('.problems, .problem-text').allInnerTexts();
  return problems.length > 0 ? problems.join('\n') : `no problem is named on ${person.page.url()}`;
}

/** Walks through all topics of the list, adds one of each repeated part, and answers every question of every kind. */
export async function answersEveryTopic(person) {
  const topics = await person.page.locator('.tasks a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(topics.length >= 5, `there is a list of topics: ${topics}`);
  const kinds = new Set();
  // Sources come first, so that the others can cite them.
  topics.sort((one, other) => Number(other.endsWith('/sources')) - Number(one.endsWith('/sources')));
  for (const topic of topics) {
    await person.goes(person.page.locator(`.tasks a[href="${topic}"]`));
    await addsParts(person);
    for (const kind of await answersAllOnPage(person)) {
      kinds.add(kind);
    }
    await person.goes(next(person, 'topics'));
    assert.match(person.page.url(), /\/share\/topics$/, `${topic}: ${await problemsOn(person)}`);
  }
  return kinds;
}

/** Presses each button that adds a part, once; parts within parts too. */
async function addsParts(person) {
  const pressed = new Set();
  for (;;) {
    const buttons = await person.page.locator('button[name="add"]').evaluateAll((all) => all.map((button) => button.value));
    const fresh = buttons.find((path) => !pressed.has(path));
    if (fresh === undefined) {
      return;
    }
    pressed.add(fresh);
    await person.goes(person.page.locator(`button[name="add"][value="${fresh}"]`));
  }
}

/** Every control of the page, in the order of the page: name, kind, the values on offer, and what is written there already. */
function controlsOf(page) {
  return page.locator('main form').first().evaluate((form) => {
    const found = new Map();
    for (const control of form.elements) {
      const { name, type, tagName, value, inputMode } = control;
      const list = control.getAttribute('list');
      if (!name || ['hidden', 'submit', 'fieldset'].includes(type)) {
        continue;
      }
      const known = found.get(name) ?? { name, kind: tagName === 'SELECT' ? 'select' : type, inputMode, list, values: [], taken: false };
      known.values.push(...(tagName === 'SELECT' ? [...control.options].map((option) => option.value) : [value]));
      known.taken ||= type === 'radio' || type === 'checkbox' ? control.checked : value !== '';
      found.set(name, known);
    }
    return [...found.values()];
  });
}

/** Names whose inputs are another way to answer, or belong to one. */
const OTHER_WAYS = /\.(status|ground|said_by|code)$|\.second(\.|$)/;
/** Words in the name of an input that takes a date. */
const DATES = /(^|[._])(start|end|requested|answered|published|removed|retrieved|date|as_of)$/;

/** Codes that are chosen wherever they are on offer: the place is not named, and Huawei is a company on the vendor's side. */
const WANTED = ['size_class', 'vendor', 'company', 'vendor_cloud'];

/** Answers every question that stands open on the page; gives the kinds of control that were met. */
async function answersAllOnPage(person) {
  const chosen = new Set();
  const kinds = new Set();
  const controls = await controlsOf(person.page);
  const groups = controls.filter(({ kind }) => kind === 'radio' || kind === 'checkbox').map(({ name }) => name);
  for (const { name, kind, inputMode, list, values, taken } of controls) {
    const group = groups.find((group) => name.startsWith(`${group}.`));
    const beside = group && name.slice(group.length + 1).split('.');
    const isOfAnother = beside?.length > 1 && !chosen.has(`${group}.${beside[0]}`);
    if (taken || OTHER_WAYS.test(name) || isOfAnother) {
      continue;
    }
    kinds.add(kind === 'text' && inputMode ? `text for ${inputMode}` : kind);
    const several = kind === 'checkbox' && !values.some((code) => WANTED.includes(code));
    const answers = several ? values.slice(0, 2) : [sampleFor(name, kind, inputMode, list, values)];
    for (const answer of answers.filter((answer) => answer !== undefined)) {
      await person.answers(name, answer);
      chosen.add(`${name}.${answer}`);
    }
  }
  return kinds;
}

function sampleFor(name, kind, inputMode, list, values) {
  const wanted = WANTED.find((code) => values.includes(code));
  if (wanted !== undefined) {
    return wanted;
  }
  if (kind === 'radio') {
    return values.find((value) => value !== 'other' && value !== '');
  }
  if (kind === 'select') {
    return values.find((value) => value !== '' && value !== 'other');
  }
  if (kind === 'textarea') {
    return 'They asked for it in writing, and we were shown one page.';
  }
  if (list === 'organisations') {
    return 'Huawei';
  }
  if (list === 'countries') {
    return 'Germany';
  }
  if (inputMode === 'url') {
    return 'https://minutes.example/2019/lamps';
  }
  if (/year$/.test(name) || DATES.test(name)) {
    return '2019';
  }
  if (inputMode === 'numeric' || inputMode === 'decimal') {
    return '118000';
  }
  return /currency$/.test(name) ? 'EUR' : 'a lamp with a counter';
}

/** Looks at the preview; `says` and `hides` are words that must and must not stand in it. */
export async function looksAtThePreview(person, { says = [], hides = [] } = {}) {
  if (!person.page.url().endsWith('/share/preview')) {
    await person.goes(person.page.locator('a[href="/share/preview"]'));
  }
  const text = await person.page.locator('body').innerText();
  for (const word of says) {
    assert.ok(text.includes(word), `the preview shows ${word}:\n${text}`);
  }
  for (const word of hides) {
    assert.ok(!text.includes(word), `the preview does not show ${word}`);
  }
}

/** Reads what will be public, ticks the licence and sends; gives the twelve words. A form that is sent faster than one reads comes back. */
export async function sends(person) {
  await person.page.waitForTimeout(5000);
  await person.answers('licence', 'yes');
  await person.goes(next(person, 'send'));
  return readsTheWords(person);
}

/** The twelve words on the page. */
export async function readsTheWords(person) {
  const words = await person.page.locator('ol.words li').allInnerTexts();
  assert.equal(words.length, 12, `twelve words are shown on ${person.page.url()}: ${await problemsOn(person)}`);
  return words;
}

/** Types the three words back that the page asks for. */
export async function confirmsTheWords(person, words) {
  for (const number of [1, 2, 3]) {
    const asked = await person.page.locator('label', { has: person.page.locator(`[name="word.${number}"]`) }).innerText();
    await person.answers(`word.${number}`, words[Number(asked.match(/\d+/)[0]) - 1]);
  }
  await person.goes(person.page.locator('form[action="/share/words"] button'));
  assert.equal(await person.page.locator('ol.words').count(), 0, 'the words are not shown any more');
}

/** Opens a case by its words; gives the text of the page. */
export async function comesBackWithWords(person, site, words) {
  await person.opens(`${site.url}/return`);
  await person.answers('words', words.join(' '));
  await person.goes(person.page.locator('form[action="/return"] button'));
  assert.match(person.page.url(), /\/return\/case/, `the words open the case: ${await problemsOn(person)}`);
  return person.page.locator('main').innerText();
}
