// SPDX-License-Identifier: Apache-2.0

/**
 * @file Runs an OpenID Provider of somebody else, with its own pages to sign in, as a node's only sign-in.
 *
 *     node provider.js ISSUER NODE AUDIENCE
 *
 * NODE is registered as a client by its address: it proves itself by the key that it publishes. A program `robot` gets
 * access tokens (RFC 9068) for AUDIENCE, and for nothing of the node's if it asks for another.
 */

import { createHash } from 'node:crypto';
import Provider from 'oidc-provider';

const [issuer, node, audience] = process.argv.slice(2);

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: node,
      redirect_uris: [`${node}/sign-in/from/company`],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks_uri: `${node}/sign-in/client-keys`,
      id_token_signed_response_alg: 'RS256',
      subject_type: 'pairwise',
    },
    {
      client_id: 'robot',
      client_secret: 'a secret of a test',
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ],
  subjectTypes: ['pairwise', 'public'],
  pairwiseIdentifier: async (_, account, client) => createHash('sha256').update(`${account} ${client.clientId}`).digest('base64url'),
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, amr: ['pwd', 'otp', 'mfa'] }) }),
  claims: { openid: ['sub', 'amr'], auth_time: null },
  conformIdTokenClaims: false,
  features: {
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: async (_, resource) => ({ scope: 'carnet', audience: resource, accessTokenFormat: 'jwt' }),
    },
  },
  // The node is on this machine, and by itself the provider fetches nothing from there.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  cookies: { keys: ['a key of a test'] },
});

const { hostname, port } = new URL(issuer);
const server = provider.listen(Number(port), hostname, () => console.log('ready'));
process.on('SIGTERM', () => server.close());
