// Called by scripts/bench: imports generated cases, serves them, and prints how long things take beside references of the same run.
import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, openSync, readFileSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const [casebook, generate, folder, count] = process.argv.slice(2);
const port = 20000 + Math.floor(Math.random() * 30000);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const env = {
  ...process.env,
  CASEBOOK_DATA_FOLDER: join(folder, 'data'),
  CASEBOOK_SERVER_LISTEN: `127.0.0.1:${port}`,
  CASEBOOK_SERVER_OPERATIONS_LISTEN: '',
  CASEBOOK_LIMITS_ENABLED: 'false',
  CASEBOOK_LOG_LEVEL: 'warn',
};
const rows = [];
const report = (what, figure, wanted = '') => rows.push([what, figure, wanted]);

/** Runs a command to its end and gives the seconds it took. */
function timed(program, ...words) {
  const begun = performance.now();
  execFileSync(program, words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return (performance.now() - begun) / 1000;
}

/** One answer: status, bytes and milliseconds from the first byte sent to the last byte read. */
function get(path) {
  return new Promise((done, failed) => {
    const begun = performance.now();
    const asked = request({ host: '127.0.0.1', port, path, agent }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk) => {
        bytes += chunk.length;
      });
      answer.on('end', () => done({ status: answer.statusCode, bytes, took: performance.now() - begun }));
    });
    asked.on('error', failed);
    asked.end();
  });
}

/** The median of many answers, in milliseconds, one after the other on one connection. */
async function median(paths, rounds) {
  const took = [];
  for (let round = 0; round < rounds; round += 1) {
    const path = paths[round % paths.length];
    const answer = await get(path);
    if (answer.status !== 200) {
      throw new Error(`${path} answered ${answer.status}`);
    }
    took.push(answer.took);
  }
  took.splice(0, Math.min(20, Math.floor(rounds / 10)));
  return took.sort((a, b) => a - b)[Math.floor(took.length / 2)];
}

/** Starts the site and waits until it answers. */
async function serve() {
  const log = openSync(join(folder, 'log.txt'), 'a');
  const server = spawn(casebook, ['serve'], { env, stdio: ['ignore', log, log] });
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (await get('/healthz').then((answer) => answer.status === 200, () => false)) {
      return server;
    }
    await pause(100);
  }
  server.kill();
  throw new Error(`the site did not start:\n${readFileSync(join(folder, 'log.txt'), 'utf8')}`);
}

async function stop(server) {
  const ended = new Promise((done) => server.once('exit', done));
  server.kill();
  await ended;
}

/** Resident memory of a process in MB, from Linux. */
function resident(server, which) {
  return Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(new RegExp(`${which}:\\s+(\\d+)`))[1]) / 1024;
}

/** The ids of some hundred cases, from all over the file. */
async function someIds() {
  const step = Math.max(1, Math.floor(count / 200));
  const ids = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(cases) })) {
    number += 1;
    const record = number % step === 0 ? JSON.parse(line) : {};
    if (record.record === 'case') {
      ids.push(record.id);
    }
  }
  return ids;
}

const ms = (value) => `${value.toFixed(2)} ms`;
const megabytes = (path) => statSync(path).size / 1e6;
const cases = join(folder, 'cases.jsonl');

// The first start makes the database, the reference case and the organisations that cases name.
await stop(await serve());
const seconds = timed(generate, cases, count);
report(`generate ${count} cases (${megabytes(cases).toFixed(0)} MB)`, `${seconds.toFixed(1)} s`);
report('import and index them', `${timed(casebook, 'import', cases).toFixed(1)} s`, 'under 60 s');

const server = await serve();
const ids = await someIds();
report('reference: /healthz', ms(await median(['/healthz'], 2000)));
report('a case page, each time another', ms(await median(ids.map((id) => `/cases/${id}`), 1000)), 'under 2 ms');
report('the list, all facets, no words', ms(await median(['/cases'], 300)), 'under 15 ms');
report('the list with words that fit every case', ms(await median(['/cases?q=city'], 300)), 'under 15 ms');
report('the list with rare words and two filters', ms(await median(['/cases?q=memorandum+council&f.domain=mobility&f.kind=agreement'], 300)),
  'under 15 ms');
report('resident memory after that', `${resident(server, 'VmRSS').toFixed(0)} MB`, 'under 400 MB');
const exported = await get('/cases.jsonl');
report(`export of everything (${(exported.bytes / 1e6).toFixed(0)} MB)`, `${(exported.bytes / 1e3 / exported.took).toFixed(0)} MB/s`,
  'over 100 MB/s');
const begun = performance.now();
execFileSync('sh', ['-c', 'cat "$1" | cat >/dev/null', 'sh', cases], { stdio: ['ignore', 'ignore', 'inherit'] });
report('reference: cat of the generated file through a pipe', `${(megabytes(cases) / ((performance.now() - begun) / 1000)).toFixed(0)} MB/s`);
report('the most memory it ever held', `${resident(server, 'VmHWM').toFixed(0)} MB`);
await stop(server);
agent.destroy();

const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, figure, wanted] of rows) {
  console.log(`${what.padEnd(width)}  ${figure.padStart(12)}  ${wanted}`);
}
