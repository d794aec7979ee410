// How people come to the staff: by a link from the command line, or by one from an administrator.
import { Authenticator } from './totp.js';

const PASSWORD = 'gravel orchid lantern seventeen';

/** Opens a link of invitation and fills in the page; gives the person's authenticator. */
async function join(person, link, name, alias) {
  await person.opens(link);
  const authenticator = new Authenticator(await person.page.locator('.secret').innerText());
  await person.answers('login_name', name);
  await person.answers('alias', alias);
  await person.answers('password', PASSWORD);
  await person.answers('repeated', PASSWORD);
  await person.answers('code', await authenticator.code());
  await person.presses('Join');
  return authenticator;
}

/** The first administrator joins and types the recovery key back, by which intake opens. */
export async function foundStaff(site, person) {
  const [link] = (await site.command('staff', 'invite', '--role', 'administrator')).match(/http\S+/);
  await join(person, link, 'ada', 'Blue heron');
  const words = await person.page.locator('ol.words li').allInnerTexts();
  await person.answers('words', words.join(' '));
  await person.presses('These are the words');
  await person.reads('noted as written down');
}

/** An administrator invites a moderator, who joins and is admitted. */
export async function addModerator(administrator, moderator, name = 'mo', alias = 'Grey wagtail') {
  await administrator.opens(new URL('/staff/members', administrator.page.url()).href);
  await administrator.presses('Make a link');
  const link = await administrator.page.locator('.secret').innerText();
  const authenticator = await join(moderator, link, name, alias);
  await administrator.opens(new URL('/staff/members', administrator.page.url()).href);
  await administrator.presses(/^Admit/);
  await administrator.reads('Admitted');
  return authenticator;
}

/** Signs in with both factors. */
export async function signIn(person, url, name, authenticator) {
  await person.opens(new URL('/staff/sign-in', url).href);
  await givesBothFactors(person, name, authenticator);
}

/** Fills in the page for signing in that lies open, wherever it leads. */
export async function givesBothFactors(person, name, authenticator) {
  await person.answers('name', name);
  await person.answers('password', PASSWORD);
  await person.presses('Sign in', person.page.locator('main'));
  await person.answers('code', await authenticator.code());
  await person.presses('Go on');
}
