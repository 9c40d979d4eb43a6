// The silo that is tested, and what the tests do with it besides GraphQL.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

export const url = new URL('/graphql', process.env.SILO);
export const socketUrl = url.href.replace('http', 'ws');

// Patience for one step on a slow machine; nothing waits for it where all is well.
export const patience = 120_000;

// A query, asked the plain way; its data.
export async function ask(query, variables) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  const body = await response.json();
  assert.equal(body.errors, undefined, JSON.stringify(body.errors));
  return body.data;
}

// A thing that no other test names.
export const newUnit = () => `https://id.gs1.org/01/09520103000017/21/${randomUUID().slice(0, 18)}`;

// Captures one observation of a thing; returns when every read sees it (the event's id).
export async function observe(unit) {
  const eventID = `urn:uuid:${randomUUID()}`;
  const response = await fetch(new URL('/epcis/events', url), {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', type: 'ObjectEvent', eventID, action: 'OBSERVE', bizStep: 'holding',
      eventTime: '2026-11-20T09:00:00Z', eventTimeZoneOffset: '+00:00', epcList: [unit],
    }),
  });
  assert.equal(response.status, 201, await response.text());
  return eventID;
}

// The events of a thing from a cursor on.
export const follow = 'subscription($code: String!, $after: String) { custodyEvents(code: $code, after: $after) { cursor event { id } } }';

// A list that can be waited for.
export function collected() {
  const items = [], waiting = [];
  return {
    items,
    add(item) {
      items.push(item);
      for (const check of [...waiting]) check();
    },
    // Resolves when there are as many.
    atLeast: count => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${items.length} of ${count} came`)), patience);
      const check = () => {
        if (items.length < count) return;
        clearTimeout(timer);
        waiting.splice(waiting.indexOf(check), 1);
        resolve(items);
      };
      waiting.push(check);
      check();
    }),
  };
}
