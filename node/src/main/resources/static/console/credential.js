// SPDX-License-Identifier: Apache-2.0

/** @file Credentials as their issuers signed them. What stands in one is only told here: whether it holds, the node says. */

/** A JWT in the envelope that credentials are sent in (VC-JOSE-COSE clause 3.1). @param {string} jwt */
export const credential = (jwt) => ({
  '@context': 'https://www.w3.org/ns/credentials/v2',
  type: 'EnvelopedVerifiableCredential',
  id: `data:application/vc+jwt,${jwt}`,
});

/** What a JWT says; nothing if it is none. @param {string} jwt @returns {Record<string, any>} */
export function payload(jwt) {
  try {
    const bytes = Uint8Array.from(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}
