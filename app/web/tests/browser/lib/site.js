// The real program on a free port of loopback, with a data folder that is gone afterwards.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const binary = process.env.CASEBOOK_BINARY ?? new URL('../../../../../target/debug/casebook', import.meta.url).pathname;

/** The address of the PostgreSQL server that the tests were given, if any. */
export const postgres = process.env.TEST_DATABASE_URL;

/** What a test changes about the defaults: no waiting before publication, cheap passwords, no listener for operators. */
const settings = {
  CASEBOOK_SERVER_OPERATIONS_LISTEN: '',
  CASEBOOK_STAFF_PASSWORD_PROFILE: 'cheap',
  CASEBOOK_ACCOUNTS_DELAY_DAYS: '0',
  CASEBOOK_ACCOUNTS_BATCHES: 'none',
  CASEBOOK_ACCOUNTS_JITTER_DAYS: '0',
  CASEBOOK_JOBS_POLL_SECONDS: '1',
};

/** Starts a site. `{ database: 'postgres' }` gives it a database of its own on the server of TEST_DATABASE_URL. */
export async function openSite({ database = 'sqlite', environment = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-site-'));
  const port = await freePort();
  const site = new Site(folder, port, {
    ...inherited(),
    ...settings,
    CASEBOOK_SERVER_LISTEN: `127.0.0.1:${port}`,
    CASEBOOK_DATA_FOLDER: join(folder, 'data'),
    ...(database === 'postgres' ? { CASEBOOK_DATABASE_URL: await freshDatabase(port) } : {}),
    ...environment,
  });
  await site.start();
  return site;
}

class Site {
  constructor(folder, port, environment) {
    Object.assign(this, { folder, environment, url: `http://127.0.0.1:${port}` });
  }

  /** Starts the program and waits until it answers. */
  async start() {
    const log = openSync(join(this.folder, 'log.txt'), 'a');
    this.process = spawn(binary, ['serve'], { cwd: this.folder, env: this.environment, stdio: ['ignore', log, log] });
    this.ended = new Promise((done) => this.process.once('exit', done));
    // A test that fails before it closes its site, as for want of a browser, must end all the same; the program ends with it.
    this.process.unref();
    process.once('exit', (this.abandoned = () => this.abandon()));
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (this.process.exitCode !== null) {
        break;
      }
      if (await answers(`${this.url}/healthz`)) {
        return;
      }
      await pause(100);
    }
    throw new Error(`the site did not start:\n${this.log()}`);
  }

  /** Runs another command of the program beside the server and gives what it printed. */
  async command(...words) {
    const { stdout } = await run(binary, words, { cwd: this.folder, env: this.environment });
    return stdout;
  }

  /** What the program has logged so far. */
  log() {
    return readFileSync(join(this.folder, 'log.txt'), 'utf8');
  }

  /** Ends the program without a warning, as a power cut does. */
  async kill() {
    this.process.ref();
    this.process.kill('SIGKILL');
    await this.ended;
    process.off('exit', this.abandoned);
  }

  /** Leaves nothing behind of a site that nobody closed. */
  abandon() {
    this.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends the program in good order and removes its folder. */
  async close() {
    this.process.ref();
    this.process.kill('SIGTERM');
    const late = setTimeout(() => this.process.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(late);
    process.off('exit', this.abandoned);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The environment without settings that a developer may have given to a site of their own. */
function inherited() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CASEBOOK_')));
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** A port that nobody listened on a moment ago. */
function freePort() {
  return new Promise((found, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

async function freshDatabase(number) {
  const name = `browser_${number}_${Date.now()}`;
  await run('psql', [postgres, '--quiet', '--command', `CREATE DATABASE ${name}`]);
  return postgres.replace(/[^/]*$/, name);
}
