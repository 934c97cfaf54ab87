// SPDX-License-Identifier: Apache-2.0
// Signs a person in at an OpenID Provider: node sign-in.js ISSUER CLIENT PORT, with the client's private JWK in CLIENT_KEY.
// It waits on the port; whoever opens / there is sent to the provider and comes back to /back.
// Prints what it learned, as JSON.
import { createServer } from "node:http";
import * as client from "openid-client";

const [issuer, id, port] = process.argv.slice(2);
const jwk = JSON.parse(process.env.CLIENT_KEY);
const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);

const config = await client.discovery(new URL(issuer), id, { id_token_signed_response_alg: "ES256" }, client.PrivateKeyJwt(key), {
  execute: [client.allowInsecureRequests],
});
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();

const server = createServer((request, response) => {
  const here = new URL(request.url, `http://127.0.0.1:${port}`);
  if (here.pathname === "/") return begin(here, response).catch(fail);
  if (here.pathname === "/back") return finish(here, response).catch(fail);
  response.writeHead(404).end();
});
server.listen(Number(port), "127.0.0.1");

async function begin(here, response) {
  const url = await client.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: new URL("/back", here).href,
      scope: "openid profile carnet",
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      state,
      nonce,
      max_age: "3600",
    },
    { DPoP },
  );
  response.writeHead(302, { location: url.href }).end();
}

async function finish(here, response) {
  const checks = { pkceCodeVerifier, expectedState: state, expectedNonce: nonce, maxAge: 3600, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, here, checks, undefined, { DPoP });
  const claims = tokens.claims();
  const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub, { DPoP });
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  const api = new URL("/api/things", issuer);
  const things = await client.fetchProtectedResource(config, renewed.access_token, api, "GET", undefined, undefined, { DPoP });
  const introspected = await client.tokenIntrospection(config, renewed.access_token);
  await client.tokenRevocation(config, renewed.refresh_token);
  const after = await client.tokenIntrospection(config, renewed.access_token);
  console.log(
    JSON.stringify({
      type: tokens.token_type,
      claims,
      userinfo,
      sameSubject: renewed.claims().sub === claims.sub,
      things: things.status,
      active: [introspected.active, after.active],
      pushed: config.serverMetadata().pushed_authorization_request_endpoint,
    }),
  );
  response.writeHead(200, { "content-type": "text/plain" }).end("signed in");
  server.close();
  server.closeAllConnections();
}

function fail(problem) {
  console.error(problem.message, problem.error ?? "", problem.error_description ?? "", problem.cause ?? "");
  process.exit(1);
}
