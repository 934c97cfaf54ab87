// SPDX-License-Identifier: Apache-2.0
// Reads a thing by its Thing Description: node read.js TD-URL TOKEN-FOR-THE-TD TOKEN-FOR-THE-PROPERTIES
// Prints {"single": …, "all": …}: every property read on its own, and all read at once.
"use strict";
const Ajv = require("ajv");
const addFormats = require("ajv-formats");
const { Servient } = require("@node-wot/core");
const { HttpClientFactory, HttpsClientFactory } = require("@node-wot/binding-http");
const schema = require("wot-thing-description-types/schema/td-json-schema-validation.json");

async function main([url, tokenForTd, token]) {
  const description = await fetchDescription(url, tokenForTd);
  validate(description);

  const servient = new Servient();
  servient.addClientFactory(new HttpClientFactory());
  servient.addClientFactory(new HttpsClientFactory());
  servient.addCredentials({ [description.id]: { token } });
  const thing = await (await servient.start()).consume(description);
  const single = {};
  for (const property of Object.keys(description.properties)) {
    single[property] = await (await thing.readProperty(property)).value();
  }
  const all = {};
  for (const [property, output] of await thing.readAllProperties()) all[property] = await output.value();
  console.log(JSON.stringify({ single, all }));
  await servient.shutdown();
}

async function fetchDescription(url, token) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: "application/td+json" } });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const type = response.headers.get("content-type");
  if (!type.startsWith("application/td+json")) throw new Error(`${url} is served as ${type}`);
  return response.json();
}

// By the schema of TD 1.1 itself: node-wot's own check demands less.
function validate(description) {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  if (!ajv.validate(schema, description)) throw new Error(`not a TD 1.1: ${ajv.errorsText()}`);
}

main(process.argv.slice(2)).catch((problem) => {
  console.error(problem.message);
  process.exit(1);
});
