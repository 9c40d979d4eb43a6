// graphql-transport-ws, spoken by the client of the package graphql-ws.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { createClient } from 'graphql-ws';
import { collected, follow, newUnit, observe, patience, socketUrl } from './surface.mjs';

const connect = options => createClient({ url: socketUrl, webSocketImpl: WebSocket, retryWait: async () => {}, shouldRetry: () => true, ...options });

const results = async (client, payload) => {
  const all = [];
  for await (const result of client.iterate(payload)) all.push(result);
  return all;
};

test('queries and mutations have one result', { timeout: patience }, async () => {
  const client = connect();
  assert.deepEqual(await results(client, { query: '{ __typename }' }), [{ data: { __typename: 'Query' } }]);
  assert.deepEqual(await results(client, { query: 'mutation { __typename }' }), [{ data: { __typename: 'Mutation' } }]);
  assert.deepEqual(await results(client, { query: 'query A { a: __typename } query B($n: Boolean!) { b: __typename @include(if: $n) }', operationName: 'B', variables: { n: true } }), [{ data: { b: 'Query' } }]);
  await client.dispose();
});

test('what cannot run is an error', { timeout: patience }, async () => {
  const client = connect();
  await assert.rejects(results(client, { query: '{ nothing }' }), errors => Array.isArray(errors) && errors[0].message.includes('nothing'));
  await assert.rejects(results(client, { query: '{' }), errors => Array.isArray(errors));
  await client.dispose();
});

test('a subscription tells what is recorded, until the client completes it', { timeout: patience }, async () => {
  const client = connect();
  const unit = newUnit();
  const first = await observe(unit);
  const came = collected();
  const stop = client.subscribe({ query: follow, variables: { code: unit, after: '0' } }, { next: result => came.add(result.data.custodyEvents), error: assert.fail, complete() {} });
  await came.atLeast(1);
  const second = await observe(unit);
  assert.deepEqual((await came.atLeast(2)).map(item => item.event.id), [first, second]);
  stop();
  await client.dispose();
});

test('after a break the client comes back and goes on from its cursor', { timeout: patience }, async () => {
  const client = connect({ retryAttempts: 100 });
  const unit = newUnit();
  const told = [await observe(unit)];
  const came = collected();
  // The client repeats a subscription with the payload as it is then.
  const payload = { query: follow, variables: { code: unit, after: '0' } };
  client.subscribe(payload, {
    next: ({ data: { custodyEvents: item } }) => { payload.variables.after = item.cursor; came.add(item.event.id); },
    error: assert.fail, complete() {},
  });
  for (let round = 0; round < 5; round++) {
    await came.atLeast(told.length);
    client.terminate();
    told.push(await observe(unit), await observe(unit));
  }
  assert.deepEqual(await came.atLeast(told.length), told);
  await client.dispose();
});

test('many subscriptions share one socket', { timeout: patience }, async () => {
  let sockets = 0;
  const client = connect({ on: { opened: () => sockets++ } });
  const units = Array.from({ length: 20 }, newUnit);
  const came = units.map(() => collected());
  units.forEach((code, i) => client.subscribe({ query: follow, variables: { code, after: '0' } }, { next: result => came[i].add(result.data.custodyEvents.event.id), error: assert.fail, complete() {} }));
  const told = await Promise.all(units.map(observe));
  for (const [i, id] of told.entries()) assert.deepEqual(await came[i].atLeast(1), [id]);
  assert.equal(sockets, 1);
  await client.dispose();
});

test('the client keeps the connection alive by pings', { timeout: patience }, async () => {
  const pongs = collected();
  const client = connect({ lazy: false, keepAlive: 50, on: { pong: received => { if (received) pongs.add(true); } } });
  await pongs.atLeast(3);
  await client.dispose();
});
