// A page in Chromium, spoken to over the DevTools protocol.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { patience } from './surface.mjs';

const programs = ['chromium', 'chromium-browser', 'google-chrome'];

// Starts the first program that is there; the address on which it listens.
async function start(profile) {
  for (const program of programs) {
    const browser = spawn(program, ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--window-size=1400,900', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await new Promise((resolve, reject) => {
      browser.on('error', () => resolve(null));
      browser.on('exit', code => reject(new Error(`${program} ended with ${code}`)));
      createInterface(browser.stderr).on('line', line => { const found = /DevTools listening on (\S+)/.exec(line); if (found) resolve(found[1]); });
    });
    if (address) return { browser, address };
  }
  throw new Error('chromium is missing: the test of the explorer page needs it (Debian: apt-get install chromium)');
}

// Opens a page and hands it to `use`; afterwards everything is gone.
export async function withPage(url, use) {
  const profile = await mkdtemp(join(tmpdir(), 'tracegrains-chromium-'));
  const { browser, address } = await start(profile);
  const socket = new WebSocket(address, { maxPayload: 0 });
  try {
    await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
    let last = 0;
    const answers = new Map(), requested = [], complaints = [];
    socket.onmessage = ({ data }) => {
      const { id, method, params, result, error } = JSON.parse(data);
      if (id) { const [resolve, reject] = answers.get(id); error ? reject(new Error(error.message)) : resolve(result); }
      if (method === 'Network.requestWillBeSent') requested.push(params.request.url);
      if (method === 'Network.webSocketCreated') requested.push(params.url);
      if (method === 'Runtime.exceptionThrown') complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      if (method === 'Log.entryAdded' && params.entry.level === 'error') complaints.push(params.entry.text);
    };
    const call = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
      answers.set(++last, [resolve, reject]);
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
    });
    const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
    for (const domain of ['Network', 'Runtime', 'Log', 'Page']) await call(`${domain}.enable`, {}, sessionId);
    const run = async expression => {
      const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    await call('Page.navigate', { url }, sessionId);
    await use({
      requested, complaints, run,
      // Waits until an expression holds in the page.
      async until(expression) {
        for (const end = Date.now() + patience; !await run(expression); await new Promise(resolve => setTimeout(resolve, 50)))
          if (Date.now() > end) throw new Error(`never: ${expression}; the page: ${await run('document.body.innerText')}`);
      },
      async picture(file) { await writeFile(file, Buffer.from((await call('Page.captureScreenshot', {}, sessionId)).data, 'base64')); },
    });
  } finally {
    socket.terminate();
    browser.removeAllListeners('exit');
    const ended = new Promise(resolve => browser.on('exit', resolve));
    browser.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}
