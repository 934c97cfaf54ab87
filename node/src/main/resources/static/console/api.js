// SPDX-License-Identifier: Apache-2.0

/** @file The node's HTTP API: every failure is a {@link Problem} that can be shown as it is. */

import { csrf } from './session.js';

/** What went wrong, in the form of RFC 9457, whether the node said it or the network did. */
export class Problem extends Error {
  /** @param {{title: string, detail?: string, status?: number, type?: string, decision?: number}} problem */
  constructor({ title, detail = '', status = 0, type = '', decision }) {
    super(detail || title);
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.type = type;
    /** The number of the decision that refused it, if it has one. */
    this.decision = decision;
  }

  /** The last part of the type, for example `mapping-expired`. */
  get slug() {
    return this.type.split('/').pop() ?? '';
  }

  /** Whether it is not for whoever is signed in. */
  get forbidden() {
    return this.slug === 'forbidden';
  }

  /** Whether nobody is signed in any more. */
  get unauthorized() {
    return this.slug === 'unauthorized';
  }
}

/** @param {unknown} error @returns {Problem} */
export function asProblem(error) {
  if (error instanceof Problem) return error;
  return new Problem({ title: 'The console stumbled', detail: String(error?.message ?? error) });
}

/** @type {((problem: Problem) => Promise<boolean>)|null} */
let proveAgain = null;

/** @param {(problem: Problem) => Promise<boolean>} ask what is done when the node wants it proven again who somebody is */
export const whenStepUp = (ask) => (proveAgain = ask);

/**
 * Sends one request, and once more if it was proven again who sends it.
 * @param {string} path
 * @param {RequestInit} [options] whose body, if any, is a text
 * @returns {Promise<Response>} an answer that is fine
 * @throws {Problem}
 */
export async function request(path, options = {}) {
  try {
    return await once(path, options);
  } catch (error) {
    if (error.slug !== 'step-up-required' || !proveAgain || !(await proveAgain(error))) throw error;
    return once(path, options);
  }
}

/**
 * With what changes something goes the proof that a page of this node sends it.
 * @param {string} path
 * @param {RequestInit} options
 */
async function once(path, options) {
  const headers = new Headers(options.headers);
  if ((options.method ?? 'GET') !== 'GET' && csrf()) headers.set('X-Carnet-Csrf', csrf());
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch {
    throw new Problem({ title: 'The node does not answer', detail: 'Nothing came back. It may have stopped, or the network is down.' });
  }
  if (response.ok) return response;
  throw await problemOf(response);
}

async function problemOf(response) {
  const { status } = response;
  if (/json/.test(response.headers.get('Content-Type') ?? '')) {
    const told = await response.json().catch(() => ({}));
    return new Problem({ ...told, title: told.title ?? `The node answered ${status}`, status });
  }
  return new Problem({ title: `The node answered ${status}`, detail: response.statusText, status });
}

/** @param {string} path @param {Record<string, string|number|undefined|null>} [query] */
export async function getJson(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = given.length ? `?${new URLSearchParams(given)}` : '';
  return (await request(path + search)).json();
}

/** @param {string} path */
export async function getText(path) {
  return (await request(path)).text();
}

/** @param {string} path */
export async function post(path) {
  return (await request(path, { method: 'POST' })).json();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body] sent as JSON
 * @param {RequestInit} [options]
 * @returns {Promise<any>} what came back, or null if nothing did
 */
export async function send(method, path, body, options = {}) {
  const headers = new Headers(options.headers);
  if (body) headers.set('Content-Type', 'application/json');
  const answer = await request(path, { ...options, method, headers, body: body && JSON.stringify(body) });
  return answer.status === 204 ? null : answer.json();
}
