// GraphQL over HTTP, as the audit of the package graphql-http sees it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { serverAudits } from 'graphql-http';
import { url } from './surface.mjs';

// What the audit recommends and the surface does otherwise, each with the reason. An entry whose audit passes is a mistake, too.
const otherwise = {
  '47DE': 'a client that takes anything gets application/graphql-response+json, the preferred type for responses; the specification leaves the choice to the server',
  '80D8': 'without Accept, a client is taken to want application/graphql-response+json, as the specification asks from 1 January 2025 on',
};

const audits = serverAudits({ url: url.href });

test('there is an audit for each exception', () => {
  for (const id of Object.keys(otherwise)) assert.ok(audits.some(audit => audit.id === id), `no audit ${id}`);
});

for (const audit of audits)
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    if (audit.id in otherwise) {
      assert.ok(!audit.name.startsWith('MUST'), 'what must be may not be otherwise');
      assert.notEqual(result.status, 'ok', 'it passes: take it off the list');
    } else assert.equal(result.status, 'ok', result.reason);
  });
