// Called by scripts/bench: imports generated cases unless an earlier run has, serves them, and prints how long things take, how fast they
// come and how much memory they need, beside references of the same run.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const [output, folder, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const casebook = join(output, 'casebook');
const cases = join(folder, 'cases.jsonl');
const database = join(folder, 'data', 'casebook.sqlite3');
const kept = join(folder, 'imported.json');
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
const LIST_WANTED = count > 100_000 ? 'under 40 ms' : 'under 15 ms';
/** How often a rate is measured; the median counts, and the spread is told. */
const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 32;

const rows = [];
const report = (what, figure, { wanted = '', memory = '', reference = '' } = {}) => {
  rows.push([what, figure, wanted, memory, reference]);
  console.error(`  ${what}: ${figure}`);
};
const ms = (value) => `${value.toFixed(2)} ms`;
const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Memory of a process in MB, from Linux: `VmRSS` now, `VmHWM` at most since the last `forget`. */
function resident(server, which) {
  return Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(new RegExp(`${which}:\\s+(\\d+)`))[1]) / 1024;
}

/** Makes the kernel forget how much memory the process once held; where it will not, the peak is that since the start. */
function forget(server) {
  try {
    writeFileSync(`/proc/${server.pid}/clear_refs`, '5');
  } catch {
    sinceStart = true;
  }
}
let sinceStart = false;

const peak = (server) => `${resident(server, 'VmHWM').toFixed(0)} MB`;

