// graphql-sse in both modes, spoken by the client of the package of that name.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';
import { collected, follow, newUnit, observe, patience, url } from './surface.mjs';

for (const singleConnection of [false, true]) {
  const mode = singleConnection ? 'single connection' : 'distinct connections';

  // A client whose requests can be cut off, and which is seen off properly: the answers to its DELETEs are waited for.
  const connect = options => {
    const running = new Set(), stops = [], stopped = collected();
    const fetchFn = async (target, init) => {
      const cut = new AbortController();
      running.add(cut);
      const response = await fetch(target, { ...init, signal: AbortSignal.any([cut.signal, ...(init.signal ? [init.signal] : [])]) });
      if (init.method === 'DELETE') stopped.add(response.status);
      return response;
    };
    const client = createClient({ url: url.href, singleConnection, retry: async () => {}, fetchFn, ...options });
    return {
      client,
      subscribe: (request, next) => stops.push(client.subscribe(request, { next, error: assert.fail, complete() {} })),
      cutOff() { for (const cut of running) cut.abort(); running.clear(); },
      async close() {
        for (const stop of stops) stop();
        if (singleConnection) assert.deepEqual(await stopped.atLeast(stops.length), stops.map(() => 200));
        client.dispose();
      },
    };
  };

  const results = async (client, request) => {
    const all = [];
    for await (const result of client.iterate(request)) all.push(result);
    return all;
  };

  test(`${mode}: queries and mutations have one result`, { timeout: patience }, async () => {
    const { client } = connect();
    assert.deepEqual(await results(client, { query: '{ __typename }' }), [{ data: { __typename: 'Query' } }]);
    assert.deepEqual(await results(client, { query: 'mutation M { __typename }', operationName: 'M' }), [{ data: { __typename: 'Mutation' } }]);
    client.dispose();
  });

  test(`${mode}: what cannot run is an error`, { timeout: patience }, async () => {
    const { client } = connect({ retryAttempts: 0 });
    if (singleConnection) await assert.rejects(results(client, { query: '{ nothing }' }), /400/);
    else assert.match((await results(client, { query: '{ nothing }' }))[0].errors[0].message, /nothing/);
    client.dispose();
  });

  test(`${mode}: a subscription tells what is recorded, until the client stops it`, { timeout: patience }, async () => {
    const { subscribe, close } = connect();
    const unit = newUnit();
    const first = await observe(unit);
    const came = collected();
    subscribe({ query: follow, variables: { code: unit, after: '0' } }, result => came.add(result.data.custodyEvents.event.id));
    await came.atLeast(1);
    const second = await observe(unit);
    assert.deepEqual(await came.atLeast(2), [first, second]);
    await close();
  });

  test(`${mode}: many subscriptions at once`, { timeout: patience }, async () => {
    const { subscribe, close } = connect();
    const units = Array.from({ length: 10 }, newUnit);
    const came = units.map(() => collected());
    units.forEach((code, i) => subscribe({ query: follow, variables: { code, after: '0' } }, result => came[i].add(result.data.custodyEvents.event.id)));
    const told = await Promise.all(units.map(observe));
    for (const [i, id] of told.entries()) assert.deepEqual(await came[i].atLeast(1), [id]);
    await close();
  });

  test(`${mode}: after a break the client comes back and goes on from its cursor`, { timeout: patience }, async () => {
    const { subscribe, cutOff, close } = connect({ retryAttempts: 100 });
    const unit = newUnit();
    const told = [await observe(unit)];
    const came = collected();
    // The client repeats a subscription with the variables as they are then.
    const variables = { code: unit, after: '0' };
    subscribe({ query: follow, variables }, ({ data: { custodyEvents: item } }) => { variables.after = item.cursor; came.add(item.event.id); });
    for (let round = 0; round < 5; round++) {
      await came.atLeast(told.length);
      cutOff();
      told.push(await observe(unit), await observe(unit));
    }
    assert.deepEqual(await came.atLeast(told.length), told);
    await close();
  });
}
