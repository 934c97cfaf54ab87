// SPDX-License-Identifier: Apache-2.0
// Is a device without keys: node device.js ISSUER CLIENT CODE-FILE. It writes the code that a person has to type to the file,
// waits until one has, reads the node's interface as them, and prints what it learned, as JSON.
import { writeFileSync } from "node:fs";
import * as client from "openid-client";

const [issuer, id, codeFile] = process.argv.slice(2);
try {
  const config = await client.discovery(new URL(issuer), id, undefined, client.None(), { execute: [client.allowInsecureRequests] });
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const shown = await client.initiateDeviceAuthorization(config, { scope: "carnet" });
  writeFileSync(codeFile, `${shown.user_code} ${shown.verification_uri}`);
  const tokens = await client.pollDeviceAuthorizationGrant(config, { ...shown, interval: 1 }, undefined, { DPoP });
  const api = new URL("/api/things", issuer);
  const things = await client.fetchProtectedResource(config, tokens.access_token, api, "GET", undefined, undefined, { DPoP });
  console.log(JSON.stringify({ type: tokens.token_type, things: things.status }));
} catch (problem) {
  console.error(problem.message, problem.error ?? "", problem.cause ?? "");
  process.exit(1);
}
