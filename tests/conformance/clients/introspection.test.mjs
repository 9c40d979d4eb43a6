// The schema, as graphql-js learns it by asking.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema, validateSchema } from 'graphql';
import { ask, url } from './surface.mjs';

const everything = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };
const sorted = schema => printSchema(lexicographicSortSchema(schema));

test('what introspection tells is a valid schema, the one in the repository and the one that is served as text', async () => {
  const answer = await ask(getIntrospectionQuery(everything));
  const schema = buildClientSchema(answer);
  assert.deepEqual(validateSchema(schema), []);
  const snapshot = await readFile(new URL(process.env.SCHEMA), 'utf8');
  assert.equal(sorted(schema), sorted(buildSchema(snapshot)));
  assert.equal(await (await fetch(new URL('/graphql/schema.graphql', url))).text(), snapshot);
});

test('older tools ask for less', async () => {
  const schema = buildClientSchema(await ask(getIntrospectionQuery()));
  assert.deepEqual(validateSchema(schema), []);
});
