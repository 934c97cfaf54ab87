// SPDX-License-Identifier: Apache-2.0
// Draws the two documents of the interface as one page to read; nothing is written that they do not say.

const read = async (path) => (await fetch(path)).json();

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

// Descriptions use two forms of Markdown: `code` and [links](/within/this/node).
function text(markdown = '') {
  const line = element('span');
  for (const part of markdown.split(/(`[^`]+`|\[[^\]]+\]\(\/[^)]*\))/)) {
    const link = /^\[([^\]]+)\]\((\/[^)]*)\)$/.exec(part);
    if (part.startsWith('`')) line.append(element('code', {}, part.slice(1, -1)));
    else if (link) line.append(element('a', { href: link[2] }, link[1]));
    else line.append(part);
  }
  return line;
}

const example = (value) =>
  element('pre', {}, typeof value === 'string' ? value : JSON.stringify(value, null, 2));

const follow = (root, node) =>
  node?.$ref ? node.$ref.slice(2).split('/').reduce((at, step) => at[step], root) : node;

// What a body looks like: its own example, or that of its shape, or a list of one.
function sample(root, { example, schema }) {
  const shape = follow(root, schema);
  return example ?? shape.examples?.[0] ?? (shape.items && [sample(root, { schema: shape.items })]);
}

function fold(verb, address, what, inside, open) {
  return element('details', {},
    element('summary', {},
      element('code', { class: 'verb' }, verb),
      element('code', {}, address),
      element('span', { class: 'what' }, what, open ? ' ' : '', open ? element('span', { class: 'open' }, 'no token') : '')),
    element('div', { class: 'inside' }, ...inside));
}

function operation(document, verb, path, details) {
  const inside = [element('p', {}, text(details.description))];
  if (details.parameters) {
    const list = element('dl');
    for (const parameter of details.parameters) {
      list.append(element('dt', {}, element('code', {}, parameter.name)), element('dd', {}, text(parameter.description)));
    }
    inside.push(element('h3', {}, 'Parameters'), list);
  }
  for (const [type, body] of Object.entries(details.requestBody?.content ?? {})) {
    inside.push(element('h3', {}, 'Body ', element('code', {}, type)), element('p', {}, text(follow(document, body.schema).description)));
    const shown = sample(document, body);
    if (shown !== undefined) inside.push(example(shown));
  }
  for (const [status, answer] of Object.entries(details.responses)) {
    const { description, content = {} } = follow(document, answer);
    const [[type, body] = []] = Object.entries(content);
    inside.push(element('h3', {}, status, ' ', text(description), ' ', type ? element('code', {}, type) : ''));
    const shown = body && status < '300' ? sample(document, body) : undefined;
    if (shown !== undefined) inside.push(example(shown));
  }
  return fold(verb.toUpperCase(), path, text(details.summary), inside, details.security?.length === 0);
}

function drawOperations(document) {
  const sections = new Map(document.tags.map((tag) => [tag.name,
    element('section', {}, element('h2', { id: tag.name }, tag.name), element('p', {}, text(tag.description)))]));
  for (const [path, verbs] of Object.entries(document.paths)) {
    for (const [verb, details] of Object.entries(verbs)) {
      sections.get(details.tags[0]).append(operation(document, verb, path, details));
    }
  }
  window.document.getElementById('operations').append(...sections.values());
  return [...sections.keys()];
}

function drawStreams(document) {
  const section = element('section', {}, element('h2', { id: 'streams' }, 'streams'),
    ...document.info.description.trim().split('\n\n').map((paragraph) => element('p', {}, text(paragraph))));
  for (const channel of Object.values(document.channels)) {
    const inside = [element('p', {}, text(channel.description))];
    for (const reference of Object.values(channel.messages)) {
      const message = follow(document, reference);
      const payload = follow(document, message.payload);
      inside.push(element('h3', {}, message.title), element('p', {}, text(payload.description)),
        ...(message.examples ?? []).map((one) => example(one.payload)));
    }
    const mqtt = channel.servers[0].$ref.endsWith('mqtt');
    section.append(fold(mqtt ? 'MQTT' : 'WS', channel.address, channel.title, inside, channel.address.includes('updates')));
  }
  window.document.getElementById('channels').append(section);
}

const [openapi, asyncapi] = await Promise.all([read('/openapi.json'), read('/asyncapi.json')]);
const names = drawOperations(openapi);
drawStreams(asyncapi);
window.document.getElementById('contents').append(
  ...[...names, 'streams'].map((name) => element('a', { href: `#${name}` }, name)));
