// The explorer page in a real browser: it works, and asks no other host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPage } from './browser.mjs';
import { follow, newUnit, observe, patience, url } from './surface.mjs';

const fill = (query, variables) => `show(${JSON.stringify(query)}, ${JSON.stringify(JSON.stringify(variables ?? {}))})`;
const status = text => `document.getElementById('status').textContent.includes(${JSON.stringify(text)})`;
const answer = `document.getElementById('answer').textContent`;
const docs = `document.getElementById('docs-body').innerText`;

test('the explorer page works in a browser and asks no other host', { timeout: 3 * patience }, async () => {
  await withPage(url.href, async ({ run, until, picture, requested, complaints }) => {
    await until(`document.readyState === 'complete' && ${docs}.includes('Query')`);

    // A query; the operation that is chosen.
    await run(fill('query A { a: __typename } # query C {\nquery B($x: String = "{") { b: __typename a: __type(name: $x) { name } ...F } fragment F on Query { __typename }', { x: 'Query' }));
    assert.deepEqual(await run(`[...document.getElementById('operation').options].map(one => one.value)`), ['A', 'B']);
    await run(`document.getElementById('operation').value = 'B'; document.getElementById('run').click()`);
    await until(status('ms'));
    assert.deepEqual(JSON.parse(await run(answer)), { data: { b: 'Query', a: { name: 'Query' }, __typename: 'Query' } });

    // What fails says so.
    await run(`${fill('{ nothing }')}; document.getElementById('run').click()`);
    await until(status('400'));
    assert.ok(await run(`document.getElementById('answer').classList.contains('bad')`));

    // A subscription over a WebSocket, until it is stopped.
    const unit = newUnit();
    const first = await observe(unit);
    await run(`${fill(follow, { code: unit, after: '0' })}; document.getElementById('run').click()`);
    await until(status('1 received'));
    const second = await observe(unit);
    await until(status('2 received'));
    for (const id of [first, second]) assert.ok((await run(answer)).includes(id));
    await run(`document.getElementById('stop').click()`);
    await until(status('stopped'));

    // The schema: types, fields, search, and the way back.
    await run(`[...document.querySelectorAll('#docs-body .to')].find(one => one.textContent === 'Subscription').click()`);
    assert.match(await run(docs), /custodyEvents\(code: String!, after: String\): CustodyEvent!/);
    await run(`{ const search = document.getElementById('docs-search'); search.value = 'consignee'; search.dispatchEvent(new Event('input')); }`);
    assert.match(await run(docs), /Entity\.consignee/);
    if (process.env.PICTURES) await picture(`${process.env.PICTURES}/explorer-search.png`);

    // What was asked is kept for the next time.
    await run(`location.reload()`);
    await until(`document.readyState === 'complete' && document.getElementById('history').options.length === 4`);
    await run(`{ const history = document.getElementById('history'); history.value = '2'; history.dispatchEvent(new Event('change')); }`);
    assert.match(await run(`document.getElementById('query').value`), /^query A/);
    await run(`document.getElementById('run').click()`);
    await until(status('ms'));
    if (process.env.PICTURES) await picture(`${process.env.PICTURES}/explorer.png`);

    const hosts = new Set(requested.filter(one => /^(https?|wss?):/.test(one)).map(one => new URL(one).host));
    assert.deepEqual([...hosts], [url.host]);
    assert.ok(requested.some(one => one.startsWith('ws:')));
    // The refused query is a failed request to the browser; nothing else may fail, and nothing may be against the page's policy.
    assert.deepEqual(complaints.filter(one => !one.includes('400')), []);
  });
});
