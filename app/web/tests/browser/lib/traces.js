// Looks for words in every file of a folder, in the forms in which a program may have written them down.
import { readdirSync, readFileSync, lstatSync } from 'node:fs';
import { join } from 'node:path';

/** The byte strings that a word may have become. */
export function formsOf(word) {
  const utf8 = Buffer.from(word, 'utf8');
  const utf16 = Buffer.from(word, 'utf16le');
  const forms = [utf8, utf16, Buffer.from(utf16).swap16(), Buffer.from(encodeURIComponent(word)),
    Buffer.from(encodeURIComponent(word).replaceAll('%20', '+'))];
  for (const bytes of [utf8, utf16]) {
    forms.push(Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('hex').toUpperCase()));
    forms.push(...base64Cores(bytes));
  }
  return forms;
}

/** The part of a word's base64 form that does not depend on its neighbours, for each of the three places it may begin at. */
function base64Cores(bytes) {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replaceAll('=', '');
    const tail = (bytes.length + shift) % 3 === 0 ? 0 : 1;
    return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, text.length - tail));
  });
}

/** Every file under a folder. */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile());
}

/** Where the words are found: `{word, file}` for each. Words come in lower case too, as an index would keep them. */
export function tracesOf(words, folder) {
  const sought = words.map((word) => ({ word, forms: [...formsOf(word), ...formsOf(word.toLowerCase())] }));
  const found = [];
  for (const file of filesIn(folder)) {
    const content = readFileSync(file);
    for (const { word, forms } of sought) {
      if (forms.some((form) => content.includes(form))) {
        found.push({ word, file: file.slice(folder.length + 1) });
      }
    }
  }
  return found;
}