/** Runs a command to its end; gives the seconds it took and the most memory it held, in MB. */
async function timed(program, ...words) {
  const begun = performance.now();
  const child = spawn(program, words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let most = 0;
  const watch = setInterval(() => {
    try {
      most = Math.max(most, resident(child, 'VmHWM'));
    } catch {
      // It has just ended.
    }
  }, 200);
  const code = await new Promise((done, failed) => child.once('exit', done).once('error', failed));
  clearInterval(watch);
  if (code !== 0) {
    throw new Error(`${program} ${words.join(' ')} ended with ${code}`);
  }
  return { seconds: (performance.now() - begun) / 1000, most };
}

/** One answer: status, bytes and milliseconds from the first byte sent to the last byte read; its body where it is wanted. */
function get(path, { headers = {}, whole = false } = {}) {
  return new Promise((done, failed) => {
    const begun = performance.now();
    const asked = request({ host: '127.0.0.1', port, path, agent, headers }, (answer) => {
      let bytes = 0;
      const chunks = [];
      answer.on('data', (chunk) => {
        bytes += chunk.length;
        if (whole) {
          chunks.push(chunk);
        }
      });
      answer.on('error', failed);
      answer.on('end', () =>
        done({ status: answer.statusCode, bytes, took: performance.now() - begun, body: Buffer.concat(chunks) }));
    });
    // While other programs ran here, the server has let go of a connection that nobody used: that is no answer, so it is asked anew.
    const isStale = (error) => asked.reusedSocket && error.code === 'ECONNRESET';
    asked.on('error', (error) => (isStale(error) ? get(path, { headers, whole }).then(done, failed) : failed(error)));
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
  return middle(took);
}

/** Starts a server and waits until it answers. */
async function serve(program, words, address) {
  const log = openSync(join(folder, 'log.txt'), 'a');
  const server = spawn(program, words, { env, stdio: ['ignore', log, log] });
  for (let attempt = 0; attempt < 6000; attempt += 1) {
    if (server.exitCode !== null) {
      break;
    }
    if (await fetch(address).then((answer) => answer.status === 200, () => false)) {
      return server;
    }
    await pause(100);
  }
  server.kill();
  throw new Error(`${program} did not start:\n${readFileSync(join(folder, 'log.txt'), 'utf8').slice(-2000)}`);
}

const site = () => serve(casebook, ['serve'], `http://127.0.0.1:${port}/healthz`);

async function stop(server) {
  const ended = new Promise((done) => server.once('exit', done));
  server.kill();
  await ended;
}

/** Requests in a second, by wrk. */
function rate(at, path, headers) {
  const words = ['-t2', `-c${CONNECTIONS}`, `-d${SECONDS}s`];
  for (const [name, value] of Object.entries(headers)) {
    words.push('-H', `${name}: ${value}`);
  }
  const said = spawnSync('wrk', [...words, `http://127.0.0.1:${at}${path}`], { encoding: 'utf8' });
  if (said.status !== 0 || /Non-2xx/.test(said.stdout)) {
    throw new Error(`wrk ${path}:\n${said.stdout}${said.stderr}`);
  }
  return Number(said.stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}

const spread = (rates) => `${(((Math.max(...rates) - Math.min(...rates)) / middle(rates)) * 100).toFixed(0)} %`;

/** A page beside a bare handler that sends the same bytes, in turns, under the same load. */
async function beside(what, server, path, headers = {}) {
  const page = await get(path, { headers, whole: true });
  const file = join(folder, `page-${createHash('sha256').update(page.body).digest('hex').slice(0, 8)}`);
  writeFileSync(file, page.body);
  const bare = await serve(join(output, 'examples', 'bare'), [`127.0.0.1:${port + 1}`, file], `http://127.0.0.1:${port + 1}/`);
  forget(server);
  const [ours, theirs] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(rate(port, path, headers));
    theirs.push(rate(port + 1, '/', headers));
  }
  await stop(bare);
  rmSync(file);
  const [our, their] = [middle(ours), middle(theirs)];
  report(what, `${our.toFixed(0)}/s, ${mb(our * page.bytes)}/s`, {
    wanted: 'over 50 % of bare',
    memory: peak(server),
    reference: `bare handler ${their.toFixed(0)}/s: ${((our / their) * 100).toFixed(0)} % (spread ${spread(ours)}, bare ${spread(theirs)})`,
  });
}

/** What SQLite's own command line needs to write the rows of the projections as CSV. */
function sqlite() {
  const values = `SELECT group_concat(field || '=' || coalesce(code, '') || ' ' || coalesce(status, ''), ';') FROM case_values v WHERE v.case_id = c.id`;
  const parties = `SELECT group_concat(organisation_id || ' ' || role, ';') FROM case_organisations o WHERE o.case_id = c.id`;
  const query = `SELECT c.id, c.revision, c.revised, c.title_folded, c.population, c.year_from, c.year_to, c.computed, (${values}), (${parties})
    FROM cases c WHERE c.visibility = 'public' ORDER BY c.ordinal`;
  const begun = performance.now();
  const said = spawnSync('sh', ['-c', 'sqlite3 -readonly -csv "$1" "$2" | wc -c', 'sh', database, query], { encoding: 'utf8' });
  if (said.status !== 0 || said.stderr !== '') {
    throw new Error(`sqlite3: ${said.stderr}`);
  }
  return { bytes: Number(said.stdout), seconds: (performance.now() - begun) / 1000 };
}

/** Some ids from all over the table. */
function someIds() {
  const step = Math.max(1, Math.floor(count / 200));
  const query = `SELECT id FROM cases WHERE visibility = 'public' AND ordinal % ${step} = 0 LIMIT 300`;
  const said = spawnSync('sqlite3', ['-readonly', database, query], { encoding: 'utf8' });
  return said.stdout.split('\n').filter((id) => id !== '');
}

/** Generates and imports, unless an earlier run has. */
async function prepare() {
  if (existsSync(kept)) {
    console.error('An earlier run has imported the cases; --fresh does so anew.');
    return JSON.parse(readFileSync(kept, 'utf8'));
  }
  rmSync(join(folder, 'data'), { recursive: true, force: true });
  // The first start makes the database, the reference case and the organisations that cases name.
  await stop(await site());
  const generated = await timed(join(output, 'examples', 'generate'), cases, String(count));
  const bytes = statSync(cases).size;
  console.error(`  generated ${mb(bytes)} in ${generated.seconds.toFixed(0)} s; importing`);
  const imported = await timed(casebook, 'import', cases);
  rmSync(cases);
  const found = { generated: generated.seconds, bytes, imported: imported.seconds, most: imported.most, fresh: true };
  writeFileSync(kept, JSON.stringify({ ...found, fresh: false }));
  return found;
}

async function pages(server) {
  const timing = async (what, path, rounds, wanted = '') => {
    forget(server);
    const took = await median([path], rounds);
    report(what, ms(took), { wanted, memory: peak(server) });
  };
  const first = await get('/cases');
  report('the first list after the start, with the catalogue', ms(first.took), { memory: peak(server) });
  const rounds = count > 100_000 ? 100 : 300;
  await timing('the list, all facets, no words', '/cases', rounds, LIST_WANTED);
  const frequent = '/cases?q=city';
  report('words that fit every case, asked for the first time', ms((await get(frequent)).took));
  await timing('the list with words that fit every case', frequent, rounds, LIST_WANTED);
  await timing('the same and two filters', `${frequent}&f.domain=mobility&f.kind=agreement`, rounds, LIST_WANTED);
  await timing('the list with words that some cases have', '/cases?q=memorandum+council', rounds, LIST_WANTED);
  await timing('the same and two filters', '/cases?q=memorandum+council&f.domain=mobility&f.kind=agreement', rounds, LIST_WANTED);
  await timing('the list, filtered by status', '/cases?status.technology=stated', rounds, LIST_WANTED);
  await timing('all values of a facet', '/cases/facet/vendor', rounds);
  await timing('statistics of all cases', '/statistics', Math.floor(rounds / 3));
  await timing('statistics of the cases of a country', '/statistics?f.country=DE', Math.floor(rounds / 3));
  report('memory now', `${resident(server, 'VmRSS').toFixed(0)} MB`, { wanted: count > 100_000 ? '' : 'under 400 MB' });
}

async function casePages(server) {
  const ids = someIds();
  const addresses = ids.map((id) => `/cases/${id}`);
  forget(server);
  report('a case page, each for the first time', ms(await median(addresses, addresses.length)), { wanted: 'under 2 ms', memory: peak(server) });
  report('a case page, each kept', ms(await median(addresses, 1000)), { memory: peak(server) });
  await beside('a case page, kept, not compressed', server, addresses[0]);
  await beside('a case page, kept, Brotli', server, addresses[0], { 'Accept-Encoding': 'br' });
}

async function exports(server) {
  const reference = sqlite();
  const beyond = `sqlite3 -csv ${(count / reference.seconds).toFixed(0)} rows/s, ${mb(reference.bytes / reference.seconds)}/s`;
  for (const ending of ['csv', 'json', 'jsonl', 'xlsx', 'parquet', 'zip']) {
    forget(server);
    const answer = await get(`/cases.${ending}`);
    if (answer.status !== 200) {
      report(`export of everything as ${ending}`, `refused with ${answer.status} after ${ms(answer.took)}`, { memory: peak(server) });
      continue;
    }
    const seconds = answer.took / 1000;
    const figure = `${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} rows/s, ${mb(answer.bytes / seconds)}/s (${mb(answer.bytes)})`;
    const share = `: ${((reference.seconds / seconds) * 100).toFixed(0)} % of its rows`;
    const wanted = { csv: 'over 50 % of sqlite3, memory flat', jsonl: 'over 100 MB/s' }[ending];
    report(`export of everything as ${ending}`, figure, {
      wanted,
      memory: peak(server),
      reference: ending === 'csv' ? beyond + share : '',
    });
  }
}

const prepared = await prepare();
const earlier = prepared.fresh ? '' : ' (in an earlier run)';
report(`generate ${count} cases (${mb(prepared.bytes)})${earlier}`, `${prepared.generated.toFixed(1)} s`);
report(`import and index them${earlier}`, `${prepared.imported.toFixed(1)} s`, {
  wanted: count === 100_000 ? 'under 60 s' : '',
  memory: `${prepared.most.toFixed(0)} MB`,
});
const server = await site();
try {
  const quiet = await median(['/healthz'], 2000);
  await pages(server);
  await casePages(server);
  await exports(server);
  const late = await median(['/healthz'], 2000);
  report('reference: /healthz before and after', `${ms(quiet)}, ${ms(late)}`);
} finally {
  await stop(server);
  agent.destroy();
}

const head = ['what', 'measured', 'wanted', 'most memory', 'beside it'];
const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => (row[at] ?? '').length)));
const line = (row) => row.map((cell, at) => (cell ?? '').padEnd(widths[at])).join('  ').trimEnd();
console.log(`${count} cases, ${cpus().length} processors (${cpus()[0].model.trim()}), wrk with ${CONNECTIONS} connections, ${ROUNDS} rounds`);
console.log([line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n'));
if (sinceStart) {
  console.log('The kernel did not forget peaks of memory: each is that since the start of the program.');
}
console.log('The spread of a rate, and the difference of the two times of /healthz, tell how restless the machine was.');
