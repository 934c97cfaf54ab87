// SPDX-License-Identifier: Apache-2.0
// Reads properties of a thing by its Thing Description: node read.js TD-URL BEARER-TOKEN PROPERTY...
// Prints one JSON object of what it read.
"use strict";
const { Servient } = require("@node-wot/core");
const { HttpClientFactory } = require("@node-wot/binding-http");

async function main([url, token, ...properties]) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: "application/td+json" } });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const description = await response.json();

  const servient = new Servient();
  servient.addClientFactory(new HttpClientFactory());
  servient.addCredentials({ [description.id]: { token } });
  const thing = await (await servient.start()).consume(description);
  const read = {};
  for (const property of properties) read[property] = await (await thing.readProperty(property)).value();
  console.log(JSON.stringify(read));
  await servient.shutdown();
}

main(process.argv.slice(2)).catch((problem) => {
  console.error(problem.message);
  process.exit(1);
});
